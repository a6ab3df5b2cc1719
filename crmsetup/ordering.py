"""The order of rows: a sparse rank, so that a move writes one row.

Rows are ordered by `(rank, id)` among their siblings. A gap that is used up renumbers its neighbourhood.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import F, Max, QuerySet

if TYPE_CHECKING:
    from crmsetup.changes import Recorder

GAP = 1 << 20


class Ranked(models.Model):
    """A row with a place among its siblings."""

    rank = models.BigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def siblings(self) -> "QuerySet[Self]":
        """All rows of the same order, this one included."""
        raise NotImplementedError

    def in_order(self) -> "QuerySet[Self]":
        """The siblings from first to last."""
        return self.siblings().order_by("rank", "id")


Row = TypeVar("Row", bound=Ranked)


def put_after(c: "Recorder", row: Ranked, after: Ranked | None) -> bool:
    """Puts a row directly after a sibling (None: first); False where it stands there already."""
    if after == row:
        return False
    target = after.pk if after else None
    standing = _standing(row, target)
    here = standing[row.pk]
    row.rank, row.version = here["rank"], here["version"]  # type: ignore[attr-defined]
    if here["before"] == target:
        return False
    low, high = here["first"] - 2 * GAP, here["first"]
    if after is not None:
        low, high = standing[after.pk]["rank"], standing[after.pk]["next"]
    rank = _rank_between(c, row, after, low, high)
    c.place(row, rank, was_after=here["before"], now_after=target)
    return True


def _standing(row: Ranked, target: int | None) -> dict[int, dict[str, Any]]:
    """How a row and the sibling `target` stand now, read at once, by their ids.

    `before` is the id of the sibling before, `next` the rank of the one behind and `first` that of the first, both
    leaving `row` out. Raises DoesNotExist where one of the two is gone.
    """
    siblings: QuerySet[Any] = row.siblings()
    others = siblings.exclude(pk=row.pk)
    rank, pk = models.OuterRef("rank"), models.OuterRef("pk")
    before = siblings.filter(models.Q(rank__lt=rank) | models.Q(pk__lt=pk), rank__lte=rank).order_by("-rank", "-id")
    behind = others.filter(models.Q(rank__gt=rank) | models.Q(pk__gt=pk), rank__gte=rank).order_by("rank", "id")
    wanted = {row.pk} if target is None else {row.pk, target}
    found = siblings.filter(pk__in=wanted).values(
        "pk",
        "rank",
        "version",
        before=models.Subquery(before.values("pk")[:1]),
        next=models.Subquery(behind.values("rank")[:1]),
        first=models.Subquery(others.order_by("rank", "id").values("rank")[:1]),
    )
    standing = {one["pk"]: one for one in found}
    if standing.keys() != wanted:
        raise type(row).DoesNotExist
    return standing


def one_place(ordered: Sequence[Row], row: Row, *, up: bool) -> Row | None:
    """After which of `ordered` a row has to stand to move one place (None: first); itself where it cannot move."""
    place = ordered.index(row)
    target = place - 2 if up else place + 1
    if (up and place == 0) or target == len(ordered):
        return row
    return ordered[target] if target >= 0 else None


def predecessor_id(row: Ranked) -> int | None:
    """The id of the sibling that stands before `row`; None where it is the first."""
    before = row.siblings().filter(models.Q(rank__lt=row.rank) | models.Q(rank=row.rank, id__lt=row.pk))
    return before.order_by("-rank", "-id").values_list("pk", flat=True).first()


def last_rank(siblings: "QuerySet[Any]") -> int:
    """The rank for a new row at the end."""
    top = siblings.aggregate(top=Max("rank"))["top"]
    return (top if top is not None else 0) + GAP


def rank_of_new(c: "Recorder", row: Ranked, after: Ranked | None) -> int:
    """The rank for a new row: directly after a sibling as that stands now, else at the end."""
    if after is None:
        return last_rank(row.siblings())
    after.refresh_from_db(fields=["rank"])
    return rank_after(c, row, after)


def rank_after(c: "Recorder", row: Ranked, after: Ranked | None) -> int:
    """The rank that puts `row` directly after `after` (None: first), making room where there is none."""
    return _rank_between(c, row, after, *_gap(row.siblings().exclude(pk=row.pk), after))


def _rank_between(c: "Recorder", row: Ranked, after: Ranked | None, low: int, high: int | None) -> int:
    if high is None:
        return low + GAP
    if high - low < 2:
        others = row.siblings().exclude(pk=row.pk)
        _make_room(c, others, low, high)
        if after is not None:
            after.refresh_from_db(fields=["rank"])
        low, high = _gap(others, after)
        assert high is not None
    return (low + high) // 2


def _gap(others: "QuerySet[Any]", after: Ranked | None) -> tuple[int, int | None]:
    if after is None:
        first = others.order_by("rank", "id").values_list("rank", flat=True).first()
        return (first - 2 * GAP, first) if first is not None else (0, None)
    following = others.filter(models.Q(rank__gt=after.rank) | models.Q(rank=after.rank, id__gt=after.pk))
    return after.rank, following.order_by("rank", "id").values_list("rank", flat=True).first()


def _make_room(c: "Recorder", others: "QuerySet[Any]", low: int, high: int) -> None:
    """Pushes everything from the used-up gap on upwards. Ties at `low` stay in their order: they are pushed apart."""
    if low == high:
        tied = list(others.filter(rank=low).order_by("id").values_list("pk", flat=True))
        c.renumber(others.filter(rank__gt=low), F("rank") + GAP * len(tied))
        for place, pk in enumerate(tied):
            c.renumber(others.filter(pk=pk), models.Value(low + GAP * place))
        return
    c.renumber(others.filter(rank__gte=high), F("rank") + GAP)
