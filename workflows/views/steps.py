"""What is done with the statuses of a guide, on the guide's page."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crmsetup.access import May, MemberRequest, member_page
from crmsetup.changes import noting
from crmsetup.responses import say_done
from workflows import steps
from workflows.forms import StepForm
from workflows.models import Guide
from workflows.showing import new_status
from workflows.views.page import add, back, find, find_step, move, posted, save


@member_page(May.EDIT)
@require_POST
def step_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes a status of the list into the guide."""
    guide = find(request, Guide, pk)
    form = new_status(guide, request.POST)
    return add(request, form, partial(steps.add, guide, by=request.user), guide=guide)


@member_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def step_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """What the guide says of the status, as a form in its place."""
    step = find_step(request, pk)
    form = StepForm(
        posted(request),
        instance=step,
        languages=request.implementation.further_languages,
        auto_id=f"step-{step.pk}-%s",
    )
    act = partial(steps.edit, step, by=request.user)
    return save(request, step, form, act, guide=step.guide, step=step)


@member_page(May.EDIT)
@require_POST
def step_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Moves the status within the guide."""
    step = find_step(request, pk)
    return move(request, step, steps, steps.steps_of(step.guide), step=step)


@member_page(May.EDIT)
@require_POST
def step_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes the status out of the guide, with its activities and documents."""
    step = find_step(request, pk)
    with noting() as made:
        steps.remove(step, by=request.user)
    say_done(request, _("“%(item)s” is taken out of the guide.") % {"item": step}, made)
    return back(request, step.guide)
