"""Random acts of a person, for the test that takes everything back; each room has its own in `acts.py`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from crmsetup import implementations
from crmsetup.changes import undo
from crmsetup.models import Change, Implementation, User
from crmsetup.ordering import predecessor_id

Thing = TypeVar("Thing")
WORDS = ("Kunde", "Øl & vin", "<b>Ål</b>", "100 % %(by)s", "Blåbær «syltetøy»", "Æ'ø\"å", "ß", "  to   ord  ")
TEXTS = ("", "Kjøper av oss.", "«Én» & <to>", "100 %")


class World:
    """Where the acts happen: an implementation, who acts, and a source of choices."""

    def __init__(self, implementation: Implementation, by: User, data: st.DataObject) -> None:
        self.implementation = implementation
        self.by = by
        self._data = data
        self._names = 0

    def one(self, things: Iterable[Thing]) -> Thing:
        """One of some things; where there is none, the play is another one."""
        choices: Sequence[Thing] = list(things)
        assume(choices)
        return choices[self._data.draw(st.integers(0, len(choices) - 1))]

    def maybe(self) -> bool:
        return self._data.draw(st.booleans())

    def number(self, low: int, high: int) -> int:
        return self._data.draw(st.integers(low, high))

    def name(self) -> str:
        """A name that nothing has yet."""
        self._names += 1
        return f"{self.one(WORDS)} {self._names}"

    def text(self) -> str:
        return self.one(TEXTS)


@dataclass(frozen=True)
class Act:
    """`perform` calls public functions of a room so that a change tells `verb`, as its sentence or a further one."""

    verb: str
    perform: Callable[[World], Any]

    def __str__(self) -> str:
        return self.verb


def standing(one: Change) -> Change:
    """The change that one has to take back so that `one` no longer holds: itself, or what last did it again."""
    while hasattr(one, "undone_by"):
        one = one.undone_by
    return one


def last(world: World) -> Change | None:
    return world.implementation.changes.order_by("-seq").first()


def another_place(world: World, row: Any) -> Any:
    """A sibling that the row does not stand after yet; there have to be three."""
    return world.one(row.siblings().exclude(pk__in=[row.pk, predecessor_id(row) or 0]).order_by("id"))


def demand_not_first(row: Any, put_after: Callable[[Any], None]) -> None:
    """Moves the row to the end where it is the first of its siblings."""
    if predecessor_id(row) is None:
        put_after(row.in_order().last())


# --- acts of the ground floor


def edit_implementation(world: World) -> None:
    world.implementation.refresh_from_db()
    values = {"name": world.name(), "contact_name": world.text(), "crm_version": str(world.number(1, 99))}
    implementations.edit(world.implementation, by=world.by, version=world.implementation.version, values=values)


def take_back(world: World) -> None:
    edit_implementation(world)
    undo(last(world), world.by)


def do_again(world: World) -> None:
    take_back(world)
    undo(last(world), world.by)


ACTS = [
    Act("implementation.edited", edit_implementation),
    Act("undone", take_back),
    Act("redone", do_again),
]
