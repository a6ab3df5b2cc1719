"""Inviting people by e-mail: the link in the mail makes one person a member, once, within fourteen days.

The token stands in the mail alone; here is its hash. The mail leaves when the change is committed, so these functions
raise `letters.NotSent` with everything saved: the invitation can be sent again.
"""

import datetime
import hashlib
import secrets
from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crmsetup import letters, members
from crmsetup.changes import Recorder, change
from crmsetup.members import MEANING, Role, role_names
from crmsetup.models import Implementation, Invitation, Membership, User

LIFETIME = datetime.timedelta(days=14)
PAUSE = datetime.timedelta(minutes=5)  # between two e-mails of one invitation
MOST_A_DAY = 50  # e-mails of one implementation
SENDING = ("invitation.sent", "invitation.sent-again")

Link = Callable[[str], str]
"""Gives the address that a token is accepted at."""


class Gone(Exception):
    """The invitation was accepted, withdrawn, or is too old."""


def waiting(implementation: Implementation) -> QuerySet[Invitation]:
    """Invitations that nobody has accepted or withdrawn, expired ones included, the latest first."""
    found = Invitation.objects.filter(implementation=implementation, accepted_at=None, withdrawn_at=None)
    return found.select_related("invited_by__user").order_by("-sent_at", "-id")


def by_token(token: str) -> Invitation | None:
    """The invitation that the token belongs to, whatever became of it."""
    return Invitation.objects.select_related("implementation").filter(token_hash=_hash(token)).first()


def account_of(invitation: Invitation) -> User | None:
    """The account that has the invited address."""
    return User.objects.filter(email=invitation.email).first()


def invite(implementation: Implementation, *, by: User, email: str, role: str, language: str, link: Link) -> Invitation:
    """Invites somebody and sends the mail.

    Raises ValidationError where they are a member already, have an open invitation, or too many mails left today.
    """
    email, token = email.strip().lower(), secrets.token_urlsafe(32)
    with change(implementation, by, "invitation.sent", email=email) as c:
        _refuse_too_many(c)
        _refuse_known(c, email)
        invitation = Invitation(
            implementation=implementation,
            email=email,
            role=role,
            language=language,
            token_hash=_hash(token),
            invited_by=members.current(implementation).get(user=by),
            sent_at=c.at,
            expires_at=c.at + LIFETIME,
        )
        invitation.full_clean()
        c.params["role"] = role_names(role)
        c.create(invitation)
        transaction.on_commit(partial(_send, invitation, by, link(token)))
    return invitation


def send_again(invitation: Invitation, *, by: User, link: Link) -> None:
    """Sends the mail with a new link, good for another fourteen days; the old link ends.

    Raises Gone, and ValidationError where a mail has only just left or too many did today.
    """
    token = secrets.token_urlsafe(32)
    with change(invitation.implementation, by, "invitation.sent-again", email=invitation.email) as c:
        _demand_waiting(invitation)
        _refuse_too_many(c)
        if invitation.sent_at > c.at - PAUSE:
            raise ValidationError(_("It was sent a moment ago. Wait five minutes before you send it again."))
        c.update(invitation, token_hash=_hash(token), sent_at=c.at, expires_at=c.at + LIFETIME)
        transaction.on_commit(partial(_send, invitation, by, link(token)))


def withdraw(invitation: Invitation, *, by: User) -> None:
    """Ends an invitation; its link leads nowhere any more. Raises Gone."""
    with change(invitation.implementation, by, "invitation.withdrawn", email=invitation.email) as c:
        _demand_waiting(invitation)
        c.update(invitation, withdrawn_at=c.at)


def accept(invitation: Invitation, *, user: User) -> Membership:
    """Makes the account with the invited address a member. Raises Gone."""
    if user.email != invitation.email:
        raise ValueError("an invitation is for the account with its own address")
    facts = {"role": role_names(invitation.role)}
    with change(invitation.implementation, user, "invitation.accepted", **facts) as c:
        _demand_waiting(invitation)
        if invitation.expires_at <= c.at:
            raise Gone
        c.update(invitation, accepted_at=c.at)
        return members.join(c, user=user, role=invitation.role)


def accept_as_new(invitation: Invitation, *, name: str, password: str) -> User:
    """Makes an account with the invited address, and the account a member. Raises Gone, and IntegrityError where
    the address has got an account meanwhile."""
    user = User(email=invitation.email, name=name, language=invitation.language)
    user.set_password(password)
    with transaction.atomic():
        user.save()
        accept(invitation, user=user)
    return user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _send(invitation: Invitation, by: User, address: str) -> None:
    context = {
        "invitation": invitation,
        "inviter": by,
        "company": invitation.implementation.name,
        "role": Role(invitation.role).label,
        "meaning": MEANING[invitation.role],
        "address": address,
    }
    letters.send("letters/invitation", to=invitation.email, language=invitation.language, context=context)


def _demand_waiting(invitation: Invitation) -> None:
    invitation.refresh_from_db(fields=["version", "sent_at", "expires_at", "accepted_at", "withdrawn_at"])
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Gone


def _refuse_too_many(c: Recorder) -> None:
    since = c.at - datetime.timedelta(days=1)
    if c.implementation.changes.filter(verb__in=SENDING, at__gt=since).count() >= MOST_A_DAY:
        raise ValidationError(
            _("%(most)s invitations have been sent since this time yesterday. Send more tomorrow.")
            % {"most": MOST_A_DAY}
        )


def _refuse_known(c: Recorder, email: str) -> None:
    """Somebody who is a member, or is invited; an invitation that has expired makes way."""
    member = members.current(c.implementation).filter(user__email=email).first()
    if member is not None:
        facts = {"member": member, "role": str(Role(member.role).label).lower()}
        raise ValidationError({"email": _("%(member)s is a member already, as %(role)s.") % facts})
    for invitation in waiting(c.implementation).filter(email=email):
        if invitation.is_open:
            raise ValidationError({"email": _("There is an open invitation to this address already.")})
        c.update(invitation, withdrawn_at=c.at)
