"""What was changed, the newest first: for the history page, the overview and the panel beside a thing."""

from django.db.models import QuerySet

from crmsetup.models import Change, ChangedRow, Implementation


def changes_of(implementation: Implementation, *scopes: str) -> QuerySet[Change]:
    """The changes, newest first, with what their sentences and marks need; `scopes` narrow them to some things."""
    changes = implementation.changes.select_related("by", "undone_by", "undoes").order_by("-seq")
    if scopes:
        changes = changes.filter(pk__in=ChangedRow.objects.filter(scope__in=scopes).values("change"))
    return changes


def latest(implementation: Implementation, *scopes: str, count: int = 5) -> list[Change]:
    """The newest changes of the whole or of some things, for `components/history_panel.html`."""
    return list(changes_of(implementation, *scopes)[:count])
