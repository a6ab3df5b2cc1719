"""Which rows of a list stand on a page: a hundred at a time, so that a long list is as quick as a short one."""

from dataclasses import dataclass

from lists.items import found, in_use, items_of
from lists.models import List, ListItem

ROWS = 100
LAST = 10**6  # the number of a page behind every other


@dataclass(frozen=True)
class Part:
    """The rows in use of one page, each with its number in the whole list."""

    rows: list[tuple[int, ListItem]]
    found: int  # on all pages
    page: int = 1
    pages: int = 1

    @property
    def is_last(self) -> bool:
        return self.page == self.pages


def part(one: List, total: int, *, words: str, page: int, item: ListItem | None) -> Part:
    """The page with the item on it, whatever is searched for; else the page of that number, or the nearest to it.

    `total` is how many items are in use.
    """
    if words or item is not None:
        return _among_all(one, words=words, page=page, item=item)
    page, pages = _nearest(page, total)
    start = (page - 1) * ROWS
    rows = in_use(items_of(one))[start : start + ROWS]
    return Part(list(enumerate(rows, start + 1)), total, page, pages)


def _among_all(one: List, *, words: str, page: int, item: ListItem | None) -> Part:
    """Where one has to know the place of each."""
    rows = in_use(items_of(one))
    order = _order(one)
    hits = _hits(one, words) if words else set(order)
    chosen = item.pk if item else None
    shown = [pk for pk in order if pk in hits or pk == chosen]
    page, pages = _nearest(shown.index(chosen) // ROWS + 1 if chosen in shown else page, len(shown))
    wanted = shown[(page - 1) * ROWS : page * ROWS]
    numbers, by_pk = {pk: number for number, pk in enumerate(order, 1)}, rows.in_bulk(wanted)
    return Part([(numbers[pk], by_pk[pk]) for pk in wanted], len(hits), page, pages)


def following(one: List, item: ListItem, words: str) -> int | None:
    """The id of the next item in use that contains the words; None behind the last."""
    order, hits = _order(one), _hits(one, words)
    place = order.index(item.pk) + 1 if item.pk in order else len(order)
    return next((pk for pk in order[place:] if pk in hits), None)


def _order(one: List) -> list[int]:
    return list(in_use(items_of(one)).values_list("pk", flat=True))


def _hits(one: List, words: str) -> set[int]:
    return set(found(in_use(one.items.all()), words).values_list("pk", flat=True))


def _nearest(page: int, rows: int) -> tuple[int, int]:
    pages = max(1, -(-rows // ROWS))
    return min(max(page, 1), pages), pages
