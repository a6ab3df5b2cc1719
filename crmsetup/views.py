"""Pages of the ground floor: the chooser, the overview, settings, history, preferences and errors."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crmsetup import implementations, rooms, startersets
from crmsetup.access import May, MemberRequest, may, may_create, member_page, open_page, person_page
from crmsetup.changes import UndoRefused, undo, why_not_undoable
from crmsetup.forms import ImplementationForm, NewImplementationForm, PreferencesForm
from crmsetup.models import Change, ChangedRow, User
from crmsetup.stale import StaleSave, stale_page
from crmsetup.verbs import plain_sentence

CHANGES_ON_A_PAGE = 50


@person_page
@require_safe
def implementation_choose(request: HttpRequest) -> HttpResponse:
    """The chooser; somebody with one implementation goes straight in."""
    memberships = list(implementations.memberships_of(request.user))  # type: ignore[arg-type]
    if len(memberships) == 1 and "all" not in request.GET:
        return redirect(memberships[0].implementation)
    context = {"memberships": memberships, "may_create": may_create(request.user)}  # type: ignore[arg-type]
    return render(request, "crmsetup/choose.html", context)


@person_page
@require_http_methods(["GET", "HEAD", "POST"])
def implementation_create(request: HttpRequest) -> HttpResponse:
    """Makes an implementation from a starter set; the person becomes its first administrator."""
    if not may_create(request.user):  # type: ignore[arg-type]
        return forbidden(request)
    form = NewImplementationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        starter_set = startersets.load(values.pop("starter_set"))
        made = startersets.create_implementation(
            administrator=request.user,  # type: ignore[arg-type]
            starter_set=starter_set,
            **values,
        )
        messages.success(request, _("%(name)s is ready.") % {"name": made.name})
        return redirect(made)
    return render(request, "crmsetup/create.html", {"form": form}, status=_status(form))


@member_page()
@require_safe
def implementation_overview(request: MemberRequest) -> HttpResponse:
    """What is done, what is next, what others changed."""
    implementation = request.implementation
    context = {
        "implementation": implementation,
        "figures": rooms.figures(implementation),
        "todos": rooms.todos(implementation)[:8],
        "changes": _changes(implementation.changes.all())[:6],
        "today": timezone.localdate(),
    }
    return render(request, "crmsetup/overview.html", context)


@member_page(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def implementation_edit(request: MemberRequest) -> HttpResponse:
    """The settings page."""
    implementation = request.implementation
    address = reverse("crmsetup:implementation-edit", args=[implementation.slug])
    form = ImplementationForm(request.POST or None, instance=implementation)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "version"}
        implementation.refresh_from_db()
        try:
            implementations.edit(implementation, by=request.user, version=form.cleaned_data["version"], values=values)
        except StaleSave as stale:
            theirs = {name: getattr(stale.row, name) for name in values}
            return stale_page(request, form, stale.row, theirs=theirs, action=address, back=address)
        messages.success(request, _("The settings are saved."))
        return redirect(address)
    implementation.refresh_from_db()
    return render(request, "crmsetup/settings.html", {"form": form}, status=_status(form))


@member_page()
@require_safe
def change_list(request: MemberRequest) -> HttpResponse:
    """The history, newest first; `scope` narrows it to one thing."""
    changes = request.implementation.changes.all()
    scope = request.GET.get("scope", "")
    if scope:
        changes = changes.filter(pk__in=ChangedRow.objects.filter(scope=scope).values("change"))
    page = Paginator(_changes(changes), CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
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
        return redirect(_next(request) or reverse("crmsetup:change-list", args=[request.implementation.slug]))
    return render(request, "crmsetup/undo.html", context)


def _can_be_undone(request: MemberRequest, one: Change) -> bool:
    return may(request.membership, May.EDIT) and not hasattr(one, "undone_by") and not why_not_undoable(one)


def _changes(changes: Any) -> Any:
    return changes.select_related("by", "undone_by", "undoes").order_by("-seq")


@open_page
@require_POST
def preferences_save(request: HttpRequest) -> HttpResponse:
    """Language and theme: in the account of who is signed in, else in a cookie."""
    response = redirect(_next(request) or reverse("account_login"))
    if request.user.is_authenticated:
        form = PreferencesForm(request.POST, instance=request.user)
        if form.is_valid() and form.changed_data:
            User.objects.filter(pk=request.user.pk).update(**form.cleaned_data)
    language = request.POST.get("language", "")
    if translation.check_for_language(language):
        from django.conf import settings

        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _next(request: HttpRequest) -> str:
    """Where the person wants to go on; empty where that is not one of our pages."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def _status(form: Any) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for a request that makes no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for a member whose role does not allow it."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address that leads nowhere, or to somebody else's."""
    return render(request, "404.html", status=404)
