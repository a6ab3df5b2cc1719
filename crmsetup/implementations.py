"""What can be done with an implementation as a whole."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from crmsetup.changes import change
from crmsetup.models import Implementation, Membership, User
from crmsetup.stale import demand_version


def edit(implementation: Implementation, *, by: User, version: int, values: Mapping[str, Any]) -> None:
    """Writes the settings. Raises StaleSave."""
    with change(implementation, by, "implementation.edited", implementation=values["name"]) as c:
        demand_version(implementation, version)
        c.update(implementation, **values)


def memberships_of(user: User) -> QuerySet[Membership]:
    """The person's memberships with their implementations, by company."""
    return (
        Membership.objects.filter(user=user, ended_at=None)
        .select_related("implementation")
        .order_by("implementation__name", "implementation_id")
    )
