"""What this room contributes to the pages of the ground floor."""

from collections import Counter

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crmsetup.models import Implementation
from crmsetup.rooms import Entry, Figure, Room, Section, Todo
from workflows.guides import KINDS
from workflows.models import Guide, Kind
from workflows.starting import fill


def navigation(implementation: Implementation) -> list[Section]:
    """The guides of each kind, with the number of those in use."""
    numbers = Counter(_in_use(implementation).values_list("kind", flat=True))
    entries = [Entry(str(KINDS[kind]), _address(implementation, kind), numbers[kind]) for kind in Kind]
    return [Section(_("Workflow"), entries, 40)]


def figures(implementation: Implementation) -> list[Figure]:
    """How many guides are on."""
    states = list(_in_use(implementation).values_list("is_on", flat=True))
    on, total = sum(states), len(states)
    words = ngettext("of %(total)s guide is on", "of %(total)s guides are on", total) % {"total": total}
    return [Figure(_("Workflow guides"), _address(implementation, Kind.SALE), on, 0, total, words, _note(on, total))]


def todos(implementation: Implementation) -> list[Todo]:
    """One thing while no sale guide is on: to make one, or to switch one on."""
    sales = list(_in_use(implementation).filter(kind=Kind.SALE).order_by("rank", "id"))
    if any(guide.is_on for guide in sales):
        return []
    where, why = str(KINDS[Kind.SALE]), _("Without a guide that is on, the CRM does not lead anybody through a sale.")
    if not sales:
        return [Todo(_("Make a sale guide"), why, where, _address(implementation, Kind.SALE))]
    url = reverse("workflows:guide-show", args=[implementation.slug, sales[0].pk])
    return [Todo(_("Switch a sale guide on"), why, where, url)]


def _note(on: int, total: int) -> str:
    if not total:
        return _("There is no guide yet.")
    return "" if on == total else _("A guide that is off leads nobody.")


def _in_use(implementation: Implementation) -> QuerySet[Guide]:
    return Guide.objects.filter(implementation=implementation, retired_at=None)


def _address(implementation: Implementation, kind: str) -> str:
    return reverse("workflows:guide-list", args=[implementation.slug, kind])


ROOM = Room("workflows", navigation=navigation, figures=figures, todos=todos, fill=fill)
