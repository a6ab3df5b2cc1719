"""Activities and documents of a step: added, edited, moved, removed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from crmsetup.changes import undo
from crmsetup.stale import StaleSave
from crmsetup.verbs import plain_sentence
from lists import items
from lists.models import DocumentTemplate
from tests.workflows.cast import follow_up_type, step_of
from workflows import activities, documents
from workflows.models import Activity, Document


def newest(implementation):
    return implementation.changes.latest("seq")


def told(implementation) -> str:
    with translation.override("en"):
        return plain_sentence(newest(implementation))


@pytest.fixture
def step(sale_guide):
    return step_of(sale_guide, 0)


@pytest.fixture
def template(implementation) -> DocumentTemplate:
    return DocumentTemplate.objects.filter(implementation=implementation).order_by("item__rank").first()


def test_an_activity_of_a_sale_with_everything_said(implementation, administrator, step):
    kind = follow_up_type(implementation, 2)
    values = {
        "name": "Hente forbruksdata",
        "purpose": "Tolv måneder",
        "days": 3,
        "minutes": 90,
        "default_text": "Spør etter målepunkt",
        "auto_suggest": True,
        "translations": {"en": {"name": "Fetch the data"}},
    }
    made = activities.add(step, by=administrator, type=kind, **values)
    stored = Activity.objects.get(pk=made.pk)
    assert {name: getattr(stored, name) for name in values} == values
    assert (stored.type, stored.kind, stored.milestone, stored.assign_to_member) == (kind, "sale", False, False)
    assert told(implementation).startswith("Administrator added the activity «Fetch the data» to «")
    undo(newest(implementation), administrator)
    assert not Activity.objects.filter(pk=made.pk).exists()


def test_a_milestone_of_a_project_for_a_member(implementation, project_guide):
    kind = follow_up_type(implementation)
    made = activities.add(
        step_of(project_guide, 0), by=None, name="Gå for det", type=kind, milestone=True, assign_to_member=True
    )
    assert (made.kind, made.milestone, made.assign_to_member, made.minutes) == ("project", True, True, 30)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("sale", {"milestone": True}), ("sale", {"assign_to_member": True}), ("project", {"auto_suggest": True})],
)
def test_sale_and_project_differ(implementation, sale_guide, project_guide, kind, wrong):
    step = step_of({"sale": sale_guide, "project": project_guide}[kind], 0)
    with translation.override("en"), pytest.raises(ValidationError, match="Only an activity of a sale is suggested"):
        activities.add(step, by=None, name="Feil", type=follow_up_type(implementation), **wrong)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 240}, "name"),
        ({"purpose": "x" * 255}, "purpose"),
        ({"default_text": "x" * 2048}, "default_text"),
        ({"days": -1}, "days"),
        ({"days": 10_000}, "days"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 6000}, "minutes"),
        ({"translations": {"en": {"default_text": "x" * 2048}}}, "translations"),
    ],
)
def test_unfit_values_of_an_activity_are_refused(implementation, step, values, field):
    kind = follow_up_type(implementation)
    made = activities.add(step, by=None, name="x" * 239, type=kind, default_text="x" * 2047, days=9999, minutes=5999)
    with pytest.raises(ValidationError) as refused:
        activities.add(step, by=None, **{"name": "Ny", "type": kind, **values})
    assert {name: len(texts) for name, texts in refused.value.message_dict.items()} == {field: 1}
    with pytest.raises(ValidationError) as refused:
        activities.edit(made, by=None, version=made.version, **values)
    assert set(refused.value.message_dict) == {field}


def test_another_implementations_type_or_template_is_refused(implementation, other_implementation, step):
    with pytest.raises(ValidationError) as refused:
        activities.add(step, by=None, name="Ny", type=follow_up_type(other_implementation))
    assert set(refused.value.message_dict) == {"type"}
    foreign = DocumentTemplate.objects.filter(implementation=other_implementation).first()
    with pytest.raises(ValidationError) as refused:
        documents.add(step, by=None, name="Ny", template=foreign)
    assert set(refused.value.message_dict) == {"template"}


def test_a_retired_type_stays_where_it_is_and_is_not_chosen_anew(implementation, step):
    kind, other = follow_up_type(implementation, 0), follow_up_type(implementation, 1)
    made = activities.add(step, by=None, name="Ringe", type=kind)
    items.retire(kind.item, by=None)
    kind.refresh_from_db()
    activities.edit(made, by=None, version=made.version, name="Ringe igjen", type=kind)
    with pytest.raises(ValidationError) as refused:
        activities.add(step, by=None, name="Ringe til", type=kind)
    assert set(refused.value.message_dict) == {"type"}
    activities.edit(made, by=None, version=made.version, type=other)
    with pytest.raises(ValidationError):
        activities.edit(made, by=None, version=made.version, type=kind)
    assert Activity.objects.get(pk=made.pk).type == other


def test_a_retired_template_stays_where_it_is_and_is_not_chosen_anew(step, template):
    made = documents.add(step, by=None, name="Brev", template=template)
    items.retire(template.item, by=None)
    template.refresh_from_db()
    documents.edit(made, by=None, version=made.version, name="Brevet", template=template)
    with pytest.raises(ValidationError):
        documents.add(step, by=None, name="Brev til", template=template)
    documents.edit(made, by=None, version=made.version, template=None)
    with pytest.raises(ValidationError):
        documents.edit(made, by=None, version=made.version, template=template)
    assert Document.objects.get(pk=made.pk).template is None


def test_a_document_with_everything_said(implementation, administrator, step, template):
    values = {
        "name": "Tilbud",
        "purpose": "Samme oppsett",
        "default_subject": "x" * 219,
        "our_ref": "y" * 99,
        "translations": {"en": {"name": "Quote", "default_subject": "Your quote"}},
    }
    made = documents.add(step, by=administrator, template=template, **values)
    stored = Document.objects.get(pk=made.pk)
    assert {name: getattr(stored, name) for name in values} == values
    assert stored.template == template
    assert told(implementation).startswith("Administrator added the document «Quote» to «")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 240}, "name"),
        ({"purpose": "x" * 255}, "purpose"),
        ({"default_subject": "x" * 220}, "default_subject"),
        ({"our_ref": "x" * 100}, "our_ref"),
        ({"translations": {"en": {"default_subject": "x" * 220}}}, "translations"),
    ],
)
def test_unfit_values_of_a_document_are_refused(step, values, field):
    with pytest.raises(ValidationError) as refused:
        documents.add(step, by=None, **{"name": "Ny", **values})
    assert {name: len(texts) for name, texts in refused.value.message_dict.items()} == {field: 1}


# --- what both have alike


@pytest.fixture(params=["activity", "document"])
def four(request, implementation, sale_guide):
    """The module, and four things with the names a to d in one step and one in another."""
    module, more = {
        "activity": (activities, {"type": follow_up_type(implementation)}),
        "document": (documents, {}),
    }[request.param]
    step, other = step_of(sale_guide, 1), step_of(sale_guide, 2)
    for row in Activity.objects.filter(step=step):
        activities.remove(row, by=None)
    rows = [module.add(step, by=None, name=name, **more) for name in "abcd"]
    return module, rows, module.add(other, by=None, name="e", **more)


def _names(rows: list) -> str:
    found = type(rows[0]).objects.filter(step=rows[0].step).order_by("rank", "id")
    return "".join(row.name for row in found)


def test_moved_after_another_first_and_by_one_place(implementation, administrator, four):
    module, rows, _other = four
    a, b, c, d = rows
    module.move(d, by=administrator, after=a)
    assert _names(rows) == "adbc"
    assert "d» after «a»" in told(implementation)
    module.move(c, by=administrator, after=None)
    assert _names(rows) == "cadb"
    assert "c» to the top of" in told(implementation)
    module.move_by(b, by=administrator, up=True)
    assert _names(rows) == "cabd"
    module.move_by(c, by=administrator, up=False)
    assert _names(rows) == "acbd"
    module.move_by(a, by=administrator, up=True)
    module.move_by(d, by=administrator, up=False)
    assert _names(rows) == "acbd"
    undo(newest(implementation), administrator)
    assert _names(rows) == "cabd"


def test_is_not_put_after_something_in_another_step(four):
    module, rows, other = four
    with pytest.raises(ValidationError):
        module.move(rows[0], by=None, after=other)
    assert _names(rows) == "abcd"


def test_added_after_another(implementation, four):
    module, rows, other = four
    more = {"type": follow_up_type(implementation)} if module is activities else {}
    module.add(rows[0].step, by=None, name="x", after=rows[1], **more)
    assert _names(rows) == "abxcd"
    with pytest.raises(ValidationError):
        module.add(rows[0].step, by=None, name="y", after=other, **more)


def test_removed_and_brought_back_at_its_place(implementation, administrator, four):
    module, rows, _other = four
    module.remove(rows[2], by=administrator)
    assert _names(rows) == "abd"
    assert "removed the" in told(implementation)
    undo(newest(implementation), administrator)
    assert _names(rows) == "abcd"


def test_renamed_stale_and_untouched(implementation, administrator, four):
    module, rows, _other = four
    row, version = rows[0], rows[0].version
    module.edit(row, by=administrator, version=version, name="Annet", translations={"en": {"name": "Other"}})
    assert "«a» to «Annet»" in told(implementation)
    with pytest.raises(StaleSave):
        module.edit(row, by=administrator, version=version, name="Tredje")
    before = newest(implementation)
    module.edit(row, by=administrator, version=row.version, name="Annet")
    assert newest(implementation) == before
