"""What can be done with the checklist: hand an item to somebody, tick it off, see how far it has come.

Every act takes the person who acts (`by`; None is the system), is one recorded change, and raises what stops it:
Forbidden for a person who may not, ValidationError for unfit values, StaleSave where somebody saved meanwhile.
"""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crmsetup import members
from crmsetup.access import Forbidden, May, may, may_answer
from crmsetup.changes import Recorder, change
from crmsetup.languages import in_every_language
from crmsetup.models import Implementation, Membership, User
from crmsetup.stale import demand_version
from crmsetup.templatetags.look import long_day
from onboarding.checks import Seen, look, sees_for_itself
from onboarding.models import ChecklistItem

State = ChecklistItem.State
MARKS = {State.OPEN: "open", State.DONE: "done", State.NOT_APPLICABLE: "out"}
SEES_FOR_ITSELF = _("This item sees for itself whether it is done. It can only be marked as not applicable.")


@dataclass(frozen=True)
class Row:
    """An item with what it sees of itself on `today`."""

    item: ChecklistItem
    seen: Seen
    today: datetime.date

    @property
    def title(self) -> str:
        return self.item.text_in("title", get_language())

    @property
    def description(self) -> str:
        return self.item.text_in("description", get_language())

    @property
    def language(self) -> str:
        """The language that its texts are in: the main one where there is no translation."""
        mine = get_language() or ""
        return mine if self.item.is_translated("title", mine) else self.item.implementation.main_language

    @property
    def is_open(self) -> bool:
        return self.seen.state == State.OPEN

    @property
    def is_done(self) -> bool:
        return self.seen.state == State.DONE

    @property
    def is_out(self) -> bool:
        return self.seen.state == State.NOT_APPLICABLE

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.item.due is not None and self.item.due < self.today

    @property
    def days_late(self) -> int:
        return (self.today - self.item.due).days if self.is_overdue and self.item.due else 0

    @property
    def by_hand(self) -> bool:
        """Whether a person ticks it."""
        return not sees_for_itself(self.item)

    @property
    def mark(self) -> str:
        return MARKS[State(self.seen.state)]

    @property
    def word(self) -> str:
        """The state in the reader's language."""
        return str(State(self.seen.state).label)


@dataclass(frozen=True)
class Board:
    """The whole checklist in its order; what is not applicable does not count."""

    rows: tuple[Row, ...]

    @cached_property
    def total(self) -> int:
        return sum(not row.is_out for row in self.rows)

    @cached_property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @cached_property
    def overdue(self) -> int:
        return sum(row.is_overdue for row in self.rows)

    @property
    def percent(self) -> int:
        """How much of what counts is done; all of it where nothing counts."""
        return 100 * self.done // self.total if self.total else 100


def board(implementation: Implementation) -> Board:
    """How the implementation's checklist stands today."""
    mine = ChecklistItem.objects.filter(implementation=implementation)
    items = list(mine.select_related("implementation", "responsible__user").order_by("rank", "id"))
    seen = look(implementation, items)
    today = timezone.localdate()
    return Board(tuple(Row(item, seen[item.pk], today) for item in items))


def assign(
    item: ChecklistItem, *, by: User | None, version: int, responsible: Membership | None, due: datetime.date | None
) -> None:
    """Says who has to do the item and by when; None takes it away. For editors."""
    with change(item.implementation, by, "check.edited", item=_names(item)) as c:
        stored = _stored(item, version, ("responsible_id", "due"))
        _write(c, item, stored, _assigned(c, responsible, due))


def tick(item: ChecklistItem, *, by: User | None, version: int, state: str, note: str = "") -> None:
    """Marks the item as open, done or not applicable, and writes its note. For editors, and for whom it is given to."""
    with change(item.implementation, by, "check.edited", item=_names(item)) as c:
        stored = _stored(item, version, ("state", "note", "marked_seq"))
        _write(c, item, stored, _ticked(c, stored, state, note))


def edit(
    item: ChecklistItem,
    *,
    by: User | None,
    version: int,
    state: str,
    note: str,
    responsible: Membership | None,
    due: datetime.date | None,
) -> None:
    """Ticks and assigns in one change. For editors."""
    with change(item.implementation, by, "check.edited", item=_names(item)) as c:
        stored = _stored(item, version)
        _write(c, item, stored, _ticked(c, stored, state, note) | _assigned(c, responsible, due))


def _names(item: ChecklistItem) -> dict[str, str]:
    return item.texts("title", item.implementation.main_language)


def _stored(item: ChecklistItem, version: int, columns: Collection[str] = ()) -> ChecklistItem:
    """The item as it stands now. Raises StaleSave where it (or one of the columns) has changed since it was seen."""
    demand_version(item, version, columns=columns)
    return ChecklistItem.objects.select_related("implementation").get(pk=item.pk)


def _member(c: Recorder) -> Membership:
    found = members.current(c.implementation).filter(user=c.by).first()
    if found is None:
        raise Forbidden
    return found


def _assigned(c: Recorder, responsible: Membership | None, due: datetime.date | None) -> dict[str, Any]:
    if c.by is not None and not may(_member(c), May.EDIT):
        raise Forbidden
    return {"responsible": responsible, "due": due}


def _ticked(c: Recorder, item: ChecklistItem, state: str, note: str) -> dict[str, Any]:
    if c.by is not None and not may_answer(_member(c), item.responsible_id):
        raise Forbidden
    if state == State.DONE and sees_for_itself(item):
        raise ValidationError({"state": SEES_FOR_ITSELF})
    values: dict[str, Any] = {"note": note.strip()}
    if state == state_to_tick(item):
        return values
    marked = state != State.OPEN
    return values | {
        "state": state,
        "marked_at": c.at if marked else None,
        "marked_by": str(c.by or "") if marked else "",
        "marked_seq": c.seq if marked else None,
    }


def state_to_tick(item: ChecklistItem) -> str:
    """The state that a person sees to change: a mark that the list has outlived is open again."""
    return item.state if sees_for_itself(item) else look(item.implementation, [item])[item.pk].state


def _write(c: Recorder, item: ChecklistItem, stored: ChecklistItem, values: dict[str, Any]) -> None:
    """Writes what differs, and finds the sentence for it."""
    differs = {name for name, value in values.items() if getattr(stored, name) != value}
    for name, value in values.items():
        setattr(stored, name, value)
    stored.full_clean()
    c.update(item, **values)
    told = [*_told(stored, differs)]
    if told:
        c.verb, facts = told[0]
        c.params.update(facts)
    for verb, facts in told[1:]:
        c.also(f"{verb}-too", **facts)


def _told(item: ChecklistItem, differs: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a change of the item is called, the weightiest first."""
    if differs & {"state", "marked_seq"}:
        yield {State.OPEN: "check.reopened", State.DONE: "check.ticked"}.get(State(item.state), "check.left-out"), {}
    elif "note" in differs:
        yield "check.noted", {}
    if "responsible" in differs and item.responsible:
        yield "check.assigned", {"responsible": str(item.responsible)}
    if "due" in differs and item.due:
        yield "check.due", {"due": in_every_language(lambda: long_day(item.due))}
