"""The chooser, making an implementation, its overview and its settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crmsetup import implementations, logos, rooms, startersets
from crmsetup.access import May, MemberRequest, may_create, member_page, person_page
from crmsetup.changes import noting
from crmsetup.forms.implementations import ImplementationForm, NewImplementationForm
from crmsetup.history import latest
from crmsetup.responses import say_done, status_of
from crmsetup.stale import StaleSave, stale_page
from crmsetup.views.errors import forbidden


@person_page
@require_safe
def implementation_choose(request: HttpRequest) -> HttpResponse:
    """The chooser; somebody with one implementation that is not archived goes straight in."""
    words = request.GET.get("q", "").strip()
    found = implementations.choices_of(request.user, words)  # type: ignore[arg-type]
    active = [choice for choice in found if not choice.implementation.is_archived]
    archived = [choice for choice in found if choice.implementation.is_archived]
    if len(active) == 1 and not request.GET:
        return redirect(active[0].implementation)
    show_archived = "archived" in request.GET
    context = {
        "active": active,
        "archived": archived,
        "choices": archived if show_archived else active,
        "show_archived": show_archived,
        "words": words,
        "may_create": may_create(request.user),  # type: ignore[arg-type]
    }
    return render(request, "crmsetup/choose.html", context)


@person_page
@require_http_methods(["GET", "HEAD", "POST"])
def implementation_create(request: HttpRequest) -> HttpResponse:
    """Makes an implementation from a starter set; the person becomes its first administrator."""
    if not may_create(request.user):  # type: ignore[arg-type]
        return forbidden(request)
    form = NewImplementationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = startersets.create_implementation(administrator=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("%(name)s is ready.") % {"name": made.name})
        return redirect(made)
    return render(request, "crmsetup/create.html", {"form": form}, status=status_of(form))


@member_page()
@require_safe
def implementation_overview(request: MemberRequest) -> HttpResponse:
    """What is done, what is next, what others changed."""
    implementation = request.implementation
    context = {
        "implementation": implementation,
        "figures": rooms.figures(implementation),
        "todos": rooms.todos(implementation)[:8],
        "changes": latest(implementation, count=6),
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
            return stale_page(
                request, form, stale.row, theirs=theirs, action=address, back=address, untouched=stale.untouched
            )
        messages.success(request, _("The settings are saved."))
        return redirect(address)
    implementation.refresh_from_db()
    context = {"form": form, "logo": logos.digest(implementation)}
    return render(request, "crmsetup/settings.html", context, status=status_of(form))


@member_page(May.MANAGE)
@require_POST
def implementation_archive(request: MemberRequest) -> HttpResponse:
    """Puts the implementation into the archive."""
    implementation = request.implementation
    with noting() as made:
        implementations.archive(implementation, by=request.user)
    say_done(request, _("%(company)s is archived.") % {"company": implementation}, made)
    return redirect("crmsetup:implementation-edit", implementation.slug)


@member_page(May.MANAGE)
@require_POST
def implementation_bring_back(request: MemberRequest) -> HttpResponse:
    """Takes the implementation out of the archive."""
    implementation = request.implementation
    with noting() as made:
        implementations.bring_back(implementation, by=request.user)
    say_done(request, _("%(company)s is back from the archive.") % {"company": implementation}, made)
    return redirect("crmsetup:implementation-edit", implementation.slug)
