"""Who works in an implementation."""

from crmsetup.changes import change
from crmsetup.models import Implementation, Membership, User


def add(implementation: Implementation, *, by: User | None, user: User, role: str) -> Membership:
    """Makes somebody a member in a role."""
    label = str(Membership.Role(role).label)
    with change(implementation, by, "member.added", member=str(user), role=label) as c:
        return c.create(Membership(user=user, role=role))
