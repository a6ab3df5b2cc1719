"""The rows of the result, what they must hold, and how they are printed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measurement. `size` is items of the list, or pages of a PDF; `holds` is None where nothing is promised."""

    name: str
    size: int
    queries: int | None = None
    median_ms: float | None = None
    p95_ms: float | None = None
    bytes: int | None = None
    baseline_ms: float | None = None
    ratio: float | None = None
    peak_mb: float | None = None
    target: str = ""
    holds: bool | None = None


@dataclass(frozen=True)
class Target:
    """What is promised of a row, in words and as a question."""

    words: str
    holds: Callable[[Row], bool]


def at_least_faster(times: float) -> Target:
    return Target(f"{times:g} × faster", lambda row: row.ratio is not None and row.ratio >= times)


def at_most_queries(number: int) -> Target:
    return Target(f"≤ {number} queries", lambda row: row.queries is not None and row.queries <= number)


def no_more_queries_than(smallest: Row) -> Target:
    return Target(f"queries as at {smallest.size}", lambda row: (row.queries or 0) <= (smallest.queries or 0))


def at_most_ms(number: float) -> Target:
    return Target(f"≤ {number:g} ms", lambda row: row.median_ms is not None and row.median_ms <= number)


def at_most_ms_a_page(number: float) -> Target:
    return Target(
        f"≤ {number:g} ms a page", lambda row: row.median_ms is not None and row.median_ms / row.size <= number
    )


def at_most_bytes(number: int) -> Target:
    return Target(f"≤ {number} bytes", lambda row: row.bytes is not None and row.bytes <= number)


def judged(row: Row, targets: Iterable[Target]) -> Row:
    """The row with its targets, and whether all of them hold."""
    asked = list(targets)
    if not asked:
        return row
    return replace(row, target=", ".join(t.words for t in asked), holds=all(t.holds(row) for t in asked))


HEADS = ("page", "size", "queries", "median ms", "p95 ms", "bytes", "admin ms", "ratio", "peak MB", "target", "")
WIDTHS = (34, 6, 8, 10, 9, 9, 9, 7, 8, 36, 0)


def head() -> str:
    return _line(HEADS)


def line(row: Row) -> str:
    """The row as one line; what does not hold says so."""
    said = {True: "holds", False: "DOES NOT HOLD", None: ""}[row.holds]
    numbers = (row.size, row.queries, row.median_ms, row.p95_ms, row.bytes, row.baseline_ms, row.ratio, row.peak_mb)
    return _line((row.name, *map(_number, numbers), row.target, said))


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _line(cells: Iterable[str]) -> str:
    texts = zip(cells, WIDTHS, strict=True)
    return "  ".join(
        f"{text:<{width}}" if width in {34, 36, 0} else f"{text:>{width}}" for text, width in texts
    ).rstrip()


def write(rows: Iterable[Row], path: Path) -> None:
    """The rows as JSON: a list of objects."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False) + "\n")
