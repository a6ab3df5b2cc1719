"""What is done with the activities of a step, on the guide's page."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crmsetup.access import May, MemberRequest, member_page
from crmsetup.changes import noting
from crmsetup.responses import say_done
from workflows import activities
from workflows.forms import ActivityForm
from workflows.models import Activity
from workflows.showing import new_activity
from workflows.views.page import add, back, find_inside, find_step, move, posted, save


@member_page(May.EDIT)
@require_POST
def activity_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Adds an activity at the end of a step."""
    step = find_step(request, pk)
    form = new_activity(step, request.POST)
    return add(request, form, partial(activities.add, step, by=request.user), guide=step.guide, step=step)


@member_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The activity as a form in its place."""
    activity = find_inside(request, Activity, pk)
    form = ActivityForm(
        posted(request),
        instance=activity,
        step=activity.step,
        languages=request.implementation.further_languages,
        auto_id=f"activity-{activity.pk}-%s",
    )
    act = partial(activities.edit, activity, by=request.user)
    return save(request, activity, form, act, guide=activity.step.guide, step=activity.step)


@member_page(May.EDIT)
@require_POST
def activity_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Moves the activity within its step."""
    activity = find_inside(request, Activity, pk)
    return move(request, activity, activities, activity.siblings(), step=activity.step)


@member_page(May.EDIT)
@require_POST
def activity_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes the activity out of its step."""
    activity = find_inside(request, Activity, pk)
    with noting() as made:
        activities.remove(activity, by=request.user)
    say_done(request, _("“%(item)s” is removed.") % {"item": activity}, made)
    return back(request, activity.step.guide, step=activity.step)
