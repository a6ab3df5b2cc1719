"""Pages of guides: those of a kind, a new one, one of them whole; and what is done with a guide itself."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crmsetup.access import May, MemberRequest, member_page
from crmsetup.changes import noting
from crmsetup.responses import say_done, status_of
from workflows import guides, switching
from workflows.forms import GuideForm, carry_out
from workflows.models import Guide
from workflows.showing import Line, guide_id
from workflows.views.page import back, find, posted, save, show


@member_page()
@require_safe
def guide_list(request: MemberRequest, kind: str) -> HttpResponse:
    """The guides of a kind, those in use first."""
    found = list(guides.whole(guides.of_kind(request.implementation, kind)))
    context = {
        "kind": kind,
        "title": guides.KINDS[kind],
        "lines": [Line(guide) for guide in found if not guide.retired_at],
        "retired": [guide for guide in found if guide.retired_at],
    }
    return render(request, "workflows/guide_list.html", context)


@member_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def guide_add(request: MemberRequest, kind: str) -> HttpResponse:
    """Makes a guide, and goes on to its page, where it is filled."""
    form = GuideForm(posted(request), kind=kind, languages=request.implementation.further_languages)
    made: list[Guide] = []
    if request.method == "POST":
        act = partial(guides.add, request.implementation, by=request.user, kind=kind)
        with noting() as changes:
            carry_out(form, lambda **values: made.append(act(**values)))
        if made:
            say_done(request, _("“%(item)s” is added.") % {"item": made[0]}, changes)
            return redirect(made[0])
    context = {"form": form.focused(), "kind": kind, "title": guides.KINDS[kind]}
    return render(request, "workflows/guide_add.html", context, status=status_of(form))


@member_page()
@require_safe
def guide_show(request: MemberRequest, pk: int) -> HttpResponse:
    """A guide whole; who may edit fills it here."""
    return show(request, find(request, Guide, pk))


@member_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def guide_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """What the guide says of itself, as a form at the head of its page."""
    guide = find(request, Guide, pk)
    form = GuideForm(
        posted(request),
        instance=guide,
        kind=guide.kind,
        languages=request.implementation.further_languages,
        auto_id=f"{guide_id(guide)}-%s",
    )
    return save(request, guide, form, partial(guides.edit, guide, by=request.user), guide=guide)


@member_page(May.EDIT)
@require_POST
def guide_switch_on(request: MemberRequest, pk: int) -> HttpResponse:
    """Switches the guide on, or says why it cannot be."""
    return _done(request, find(request, Guide, pk), switching.switch_on, _("“%(item)s” is on."))


@member_page(May.EDIT)
@require_POST
def guide_switch_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Switches the guide off."""
    return _done(request, find(request, Guide, pk), switching.switch_off, _("“%(item)s” is off."))


@member_page(May.EDIT)
@require_POST
def guide_retire(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes the guide out of use."""
    return _done(request, find(request, Guide, pk), guides.retire, _("“%(item)s” is retired."))


@member_page(May.EDIT)
@require_POST
def guide_restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Brings the guide back."""
    return _done(request, find(request, Guide, pk), guides.restore, _("“%(item)s” is restored."))


def _done(request: MemberRequest, guide: Guide, act: Callable[..., Any], sentence: str) -> HttpResponse:
    try:
        with noting() as made:
            act(guide, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return show(request, guide, status=422)
    say_done(request, sentence % {"item": guide}, made)
    return back(request, guide)
