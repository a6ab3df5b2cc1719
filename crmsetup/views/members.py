"""Who works in an implementation: the list, roles, removing and leaving."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crmsetup import invitations, members
from crmsetup.access import May, MemberRequest, may, member_page
from crmsetup.changes import noting
from crmsetup.forms.members import HeirForm, RoleForm
from crmsetup.models import Change, Membership
from crmsetup.names import sort_key
from crmsetup.responses import say_done, status_of
from crmsetup.stale import StaleSave, stale_page


@member_page()
@require_safe
def member_list(request: MemberRequest) -> HttpResponse:
    """Who is a member, with role; who manages members also sees invitations and former members."""
    implementation, manages = request.implementation, may(request.membership, May.MANAGE)
    context = {
        "members": sorted(members.current(implementation), key=lambda one: sort_key(one.user.name)),
        "invitations": invitations.waiting(implementation) if manages else [],
        "former": members.former(implementation) if manages else [],
    }
    return render(request, "crmsetup/members.html", context)


@member_page(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The role of a member."""
    membership = _member(request, pk)
    form = RoleForm(request.POST or None, instance=membership)
    if request.method == "POST" and form.is_valid():
        role, membership = form.cleaned_data["role"], _member(request, pk)
        try:
            with noting() as made:
                members.change_role(membership, by=request.user, version=form.cleaned_data["version"], role=role)
        except StaleSave as stale:
            address = reverse("crmsetup:member-edit", args=[request.implementation.slug, pk])
            return stale_page(request, form, stale.row, theirs={"role": stale.row.role}, action=address, back=address)
        except ValidationError as error:
            form.add_error("role", error)
        else:
            say_done(request, _("%(member)s has another role.") % {"member": membership}, made)
            return redirect("crmsetup:member-list", request.implementation.slug)
    return render(request, "crmsetup/member.html", {"form": form, "member": membership}, status=status_of(form))


@member_page(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks who takes over, then ends somebody's membership."""
    return _end(request, _member(request, pk))


@member_page()
@require_http_methods(["GET", "HEAD", "POST"])
def member_leave(request: MemberRequest) -> HttpResponse:
    """Asks who takes over, then ends one's own membership."""
    return _end(request, request.membership)


def _member(request: MemberRequest, pk: int) -> Membership:
    return get_object_or_404(members.current(request.implementation), pk=pk)


def _end(request: MemberRequest, membership: Membership) -> HttpResponse:
    form = HeirForm(request.POST if request.method == "POST" else None, membership=membership)
    leaving = membership == request.membership
    if request.method == "POST" and form.is_valid():
        try:
            with noting() as made:
                members.end(membership, by=request.user, heir=form.cleaned_data["heir"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _left(request) if leaving else _removed(request, membership, made)
    things = [{"kind": row._meta.verbose_name, "row": row} for row in members.responsible_for(membership)]
    context = {"form": form, "member": membership, "leaving": leaving, "things": things}
    return render(request, "crmsetup/member_end.html", context, status=status_of(form))


def _left(request: MemberRequest) -> HttpResponse:
    messages.success(request, _("You have left %(company)s.") % {"company": request.implementation})
    return redirect(f"{reverse('crmsetup:implementation-choose')}?all=1")


def _removed(request: MemberRequest, membership: Membership, made: list[Change]) -> HttpResponse:
    say_done(request, _("%(member)s is no longer a member.") % {"member": membership}, made)
    return redirect("crmsetup:member-list", request.implementation.slug)
