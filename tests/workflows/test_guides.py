"""Guides: made, edited, retired, restored, and found with all that is in them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from crmsetup.changes import UndoRefused, undo
from crmsetup.stale import StaleSave
from crmsetup.verbs import plain_sentence
from tests.workflows.cast import build, step_of
from workflows import activities, documents, guides, switching
from workflows.guides import NameTaken
from workflows.models import Guide


def newest(implementation):
    return implementation.changes.latest("seq")


def told(implementation) -> str:
    with translation.override("en"):
        return plain_sentence(newest(implementation))


def test_a_new_guide_is_off_empty_and_last(implementation, administrator):
    guide = guides.add(
        implementation,
        by=administrator,
        kind="project",
        name="  Felles   kampanje ",
        description="For alle",
        translations={"en": {"name": "Joint campaign", "description": " "}},
        duration=6,
        duration_unit="weeks",
        suggest_next=False,
    )
    stored = Guide.objects.get(pk=guide.pk)
    assert (stored.name, stored.description) == ("Felles kampanje", "For alle")
    assert stored.translations == {"en": {"name": "Joint campaign"}}
    assert (stored.duration, stored.duration_unit, stored.suggest_next, stored.is_on) == (6, "weeks", False, False)
    assert list(guides.of_kind(implementation, "project"))[-1] == guide
    assert guide not in guides.of_kind(implementation, "sale")
    assert told(implementation) == "Administrator added the guide «Joint campaign»."
    undo(newest(implementation), administrator)
    assert not Guide.objects.filter(pk=guide.pk).exists()


def test_what_is_not_said_has_a_sensible_value(implementation):
    guide = guides.add(implementation, by=None, kind="sale", name="Gjensalg")
    assert (guide.duration, guide.duration_unit, guide.suggest_next) == (None, "months", True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " \t "}, "name"),
        ({"name": "x" * 240}, "name"),
        ({"name": "Ny", "description": "x" * 255}, "description"),
        ({"name": "Ny", "duration": 0}, "duration"),
        ({"name": "Ny", "duration": 10_000}, "duration"),
        ({"name": "Ny", "duration_unit": "years"}, "duration_unit"),
        ({"name": "Ny", "translations": {"en": {"name": "x" * 240}}}, "translations"),
    ],
)
def test_unfit_values_are_refused_one_word_each(implementation, sale_guide, values, field):
    before, version = implementation.changes.count(), sale_guide.version
    with pytest.raises(ValidationError) as refused:
        guides.add(implementation, by=None, kind="sale", **values)
    assert {name: len(texts) for name, texts in refused.value.message_dict.items()} == {field: 1}
    with pytest.raises(ValidationError) as refused:
        guides.edit(sale_guide, by=None, version=version, **values)
    assert set(refused.value.message_dict) == {field}
    assert implementation.changes.count() == before
    assert Guide.objects.get(pk=sale_guide.pk).version == version


@pytest.mark.parametrize("name", ["gjensalg", "  GJENSALG ", "Gjensalg"])
def test_a_name_is_taken_whatever_its_case_and_spaces(implementation, sale_guide, name):
    with pytest.raises(NameTaken) as refused:
        guides.add(implementation, by=None, kind="sale", name=name)
    assert refused.value.guide == sale_guide
    other = guides.add(implementation, by=None, kind="sale", name="Nysalg")
    with pytest.raises(NameTaken):
        guides.edit(other, by=None, version=other.version, name=name)


def test_a_retired_guide_keeps_its_name_and_the_message_says_so(implementation, sale_guide):
    guides.retire(sale_guide, by=None)
    with translation.override("en"), pytest.raises(NameTaken) as refused:
        guides.add(implementation, by=None, kind="sale", name="GJENSALG")
    assert refused.value.message_dict == {"name": ["«Gjensalg» exists, but is retired. Restore it instead."]}


def test_a_name_is_free_for_another_kind_and_another_implementation(implementation, sale_guide, foreign_guide):
    assert guides.add(implementation, by=None, kind="project", name=sale_guide.name).name == foreign_guide.name


def test_editing_writes_what_is_given_and_leaves_the_rest(implementation, administrator, sale_guide):
    first = {"translations": {"en": {"name": "Resale", "description": "Again"}}, "duration": 2}
    guides.edit(sale_guide, by=administrator, version=sale_guide.version, **first)
    assert told(implementation) == "Administrator edited the guide «Resale»."
    guides.edit(
        sale_guide, by=administrator, version=sale_guide.version, name="Mersalg", translations={"en": {"name": ""}}
    )
    stored = Guide.objects.get(pk=sale_guide.pk)
    assert (stored.name, stored.duration, stored.is_on) == ("Mersalg", 2, True)
    assert stored.translations == {"en": {"description": "Again"}}
    assert told(implementation) == "Administrator renamed the guide «Gjensalg» to «Mersalg»."
    undo(newest(implementation), administrator)
    assert Guide.objects.get(pk=sale_guide.pk).translations == first["translations"]


def test_a_stale_save_is_refused(implementation, sale_guide):
    version = sale_guide.version
    guides.edit(sale_guide, by=None, version=version, duration=4)
    with pytest.raises(StaleSave):
        guides.edit(sale_guide, by=None, version=version, duration=5)
    assert Guide.objects.get(pk=sale_guide.pk).duration == 4


def test_that_it_was_switched_meanwhile_does_not_make_an_edit_stale(sale_guide):
    version = sale_guide.version
    switching.switch_off(Guide.objects.get(pk=sale_guide.pk), by=None)
    guides.edit(sale_guide, by=None, version=version, duration=5)
    stored = Guide.objects.get(pk=sale_guide.pk)
    assert (stored.duration, stored.is_on) == (5, False)


def test_retiring_switches_off_and_restoring_leaves_it_off(implementation, administrator, sale_guide):
    places = list(guides.of_kind(implementation, "sale"))
    guides.retire(sale_guide, by=administrator)
    assert Guide.objects.get(pk=sale_guide.pk).is_on is False
    assert sale_guide not in guides.in_use(guides.of_kind(implementation, "sale"))
    assert told(implementation) == "Administrator retired the guide «Gjensalg»."
    retired = newest(implementation)
    guides.retire(sale_guide, by=administrator)
    assert newest(implementation) == retired
    guides.restore(sale_guide, by=administrator)
    assert list(guides.in_use(guides.of_kind(implementation, "sale"))) == places
    assert Guide.objects.get(pk=sale_guide.pk).is_on is False


def test_undoing_the_retirement_switches_it_on_again(implementation, administrator, sale_guide):
    guides.retire(sale_guide, by=administrator)
    undo(newest(implementation), administrator)
    stored = Guide.objects.get(pk=sale_guide.pk)
    assert (stored.retired_at, stored.is_on) == (None, True)


def test_a_new_guide_that_has_been_filled_is_not_undone(implementation, administrator):
    made = build(implementation, "sale", "Mersalg", 0)
    added = newest(implementation)
    guides.edit(made, by=administrator, version=made.version, description="Mer")
    with pytest.raises(UndoRefused):
        undo(added, administrator)


@pytest.mark.parametrize("length", [1, 6])
def test_a_whole_guide_comes_in_five_queries(implementation, length):
    guide = build(implementation, "sale", "Mersalg", length)
    documents.add(step_of(guide, 0), by=None, name="Tilbud")
    with CaptureQueriesContext(connection) as queries:
        found = guides.whole(guides.of_kind(implementation, "sale")).get(pk=guide.pk)
        inside = [
            (
                str(step),
                [f"{a.name} {a.type}" for a in step.activities.all()],
                [f"{d.name} {d.template}" for d in step.documents.all()],
                [place.guide.name for place in step.status.places],
            )
            for step in found.steps.all()
        ]
    assert len(queries) == 5
    assert len(inside) == length
    name, tasks, papers, places = inside[0]
    assert tasks == [f"Ring om {name} {found.steps.all()[0].activities.all()[0].type}"]
    assert papers == ["Tilbud None"]
    assert places == ["Salg til ny kunde", "Mersalg"]


def test_a_retired_guide_does_not_count_as_a_place_of_a_status(implementation, sale_guide):
    guides.retire(sale_guide, by=None)
    other = Guide.objects.get(implementation=implementation, origin_key="new-customer")
    found = guides.whole(Guide.objects.filter(pk=other.pk)).get()
    assert {place.guide for step in found.steps.all() for place in step.status.places} == {other}


def test_the_starter_sets_guides_survive_an_edit(implementation):
    """What the starter set brings fits the rules that people's edits have to fit."""
    for guide in guides.whole(Guide.objects.filter(implementation=implementation)):
        guides.edit(guide, by=None, version=guide.version, description=f"{guide.description} x"[:254])
        for step in guide.steps.all():
            for activity in step.activities.all():
                activities.edit(activity, by=None, version=activity.version, days=activity.days + 1)
            for document in step.documents.all():
                documents.edit(document, by=None, version=document.version, our_ref="#saln#")
        assert not switching.short(Guide.objects.filter(pk=guide.pk)).exists()
