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
LETTER = 1.42  # the mean width of a letter at the size of the names


@dataclass(frozen=True)
class Chevron:
    """One status: its outline, the lines of its name, and its probability below them."""

    path: str
    lines: tuple[tuple[float, float, str], ...]
    foot: tuple[float, float, str]


@dataclass(frozen=True)
class Drawing:
    """All chevrons of a guide in rows."""

    width: float
    height: float
    chevrons: tuple[Chevron, ...]


def chevrons(statuses: Sequence[tuple[str, str]]) -> Drawing:
    """The line of `(name, what stands below it)`, six in a row and evenly wide."""
    columns = min(len(statuses), IN_A_ROW) or 1
    rows = -(-len(statuses) // IN_A_ROW)
    width = min((WIDTH - POINT) / columns, 45)
    drawn = tuple(
        _chevron(place % IN_A_ROW * width, place // IN_A_ROW * ROW, width - GAP, name, foot, place == 0)
        for place, (name, foot) in enumerate(statuses)
    )
    return Drawing(WIDTH, max(rows * ROW - 3, 1), drawn)


def _chevron(x: float, y: float, width: float, name: str, foot: str, first: bool) -> Chevron:
    left, right, top, bottom, middle = x + 0.2, x + width, y + 0.2, y + HEIGHT - 0.2, y + HEIGHT / 2
    notch = "" if first else f"L{left + POINT:.2f} {middle:.2f}"
    tip = f"L{right + POINT:.2f} {middle:.2f}L{right:.2f} {bottom:.2f}"
    path = f"M{left:.2f} {top:.2f}H{right:.2f}{tip}H{left:.2f}{notch}Z"
    indent = left + (1.8 if first else POINT + 1.6)
    room = max(int((right - indent) / LETTER), 4)
    lines = textwrap.wrap(name, room, max_lines=2, placeholder="…")
    start = top + (4.3 if len(lines) == 1 else 4)
    placed = tuple((indent, start + 3.2 * number, line) for number, line in enumerate(lines))
    return Chevron(path, placed, (indent, bottom - 3, foot))
