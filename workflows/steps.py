"""What can be done with the statuses of a guide: add, edit, move and take them out.

Every act takes the person who acts (`by`), is one recorded change, and raises what stops it: ValidationError for unfit
values, `StaleSave` where somebody saved meanwhile.
"""

from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crmsetup.changes import Recorder, change
from crmsetup.models import User
from crmsetup.ordering import one_place, put_after, rank_of_new
from lists.models import Status
from workflows.models import Guide, Step
from workflows.picking import demand_in_use
from workflows.writing import Translations, demand_fit, place, rewrite


class StepValues(TypedDict, total=False):
    """What a guide says of one of its statuses."""

    purpose: str
    entry_criteria: str
    exit_criteria: str
    expected_days: int | None
    translations: Translations | None


def steps_of(guide: Guide) -> QuerySet[Step]:
    """The guide's steps in their order, those of retired statuses included."""
    return Step.objects.filter(guide=guide).select_related("status__item").order_by("rank", "id")


def in_use(steps: QuerySet[Step]) -> QuerySet[Step]:
    """Those whose status is not retired."""
    return steps.filter(status__item__retired_at=None)


def add(guide: Guide, *, by: User | None, status: Status, after: Step | None = None) -> Step:
    """Takes a status into a guide, at the end or after another."""
    with change(guide.implementation, by, "step.added") as c:
        step = Step(implementation=guide.implementation, guide=guide, kind=guide.kind, status=status)
        demand_in_use("status", status)
        _refuse_twice(step)
        _demand_same_guide(step, after)
        demand_fit(step)
        step.rank = rank_of_new(c, step, after)
        c.params.update(place(c, step))
        return c.create(step)


def edit(step: Step, *, by: User | None, version: int, **values: Unpack[StepValues]) -> None:
    """Writes the given values."""
    with change(step.implementation, by, "step.edited") as c:
        c.params.update(place(c, step))
        rewrite(c, step, version, values)


def move(step: Step, *, by: User | None, after: Step | None) -> None:
    """Puts a step directly after another of its guide; first where `after` is None."""
    _demand_same_guide(step, after)
    with change(step.implementation, by, "step.moved") as c:
        _put(c, step, after)


def move_by(step: Step, *, by: User | None, up: bool) -> None:
    """Moves a step one place among those in use; a hidden one and one that stands outermost stay where they are."""
    with change(step.implementation, by, "step.moved") as c:
        ordered = list(in_use(steps_of(step.guide)))
        if step in ordered:
            _put(c, step, one_place(ordered, step, up=up))


def remove(step: Step, *, by: User | None) -> None:
    """Takes a status out of this guide, with its activities and documents."""
    with change(step.implementation, by, "step.removed") as c:
        c.params.update(place(c, step))
        for inside in (step.documents, step.activities):
            for row in inside.order_by("-rank", "-id"):
                c.delete(row)
        c.delete(step)


def _put(c: Recorder, step: Step, after: Step | None) -> None:
    c.params.update(place(c, step))
    if after is None:
        c.verb = "step.moved-first"
    else:
        c.params["after"] = place(c, after)["status"]
    put_after(c, step, after)


def _refuse_twice(step: Step) -> None:
    if step.siblings().filter(status=step.status_id).exists():
        raise ValidationError({"status": _("«%(name)s» is in the guide already.") % {"name": step.status}})


def _demand_same_guide(step: Step, after: Step | None) -> None:
    if after is not None and after.guide_id != step.guide_id:
        raise ValidationError({"after": _("It stands in another guide.")})
