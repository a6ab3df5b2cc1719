"""The history of an implementation, and taking changes back."""

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from crmsetup.access import May, MemberRequest, member_page
from crmsetup.changes import UndoRefused, undo, why_not_undoable
from crmsetup.history import changes_of
from crmsetup.models import Change
from crmsetup.responses import next_address
from crmsetup.verbs import plain_sentence

CHANGES_ON_A_PAGE = 50
SCOPE = re.compile(r"[a-z_]+:\d+")


@member_page()
@require_safe
def change_list(request: MemberRequest) -> HttpResponse:
    """The history, newest first; `scope` narrows it to one thing."""
    scope = request.GET.get("scope", "")
    if not scope:
        changes = changes_of(request.implementation)
    elif SCOPE.fullmatch(scope):
        changes = changes_of(request.implementation, scope)
    else:
        changes = request.implementation.changes.none()
    page = Paginator(changes, CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
    query = f"{urlencode({'scope': scope})}&" if scope else ""
    return render(request, "crmsetup/history.html", {"page": page, "scope": scope, "query": query})


@member_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_undo(request: MemberRequest, seq: int) -> HttpResponse:
    """Asks, then takes a change back, or says why it cannot be."""
    target = get_object_or_404(Change, implementation=request.implementation, seq=seq)
    back = next_address(request) or reverse("crmsetup:change-list", args=[request.implementation.slug])
    context: dict[str, Any] = {"change": target, "why_not": why_not_undoable(target), "back": back}
    if request.method == "POST":
        try:
            made = undo(target, request.user)
        except UndoRefused as refused:
            return render(
                request,
                "crmsetup/undo.html",
                context | {"why_not": str(refused.reason), "newer": refused.newer},
                status=409,
            )
        messages.success(request, plain_sentence(made), extra_tags=f"undo:{made.seq}")
        return redirect(back)
    return render(request, "crmsetup/undo.html", context)
