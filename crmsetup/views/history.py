"""The history of an implementation, and taking changes back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from crmsetup.access import May, MemberRequest, may, member_page
from crmsetup.changes import UndoRefused, undo, why_not_undoable
from crmsetup.models import Change, ChangedRow
from crmsetup.responses import next_address
from crmsetup.verbs import plain_sentence

CHANGES_ON_A_PAGE = 50


def told(changes: Any) -> Any:
    """The changes newest first, with what their sentences and marks need."""
    return changes.select_related("by", "undone_by", "undoes").order_by("-seq")


@member_page()
@require_safe
def change_list(request: MemberRequest) -> HttpResponse:
    """The history, newest first; `scope` narrows it to one thing."""
    changes = request.implementation.changes.all()
    scope = request.GET.get("scope", "")
    if scope:
        changes = changes.filter(pk__in=ChangedRow.objects.filter(scope=scope).values("change"))
    page = Paginator(told(changes), CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.can_be_undone = _can_be_undone(request, one)
    query = f"{urlencode({'scope': scope})}&" if scope else ""
    return render(request, "crmsetup/history.html", {"page": page, "scope": scope, "query": query})


@member_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_undo(request: MemberRequest, seq: int) -> HttpResponse:
    """Asks, then takes a change back, or says why it cannot be."""
    target = get_object_or_404(Change, implementation=request.implementation, seq=seq)
    context: dict[str, Any] = {"change": target, "why_not": why_not_undoable(target)}
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
        return redirect(next_address(request) or reverse("crmsetup:change-list", args=[request.implementation.slug]))
    return render(request, "crmsetup/undo.html", context)


def _can_be_undone(request: MemberRequest, one: Change) -> bool:
    return may(request.membership, May.EDIT) and not hasattr(one, "undone_by") and not why_not_undoable(one)
