"""The chevrons of a guide as geometry for SVG, for print. All lengths are millimetres."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 166.0  # the text column of an A4 handout
HEIGHT = 17.0
POINT = 3.3  # how far a chevron's tip reaches
GAP = 1.2
ROW = HEIGHT + 3
IN_A_ROW = 6
ENDS = 26.0  # the room that the ends take at the right
LETTER = 1.42  # the mean width of a letter at the size of the names


@dataclass(frozen=True)
class Chevron:
    """One status: its outline, the lines of its name, and what stands below them."""

    path: str
    lines: tuple[tuple[float, float, str], ...]
    foot: tuple[float, float, str]


@dataclass(frozen=True)
class End:
    """One way it ends: a box with its name at the left and a number at the right."""

    x: float
    y: float
    width: float
    height: float
    name: str
    number: str

    @property
    def base(self) -> float:
        """Where the words stand."""
        return self.y + self.height / 2 + 1

    @property
    def left(self) -> float:
        return self.x + 1.8

    @property
    def right(self) -> float:
        return self.x + self.width - 1.8


@dataclass(frozen=True)
class Drawing:
    """All chevrons of a guide in rows, and its ends after the last."""

    width: float
    height: float
    chevrons: tuple[Chevron, ...]
    ends: tuple[End, ...]


def chevrons(statuses: Sequence[tuple[str, str]], ends: Sequence[tuple[str, str]] = ()) -> Drawing:
    """The line of `(name, what stands below it)`, six in a row and evenly wide, then each end's `(name, number)`."""
    columns = min(len(statuses), IN_A_ROW) or 1
    rows = -(-len(statuses) // IN_A_ROW) or 1
    room = WIDTH - (ENDS if ends else POINT)
    width = min(room / columns, 45)
    drawn = tuple(
        _chevron(place % IN_A_ROW * width, place // IN_A_ROW * ROW, width - GAP, name, foot, place == 0)
        for place, (name, foot) in enumerate(statuses)
    )
    return Drawing(WIDTH, rows * ROW - 3, drawn, _ends(ends, (rows - 1) * ROW))


def _ends(ends: Sequence[tuple[str, str]], top: float) -> tuple[End, ...]:
    """The boxes below each other at the right, as high together as a chevron."""
    share = HEIGHT / (len(ends) or 1)
    x, width = WIDTH - ENDS + POINT + GAP, ENDS - POINT - GAP - 0.2
    return tuple(
        End(x, top + place * share + (0.15 if place == 0 else 0.6), width, share - 0.75, name, number)
        for place, (name, number) in enumerate(ends)
    )


def _chevron(x: float, y: float, width: float, name: str, foot: str, first: bool) -> Chevron:
    left, right, top, bottom, middle = x + 0.2, x + width, y + 0.2, y + HEIGHT - 0.2, y + HEIGHT / 2
    notch = "" if first else f"L{left + POINT:.2f} {middle:.2f}"
    tip = f"L{right + POINT:.2f} {middle:.2f}L{right:.2f} {bottom:.2f}"
    path = f"M{left:.2f} {top:.2f}H{right:.2f}{tip}H{left:.2f}{notch}Z"
    indent = left + (1.8 if first else POINT + 1.6)
    room = max(int((right - indent) / LETTER), 4)
    lines = textwrap.wrap(_hyphenated(name, room), room, max_lines=2, placeholder="…")
    start = top + (4.3 if len(lines) == 1 else 4) if foot else middle + (1 if len(lines) == 1 else -0.6)
    placed = tuple((indent, start + 3.2 * number, line) for number, line in enumerate(lines))
    return Chevron(path, placed, (indent, bottom - 3, foot))


def _hyphenated(name: str, room: int) -> str:
    """The name with a hyphen where a word is too long for its line."""
    words = (f"{word[: room - 1]}- {word[room - 1 :]}" if len(word) > room else word for word in name.split())
    return " ".join(words)
