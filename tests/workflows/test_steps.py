"""The statuses of a guide: added, edited, moved, taken out; and what retiring a status does."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from crmsetup.changes import UndoRefused, undo
from crmsetup.stale import StaleSave
from crmsetup.verbs import plain_sentence
from lists import items
from lists.models import Status
from tests.workflows.cast import build, follow_up_type, order, statuses, step_of
from workflows import activities, documents, guides, steps
from workflows.models import Activity, Document, Guide, Step


def newest(implementation):
    return implementation.changes.latest("seq")


def told(implementation) -> str:
    with translation.override("en"):
        return plain_sentence(newest(implementation))


def everything(guide: Guide) -> dict[str, list]:
    """All that is in a guide, in its order, versions and ranks aside."""

    def rows(found) -> list:
        ordered = found.order_by("step__rank", "step_id", "rank", "id")
        return [{k: v for k, v in row.items() if k not in {"rank", "version"}} for row in ordered.values()]

    return {
        "guide": list(Guide.objects.filter(pk=guide.pk).values("name", "is_on", "retired_at")),
        "steps": [
            {k: v for k, v in row.items() if k not in {"rank", "version"}}
            for row in Step.objects.filter(guide=guide).order_by("rank", "id").values()
        ],
        "activities": rows(Activity.objects.filter(step__guide=guide)),
        "documents": rows(Document.objects.filter(step__guide=guide)),
    }


def test_a_status_is_taken_in_at_the_end_or_after_another(implementation, administrator):
    guide = build(implementation, "sale", "Mersalg", 2)
    third, fourth = statuses(implementation, "sale")[2:4]
    last = steps.add(guide, by=administrator, status=fourth)
    assert order(guide)[-1] == str(fourth)
    assert told(implementation).startswith("Administrator added «")
    assert told(implementation).endswith("» to the guide «Mersalg».")
    steps.add(guide, by=administrator, status=third, after=step_of(guide, 0))
    first, second = (str(status) for status in statuses(implementation, "sale")[:2])
    assert order(guide) == [first, str(third), second, str(fourth)]
    assert (last.kind, last.purpose, last.expected_days) == ("sale", "", None)
    undo(newest(implementation), administrator)
    assert order(guide) == [first, second, str(fourth)]


def test_a_status_is_in_a_guide_once(implementation, sale_guide):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        steps.add(sale_guide, by=None, status=statuses(implementation, "sale")[0])
    (message,) = refused.value.message_dict["status"]
    assert message.endswith("is in the guide already.")


def test_a_retired_status_is_not_taken_in(implementation, sale_guide):
    status = statuses(implementation, "sale")[4]
    items.retire(status.item, by=None)
    status = Status.objects.get(pk=status.pk)
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        steps.add(sale_guide, by=None, status=status)
    assert "is retired" in refused.value.message_dict["status"][0]


def test_a_stage_of_sales_is_not_taken_into_a_project_guide(implementation, project_guide):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        steps.add(project_guide, by=None, status=statuses(implementation, "sale")[0])
    assert refused.value.message_dict == {
        "status": ["A sale guide takes stages of sales, a project guide statuses of projects."]
    }


def test_another_implementations_status_or_step_is_not_taken_in(
    implementation, other_implementation, sale_guide, foreign_guide
):
    with pytest.raises(ValidationError) as refused:
        steps.add(sale_guide, by=None, status=statuses(other_implementation, "sale")[4])
    assert set(refused.value.message_dict) == {"status"}
    with pytest.raises(ValidationError):
        steps.add(sale_guide, by=None, status=statuses(implementation, "sale")[4], after=step_of(foreign_guide, 0))
    with pytest.raises(ValidationError):
        steps.move(step_of(sale_guide, 0), by=None, after=step_of(foreign_guide, 0))
    assert len(order(sale_guide)) == 3


def test_editing_a_step(implementation, administrator, sale_guide):
    step = step_of(sale_guide, 1)
    values = {
        "purpose": "Forstå",
        "entry_criteria": "Møtet er avtalt",
        "exit_criteria": "Kunden har bedt om tilbud",
        "expected_days": 10,
        "translations": {"en": {"purpose": "To understand"}},
    }
    steps.edit(step, by=administrator, version=step.version, **values)
    stored = Step.objects.values(*values).get(pk=step.pk)
    assert stored == values
    assert told(implementation).startswith("Administrator edited «")
    with pytest.raises(StaleSave):
        steps.edit(step, by=administrator, version=step.version - 1, purpose="Noe annet")
    undo(newest(implementation), administrator)
    assert Step.objects.get(pk=step.pk).purpose == ""


def test_that_it_was_moved_meanwhile_does_not_make_an_edit_stale(sale_guide):
    step = step_of(sale_guide, 1)
    version = step.version
    steps.move_by(step_of(sale_guide, 1), by=None, up=True)
    steps.edit(step, by=None, version=version, purpose="Forstå")
    assert Step.objects.get(pk=step.pk).purpose == "Forstå"
    assert order(sale_guide)[0] == str(step)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"purpose": "x" * 255}, "purpose"),
        ({"entry_criteria": "x" * 255}, "entry_criteria"),
        ({"exit_criteria": "x" * 255}, "exit_criteria"),
        ({"expected_days": -1}, "expected_days"),
        ({"expected_days": 10_000}, "expected_days"),
        ({"translations": {"en": {"purpose": "x" * 255}}}, "translations"),
    ],
)
def test_unfit_values_of_a_step_are_refused(sale_guide, values, field):
    step = step_of(sale_guide, 0)
    with pytest.raises(ValidationError) as refused:
        steps.edit(step, by=None, version=step.version, **values)
    assert set(refused.value.message_dict) == {field}


def test_moving_a_step_and_back(implementation, administrator, sale_guide):
    first, second, third = order(sale_guide)
    steps.move(step_of(sale_guide, 2), by=administrator, after=None)
    assert order(sale_guide) == [third, first, second]
    assert told(implementation).endswith("to the front of the guide «Gjensalg».")
    steps.move(step_of(sale_guide, 0), by=administrator, after=step_of(sale_guide, 1))
    assert order(sale_guide) == [first, third, second]
    undo(newest(implementation), administrator)
    assert order(sale_guide) == [third, first, second]


def test_one_place_earlier_and_later(sale_guide):
    first, second, third = order(sale_guide)
    steps.move_by(step_of(sale_guide, 0), by=None, up=True)
    steps.move_by(step_of(sale_guide, 2), by=None, up=False)
    assert order(sale_guide) == [first, second, third]
    steps.move_by(step_of(sale_guide, 0), by=None, up=False)
    assert order(sale_guide) == [second, first, third]
    steps.move_by(step_of(sale_guide, 2), by=None, up=True)
    assert order(sale_guide) == [second, third, first]


def test_a_hidden_step_is_not_moved_by_one_place(implementation, sale_guide):
    step = step_of(sale_guide, 1)
    items.retire(step.status.item, by=None)
    before = newest(implementation)
    steps.move_by(step, by=None, up=True)
    assert newest(implementation) == before


def test_one_place_counts_the_statuses_in_use_only(implementation, sale_guide):
    first, second, third = order(sale_guide)
    items.retire(step_of(sale_guide, 1).status.item, by=None)
    steps.move_by(step_of(sale_guide, 0), by=None, up=False)
    assert [name for name in order(sale_guide) if name != second] == [third, first]
    assert [str(step) for step in steps.in_use(steps.steps_of(sale_guide))] == [third, first]


def test_taking_a_step_out_takes_its_content_and_undo_brings_all_of_it_back(implementation, administrator, sale_guide):
    step = step_of(sale_guide, 1)
    for name in ("Første", "Andre", "Tredje"):
        activities.add(step, by=None, name=name, type=follow_up_type(implementation))
        documents.add(step, by=None, name=name, default_subject=name)
    before = everything(sale_guide)
    steps.remove(step, by=administrator)
    assert len(order(sale_guide)) == 2
    assert not Activity.objects.filter(step_id=step.pk).exists()
    assert "took «" in told(implementation)
    removal = newest(implementation)
    assert removal.rows.count() == 8
    undo(removal, administrator)
    assert everything(sale_guide) == before
    again = undo(newest(implementation), administrator)
    assert len(order(sale_guide)) == 2
    undo(again, administrator)
    assert everything(sale_guide) == before


def test_a_step_whose_status_came_back_another_way_is_not_brought_back_twice(implementation, administrator, sale_guide):
    step = step_of(sale_guide, 1)
    status = step.status
    steps.remove(step, by=administrator)
    removal = newest(implementation)
    steps.add(sale_guide, by=administrator, status=status)
    with pytest.raises(UndoRefused):
        undo(removal, administrator)


def test_retiring_a_status_hides_its_step_and_restoring_shows_it_at_its_place(implementation, sale_guide):
    before = everything(sale_guide)
    step = step_of(sale_guide, 1)
    items.retire(step.status.item, by=None)
    assert [str(one) for one in steps.in_use(steps.steps_of(sale_guide))] == [
        order(sale_guide)[0],
        order(sale_guide)[2],
    ]
    items.restore(step.status.item, by=None)
    assert everything(sale_guide) == before


def test_the_starter_sets_guide_is_untouched_by_another(implementation, sale_guide):
    other = Guide.objects.get(implementation=implementation, origin_key="new-customer")
    before = everything(other)
    steps.remove(step_of(sale_guide, 0), by=None)
    guides.retire(sale_guide, by=None)
    assert everything(other) == before
