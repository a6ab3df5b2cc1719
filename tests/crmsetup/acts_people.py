"""Random acts with members, invitations, the logo and the archive. How they are performed: see acts.py."""

from typing import Any

from crmsetup import implementations, invitations, logos, members
from crmsetup.changes import change
from crmsetup.models import Invitation, Membership
from onboarding.models import Question
from tests.crmsetup.acts import Act, World
from tests.crmsetup.pictures import picture


def archive(world: World) -> None:
    world.implementation.refresh_from_db()
    if world.implementation.is_archived:
        implementations.bring_back(world.implementation, by=world.by)
    implementations.archive(world.implementation, by=world.by)


def bring_back(world: World) -> None:
    archive(world)
    implementations.bring_back(world.implementation, by=world.by)


def put_logo(world: World) -> None:
    world.implementation.refresh_from_db()
    before = logos.digest(world.implementation)
    for side in (world.number(1, 9), 10):  # the second where the first is there already
        if logos.digest(world.implementation) == before:
            logos.put(world.implementation, by=world.by, picture=picture(size=(side, 1)))


def remove_logo(world: World) -> None:
    put_logo(world)
    logos.remove(world.implementation, by=world.by)


def change_role(world: World) -> None:
    membership = _somebody_else(world)
    role = world.one(role for role in Membership.Role.values if role != membership.role)
    members.change_role(membership, by=world.by, version=membership.version, role=role)


def end(world: World) -> None:
    members.end(_somebody_else(world), by=world.by)


def hand_over(world: World) -> None:
    membership = _somebody_else(world)
    _give(world, membership)
    members.end(membership, by=world.by, heir=members.current(world.implementation).get(user=world.by))


def hand_to_nobody(world: World) -> None:
    membership = _somebody_else(world)
    _give(world, membership)
    members.end(membership, by=world.by)


def withdraw(world: World) -> None:
    invitations.withdraw(_written(world, _invitation(world)), by=world.by)


def _somebody_else(world: World) -> Membership:
    """A member who does not act."""
    return world.one(members.current(world.implementation).exclude(user=world.by))


def _give(world: World, membership: Membership) -> None:
    question = world.one(Question.objects.filter(implementation=world.implementation).order_by("pk"))
    with change(world.implementation, world.by, "implementation.edited", implementation="x") as c:
        c.update(question, responsible=membership)


def _invitation(world: World) -> Invitation:
    sender, email = members.current(world.implementation).get(user=world.by), f"new{world.number(1, 10**9)}@x.example"
    values: dict[str, Any] = {"role": "reader", "language": "nb", "token_hash": email, "invited_by": sender}
    return Invitation(email=email, **values)


def _written(world: World, invitation: Invitation) -> Invitation:
    """Recorded as something that can be taken back: sending a mail cannot."""
    with change(world.implementation, world.by, "implementation.edited", implementation="x") as c:
        invitation.sent_at, invitation.expires_at = c.at, c.at + invitations.LIFETIME
        return c.create(invitation)


PEOPLE_ACTS = [
    Act("implementation.archived", archive),
    Act("implementation.brought-back", bring_back),
    Act("implementation.logo-set", put_logo),
    Act("implementation.logo-removed", remove_logo),
    Act("member.role-changed", change_role),
    Act("member.ended", end),
    Act("member.handed-over", hand_over),
    Act("member.handed-to-nobody", hand_to_nobody),
    Act("invitation.withdrawn", withdraw),
]
