"""Inviting people, and the page that the link in the mail leads to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from crmsetup import invitations
from crmsetup.access import May, MemberRequest, member_page, open_page
from crmsetup.changes import noting
from crmsetup.forms.members import InvitationForm, NewAccountForm
from crmsetup.invitations import Gone, Link
from crmsetup.letters import NotSent
from crmsetup.members import MEANING
from crmsetup.models import Invitation, User
from crmsetup.responses import say_done, status_of


@member_page(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request: MemberRequest) -> HttpResponse:
    """Invites somebody by e-mail."""
    first = {"email": request.GET.get("email", ""), "role": "contributor", "language": request.user.language}
    form = InvitationForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invitations.invite(
                request.implementation, by=request.user, link=_link_from(request), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        except NotSent:
            return _not_sent(request)
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": invitation.email})
            return redirect("crmsetup:member-list", request.implementation.slug)
    return render(request, "crmsetup/invite.html", {"form": form}, status=status_of(form))


@member_page(May.MANAGE)
@require_POST
def invitation_send_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Sends the mail once more, with a new link."""
    invitation = get_object_or_404(Invitation, implementation=request.implementation, pk=pk)
    try:
        invitations.send_again(invitation, by=request.user, link=_link_from(request))
    except Gone:
        messages.error(request, _gone(invitation))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except NotSent:
        return _not_sent(request)
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": invitation.email})
    return redirect("crmsetup:member-list", request.implementation.slug)


@member_page(May.MANAGE)
@require_POST
def invitation_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Makes the link in the mail useless."""
    invitation = get_object_or_404(Invitation, implementation=request.implementation, pk=pk)
    try:
        with noting() as made:
            invitations.withdraw(invitation, by=request.user)
    except Gone:
        messages.error(request, _gone(invitation))
    else:
        say_done(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email}, made)
    return redirect("crmsetup:member-list", request.implementation.slug)


def _link_from(request: HttpRequest) -> Link:
    return lambda token: request.build_absolute_uri(reverse("crmsetup:invitation-accept", args=[token]))


def _not_sent(request: MemberRequest) -> HttpResponse:
    text = _("The invitation is saved, but the e-mail could not be sent. Wait a little and send it again.")
    messages.error(request, text)
    return redirect("crmsetup:member-list", request.implementation.slug)


def _gone(invitation: Invitation) -> str:
    facts = {"email": invitation.email}
    if invitation.accepted_at:
        return _("%(email)s has accepted the invitation meanwhile.") % facts
    return _("The invitation to %(email)s has been withdrawn.") % facts


@open_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the link leads to: who is signed in with the invited address accepts, a stranger makes an account.

    It tells the company's name only while the link holds.
    """
    invitation = invitations.by_token(token)
    if invitation is None:
        return _over(request, 404)
    if not invitation.is_open:
        return _closed(request, invitation)
    if request.user.is_authenticated:
        return _accept_as_oneself(request, invitation, request.user)
    if invitations.account_of(invitation):
        return _sign_in_first(request, invitation)
    return _accept_as_new(request, invitation)


def _closed(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody who has come in by this link before is let in again; everybody else learns that it is over."""
    mine = request.user.is_authenticated and request.user.email == invitation.email
    if mine and invitation.accepted_at:
        return redirect(invitation.implementation)
    return _over(request, 410)


def _over(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "crmsetup/invitation_over.html", status=status)


def _accept_as_oneself(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if user.email != invitation.email:
        status = 409 if request.method == "POST" else 200
        return render(request, "crmsetup/invitation_other.html", {"invitation": invitation}, status=status)
    if request.method == "POST":
        try:
            invitations.accept(invitation, user=user)
        except Gone:
            return _closed(request, invitation)
        return _welcome(request, invitation, user)
    return _offer(request, invitation)


def _sign_in_first(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method == "POST":
        return redirect_to_login(request.path)
    return _offer(request, invitation, sign_in=True)


def _accept_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewAccountForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password"]
        try:
            user = invitations.accept_as_new(invitation, name=name, password=password)
        except Gone:
            return _closed(request, invitation)
        except IntegrityError:  # another invitation made the account a moment ago
            return redirect_to_login(request.path)
        login(request, user)
        return _welcome(request, invitation, user)
    return _offer(request, invitation, status=status_of(form), form=form)


def _offer(request: HttpRequest, invitation: Invitation, status: int = 200, **more: Any) -> HttpResponse:
    context = {"invitation": invitation, "meaning": MEANING[invitation.role], **more}
    return render(request, "crmsetup/invitation.html", context, status=status)


def _welcome(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    company = invitation.implementation
    with override(user.language):  # the next page is in the language of the account
        messages.success(request, _("Welcome! You are a member of %(company)s now.") % {"company": company})
    return redirect(company)
