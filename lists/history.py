"""What was changed about one item, the newest first."""

from django.db.models import Q

from crmsetup.history import changes_of
from crmsetup.models import Change, ChangedRow
from lists.items import facet_of
from lists.models import ListItem


def latest_of(item: ListItem, count: int = 5) -> list[Change]:
    """The newest changes of the item and of what only its list has, for `components/history_panel.html`."""
    rows = Q(model=item._meta.label_lower, row_id=item.pk)
    if facet := facet_of(item):
        rows |= Q(model=facet._meta.label_lower, row_id=facet.pk)
    touched = ChangedRow.objects.filter(rows, change__implementation=item.implementation_id).values("change")
    return list(changes_of(item.list.implementation).filter(pk__in=touched)[:count])
