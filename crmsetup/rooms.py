"""What each room contributes to the pages of the ground floor, which import none of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crmsetup.changes import Recorder
    from crmsetup.models import Implementation


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; `count` is text or a number at its end."""

    label: str
    url: str
    count: str | int = ""


@dataclass(frozen=True)
class Section:
    """A headed group of the navigation. Sections with the same label are joined, in the order of `place`."""

    label: str
    entries: list[Entry]
    place: int


@dataclass(frozen=True)
class Figure:
    """A key figure of the overview: `done` of `total` (and `begun` of them not yet), said in words."""

    label: str
    url: str
    done: int
    begun: int
    total: int
    words: str  # what stands after the number: "of 27 questions decided"
    note: str = ""
    alarm: bool = False


@dataclass(frozen=True)
class Todo:
    """Something that comes next: what, why, where, who, by when."""

    what: str
    why: str
    where: str
    url: str
    mark: str = "open"
    responsible: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Room:
    """Each function takes the implementation; `fill` takes a recorder and the starter set's data.

    `progress` takes the ids of many implementations and gives for each how much of how much is done; it costs the
    same number of queries however many there are.
    """

    key: str
    navigation: Callable[["Implementation"], list[Section]]
    figures: Callable[["Implementation"], list[Figure]] = field(default=lambda implementation: [])
    todos: Callable[["Implementation"], list[Todo]] = field(default=lambda implementation: [])
    progress: Callable[[Collection[int]], Mapping[int, tuple[int, int]]] = field(default=lambda ids: {})
    fill: Callable[["Recorder", Mapping[str, Any]], None] = field(default=lambda c, data: None)


_rooms: list[Room] = []


def register(room: Room) -> None:
    """Adds a room; rooms come in the order of the installed applications, lower ones first."""
    _rooms[:] = [other for other in _rooms if other.key != room.key] + [room]


def all_rooms() -> list[Room]:
    """Every room, lower ones first."""
    return list(_rooms)


def navigation(implementation: "Implementation") -> list[Section]:
    """The sections of all rooms, joined by label and in their order."""
    joined: dict[str, Section] = {}
    for section in sorted((s for room in _rooms for s in room.navigation(implementation)), key=lambda s: s.place):
        before = joined.get(section.label)
        entries = [*(before.entries if before else []), *section.entries]
        joined[section.label] = Section(section.label, entries, section.place)
    return list(joined.values())


def figures(implementation: "Implementation") -> list[Figure]:
    """The key figures of all rooms, upper rooms first."""
    return [figure for room in reversed(_rooms) for figure in room.figures(implementation)]


def progress(ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How much of how much is done in each of the implementations, all rooms together."""
    counted = dict.fromkeys(ids, (0, 0))
    for room in _rooms:
        for pk, (done, total) in room.progress(ids).items():
            counted[pk] = (counted[pk][0] + done, counted[pk][1] + total)
    return counted


def todos(implementation: "Implementation") -> list[Todo]:
    """What comes next in all rooms: what has a date first, the earliest first."""
    found = [todo for room in reversed(_rooms) for todo in room.todos(implementation)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or date.max))
