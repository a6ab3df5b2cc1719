"""What this room contributes to the pages of the ground floor."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crmsetup.models import Implementation
from crmsetup.rooms import Entry, Figure, Room, Section, Todo
from onboarding import checklist, questions
from onboarding.starting import fill


def navigation(implementation: Implementation) -> list[Section]:
    """The room's entries in the navigation."""
    entries = [question_entry(implementation), checklist_entry(implementation)]
    handouts = Entry(_("Handouts"), _address("handout-list", implementation))
    return [Section(_("Preparation"), [*entries, handouts], 20)]


def figures(implementation: Implementation) -> list[Figure]:
    """How far the room has come."""
    return [*question_figures(implementation), *checklist_figures(implementation)]


def todos(implementation: Implementation) -> list[Todo]:
    """What comes next in the room."""
    return [*question_todos(implementation), *checklist_todos(implementation)]


def question_entry(implementation: Implementation) -> Entry:
    """The questions, with how many are decided."""
    counted = _("%(settled)s of %(total)s") % questions.progress(implementation)
    return Entry(_("Questions"), _address("question-list", implementation), counted)


def question_figures(implementation: Implementation) -> list[Figure]:
    """How many questions are decided, and how many have been begun."""
    number = questions.progress(implementation)
    if not number["total"]:
        return []
    words = ngettext("of %(total)s question decided", "of %(total)s questions decided", number["total"])
    return [
        Figure(
            label=_("Questions"),
            url=_address("question-list", implementation),
            done=number["settled"],
            begun=number["begun"],
            total=number["total"],
            words=words % number,
            note=_question_note(number),
            alarm=number["overdue"] > 0,
        )
    ]


def _question_note(number: dict[str, int]) -> str:
    if number["overdue"]:
        late = ngettext("%(number)s is past its due date.", "%(number)s are past their due date.", number["overdue"])
        return late % {"number": number["overdue"]}
    if number["settled"] == number["total"]:
        return _("Everything is decided.")
    if number["begun"]:
        return ngettext("%(begun)s is begun.", "%(begun)s are begun.", number["begun"]) % number
    return _("The rest is not begun.")


def question_todos(implementation: Implementation) -> list[Todo]:
    """The questions that somebody has, or that have a due date, and that are not settled."""
    return [
        Todo(
            what=placed.label,
            why=placed.text,
            where=_("Questions"),
            url=placed.url,
            mark=placed.mark,
            responsible=str(placed.question.responsible or ""),
            due=placed.question.due,
        )
        for placed in questions.waiting(implementation)
    ]


def checklist_entry(implementation: Implementation) -> Entry:
    """The checklist, with how many of its items are done."""
    board = checklist.board(implementation)
    counted = _("%(done)s of %(total)s") % {"done": board.done, "total": board.total}
    return Entry(_("Checklist"), _address("checklist", implementation), counted)


def checklist_figures(implementation: Implementation) -> list[Figure]:
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


def checklist_todos(implementation: Implementation) -> list[Todo]:
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


ROOM = Room(
    "onboarding",
    navigation=navigation,
    figures=figures,
    todos=todos,
    progress=questions.progress_of_many,
    fill=fill,
)
