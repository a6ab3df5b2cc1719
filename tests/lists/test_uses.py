"""Where items are used: found from the models' own relations."""

import pytest
from django.utils import translation

from crmsetup.changes import change
from lists import uses
from lists.models import Facet, FollowUpType, List, ListItem, Status
from lists.uses import Use
from workflows.models import Activity, Document, Guide, Step


def _item(implementation, key: str, name: str) -> ListItem:
    lists = List.objects.select_related("implementation")
    return lists.get(implementation=implementation, key=key).items.get(name=name)


def _told(item: ListItem) -> set[str]:
    with translation.override("nb"):
        return {use.words for use in uses.uses(item)}


def test_every_relation_to_items_has_words():
    """A model that refers to items, or to what only some have, needs a teller in its room."""
    for model in (ListItem, *Facet.__subclasses__()):
        for relation in model._meta.related_objects:
            if not relation.one_to_one and relation.related_model is not ListItem:
                assert relation.related_model in uses.tellers, relation


def test_a_status_is_used_in_guides(implementation):
    status = _item(implementation, "sale-stage", "Tilbud")
    steps = Step.objects.filter(status__item=status).select_related("guide")
    assert len(steps) > 0
    assert _told(status) == {f"Guiden «{step.guide.name}»" for step in steps}


def test_a_follow_up_type_is_used_by_activities(implementation):
    kind = _item(implementation, "follow-up-type", "Møte ute")
    activities = Activity.objects.filter(type__item=kind).select_related("step__guide")
    assert len(activities) > 0
    assert _told(kind) == {f"«{one.name}» i guiden «{one.step.guide.name}»" for one in activities}


def test_a_template_is_used_by_documents(implementation):
    template = _item(implementation, "document-template", "Tilbudsbrev")
    documents = Document.objects.filter(template__item=template).select_related("step__guide")
    assert len(documents) > 0
    assert _told(template) == {f"«{one.name}» i guiden «{one.step.guide.name}»" for one in documents}


def test_a_use_leads_to_its_guide(implementation):
    (first, *_rest) = uses.uses(_item(implementation, "sale-stage", "Tilbud"))
    assert first.url in {guide.get_absolute_url() for guide in Guide.objects.filter(implementation=implementation)}


def test_a_retired_guide_is_told_as_such(implementation):
    status = _item(implementation, "sale-stage", "Tilbud")
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for guide in Guide.objects.filter(implementation=implementation, kind="sale"):
            c.update(guide, is_on=False, retired_at=c.at)
    assert all(told.endswith("(tatt ut av bruk)") for told in _told(status))


def test_what_nothing_refers_to_is_not_used(implementation):
    assert uses.uses(_item(implementation, "position", "Daglig leder")) == []


def test_merged_items_and_the_facet_are_no_uses(implementation):
    category, other = _item(implementation, "category", "Kunde"), _item(implementation, "category", "Annet")
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        c.update(other, retired_at=c.at, merged_into=category)
    assert uses.uses(category) == []


def test_what_no_room_tells_of_is_told_all_the_same(implementation, monkeypatch):
    status = _item(implementation, "sale-stage", "Tilbud")
    monkeypatch.delitem(uses.tellers, Step)
    told = uses.uses(status)
    assert told == [Use("fase eller status i en guide: Tilbud")] * len(told) or all(
        "Tilbud" in use.words for use in told
    )
    assert len(told) == Step.objects.filter(status__item=status).count()


@pytest.mark.parametrize(("key", "name"), [("sale-stage", "Tilbud"), ("follow-up-type", "Møte ute")])
def test_one_query_for_each_kind_of_place(implementation, django_assert_num_queries, key, name):
    item = _item(implementation, key, name)
    assert Status.objects.filter(item=item).exists() or FollowUpType.objects.filter(item=item).exists()
    with django_assert_num_queries(2):  # the facet and its uses
        assert uses.uses(item) != []
