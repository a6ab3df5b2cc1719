"""What this room contributes to the pages of the ground floor."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crmsetup.models import Implementation
from crmsetup.rooms import Entry, Figure, Room, Section, Todo
from onboarding import checklist
from onboarding.starting import fill


def navigation(implementation: Implementation) -> list[Section]:
    """The room's entries in the navigation."""
    board = checklist.board(implementation)
    counted = _("%(done)s of %(total)s") % {"done": board.done, "total": board.total}
    entries = [
        Entry(_("Checklist"), _address("checklist", implementation), counted),
        Entry(_("Handouts"), _address("handout-list", implementation)),
    ]
    return [Section(_("Preparation"), entries, 20)]


def figures(implementation: Implementation) -> list[Figure]:
    """How far the checklist has come."""
    board = checklist.board(implementation)
    if not board.total:
        return []
    words = ngettext("of %(total)s checklist item done", "of %(total)s checklist items done", board.total)
    late = ngettext("%(number)s is past its due date.", "%(number)s are past their due date.", board.overdue)
    note = late % {"number": board.overdue} if board.overdue else _("Nothing is overdue.")
    return [
        Figure(
            label=_("Checklist"),
            url=_address("checklist", implementation),
            done=board.done,
            begun=0,
            total=board.total,
            words=words % {"total": board.total},
            note=note,
            alarm=board.overdue > 0,
        )
    ]


def todos(implementation: Implementation) -> list[Todo]:
    """The checklist items that are open."""
    return [
        Todo(
            what=row.title,
            why=row.description if row.by_hand else row.seen.reason,
            where=_("Checklist"),
            url=row.item.get_absolute_url(),
            mark=row.mark,
            responsible=str(row.item.responsible or ""),
            due=row.item.due,
        )
        for row in checklist.board(implementation).rows
        if row.is_open
    ]


def _address(name: str, implementation: Implementation) -> str:
    return reverse(f"onboarding:{name}", args=[implementation.slug])


ROOM = Room("onboarding", navigation=navigation, figures=figures, todos=todos, fill=fill)
