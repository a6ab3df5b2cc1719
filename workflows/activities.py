"""What can be done with the activities of a step: add, edit, move and remove them.

Every act takes the person who acts (`by`), is one recorded change, and raises what stops it: ValidationError for unfit
values, `StaleSave` where somebody saved meanwhile.
"""

from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crmsetup.changes import Recorder, change
from crmsetup.models import User
from crmsetup.ordering import one_place, put_after, rank_of_new
from lists.models import FollowUpType
from workflows.models import Activity, Step
from workflows.picking import demand_in_use
from workflows.writing import Translations, demand_fit, fill, names, place, rewrite


class ActivityValues(TypedDict, total=False):
    """What is said of an activity."""

    name: str
    type: FollowUpType
    purpose: str
    days: int
    minutes: int
    default_text: str
    auto_suggest: bool
    milestone: bool
    assign_to_member: bool
    translations: Translations | None


def activities_of(step: Step) -> QuerySet[Activity]:
    """The step's activities in their order."""
    return Activity.objects.filter(step=step).order_by("rank", "id")


def add(step: Step, *, by: User | None, after: Activity | None = None, **values: Unpack[ActivityValues]) -> Activity:
    """A new activity, at the end of the step or after another."""
    with change(step.implementation, by, "activity.added") as c:
        activity = fill(Activity(implementation=step.implementation, step=step, kind=step.kind), values)
        _demand_same_step(activity, after)
        demand_fit(activity)
        demand_in_use("type", activity.type)
        activity.rank = rank_of_new(c, activity, after)
        c.params.update(_facts(c, activity))
        return c.create(activity)


def edit(activity: Activity, *, by: User | None, version: int, **values: Unpack[ActivityValues]) -> None:
    """Writes the given values. A follow-up type that was retired meanwhile may stay."""
    with change(activity.implementation, by, "activity.edited") as c:
        was, now = rewrite(c, activity, version, values)
        if now.type_id != was.type_id:
            demand_in_use("type", now.type)
        c.params |= {"activity": names(c, now), **place(c, activity.step)}
        if now.name != was.name:
            c.verb = "activity.renamed"
            c.params |= {"old": was.name, "activity": now.name}  # in the main language


def move(activity: Activity, *, by: User | None, after: Activity | None) -> None:
    """Puts an activity directly after another of its step; first where `after` is None."""
    _demand_same_step(activity, after)
    with change(activity.implementation, by, "activity.moved") as c:
        _put(c, activity, after)


def move_by(activity: Activity, *, by: User | None, up: bool) -> None:
    """Moves an activity one place; one that stands outermost stays where it is."""
    with change(activity.implementation, by, "activity.moved") as c:
        _put(c, activity, one_place(list(activities_of(activity.step)), activity, up=up))


def remove(activity: Activity, *, by: User | None) -> None:
    """Takes an activity out of its step."""
    with change(activity.implementation, by, "activity.removed") as c:
        c.params.update(_facts(c, activity))
        c.delete(activity)


def _facts(c: Recorder, activity: Activity) -> dict[str, Any]:
    return {"activity": names(c, activity), **place(c, activity.step)}


def _put(c: Recorder, activity: Activity, after: Activity | None) -> None:
    c.params.update(_facts(c, activity))
    if after is None:
        c.verb = "activity.moved-first"
    else:
        c.params["after"] = names(c, after)
    put_after(c, activity, after)


def _demand_same_step(activity: Activity, after: Activity | None) -> None:
    if after is not None and after.step_id != activity.step_id:
        raise ValidationError({"after": _("It stands in another place.")})
