"""What can be done with an implementation as a whole, and choosing among many."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from crmsetup import rooms
from crmsetup.changes import change
from crmsetup.models import Change, Implementation, Membership, User
from crmsetup.names import search_key
from crmsetup.stale import to_write


def edit(implementation: Implementation, *, by: User, version: int, values: Mapping[str, Any]) -> None:
    """Writes the settings. Raises StaleSave where somebody else has changed the same ones meanwhile."""
    with change(implementation, by, "implementation.edited", implementation=values["name"]) as c:
        c.update(implementation, **to_write(implementation, version, values))


def archive(implementation: Implementation, *, by: User) -> None:
    """Takes an implementation out of the chooser's first list. Nothing else changes: it opens, and can be edited."""
    with change(implementation, by, "implementation.archived", implementation=implementation.name) as c:
        implementation.refresh_from_db()
        if not implementation.is_archived:
            c.update(implementation, archived_at=c.at)


def bring_back(implementation: Implementation, *, by: User) -> None:
    """Takes an implementation out of the archive."""
    with change(implementation, by, "implementation.brought-back", implementation=implementation.name) as c:
        c.update(implementation, archived_at=None)


def memberships_of(user: User) -> QuerySet[Membership]:
    """The person's memberships with their implementations, by company."""
    return (
        Membership.objects.filter(user=user, ended_at=None)
        .select_related("implementation")
        .order_by("implementation__name", "implementation_id")
    )


@dataclass(frozen=True)
class Choice:
    """An implementation as a row of the chooser: how far it has come, and who changed it last."""

    membership: Membership
    done: int
    total: int
    changed_at: datetime.datetime
    changed_by: str

    @property
    def implementation(self) -> Implementation:
        return self.membership.implementation


def choices_of(user: User, words: str = "") -> list[Choice]:
    """What the person can choose among, the latest change first; `words` narrows it to companies that contain them."""
    newest = Change.objects.filter(implementation=OuterRef("implementation")).order_by("-seq")
    latest = {"changed_at": Subquery(newest.values("at")[:1]), "changed_by": Subquery(newest.values("by_name")[:1])}
    memberships: list[Any] = [m for m in memberships_of(user).annotate(**latest) if _is_called(m.implementation, words)]
    progress = rooms.progress([membership.implementation_id for membership in memberships])
    found = [
        Choice(m, *progress[m.implementation_id], m.changed_at or m.implementation.created_at, m.changed_by or "")
        for m in memberships
    ]
    return sorted(found, key=lambda choice: choice.changed_at, reverse=True)


def _is_called(implementation: Implementation, words: str) -> bool:
    return search_key(words) in search_key(implementation.name)
