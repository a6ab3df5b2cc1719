"""Order by sparse ranks behaves like a Python list, whatever is moved where."""

from unittest import mock

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crmsetup import ordering
from crmsetup.changes import change
from crmsetup.ordering import GAP, last_rank, one_place, predecessor_id, put_after, rank_after
from lists.models import List, ListItem

LENGTH = 5
MOVES = st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(-1, LENGTH - 1)), min_size=1, max_size=12)


class Rollback(Exception):
    """Puts the database back after an example."""


@pytest.fixture
def interests(implementation, administrator) -> List:
    """A list with five items of its own."""
    one = List.objects.get(implementation=implementation, key="contact-interest")
    with change(implementation, administrator, "item.added", list=one.names(), item="x") as c:
        for item in ListItem.objects.filter(list=one):
            c.delete(item)
        c.create_many(ListItem(list=one, name=f"n{n}", rank=GAP * (n + 1)) for n in range(LENGTH))
    return one


def _move(one: List, by, pk: int, after: int | None) -> None:
    item = ListItem.objects.get(pk=pk)
    target = ListItem.objects.get(pk=after) if after else None
    with change(one.implementation, by, "item.moved", list="x", item="x") as c:
        c.update(item, rank=rank_after(c, item, target))


def _order(one: List) -> list[int]:
    return list(ListItem.objects.filter(list=one).order_by("rank", "id").values_list("pk", flat=True))


@pytest.mark.parametrize(
    "ranks",
    [
        [GAP * n for n in range(LENGTH)],
        [0, 1, 2, 3, 4],
        [7] * LENGTH,
        [-1, 0, 0, 1, 1],
        [0, 0, 5, 5, 6],
    ],
    ids=["spacious", "no gaps", "all tied", "two ties", "ties and gaps"],
)
@given(moves=MOVES)
@example(moves=[(4, -1), (3, -1), (2, -1)])
@example(moves=[(0, 1), (4, 1), (3, 1), (2, 1)])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_moves_give_the_order_that_a_list_would_have(interests, administrator, ranks, moves):
    def play() -> None:
        with change(interests.implementation, administrator, "item.moved", list="x", item="x") as c:
            for pk, rank in zip(_order(interests), ranks, strict=True):
                c.renumber(ListItem.objects.filter(pk=pk), rank)
        model = _order(interests)
        names = list(model)
        for moved, after in moves:
            pk, target = names[moved], names[after] if after >= 0 else None
            if pk == target:
                continue
            _move(interests, administrator, pk, target)
            model.remove(pk)
            model.insert(model.index(target) + 1 if target else 0, pk)
            assert _order(interests) == model
        raise Rollback

    with pytest.raises(Rollback), transaction.atomic():
        play()


def test_a_gap_that_is_used_up_makes_room(interests, administrator):
    """Always into the same gap: it is halved until nothing is left of it, with a small one to be quicker."""
    with mock.patch.object(ordering, "GAP", 8):
        names = _order(interests)
        model = list(names)
        for turn in range(40):
            pk = names[1 + turn % (LENGTH - 1)]
            _move(interests, administrator, pk, names[0])
            model.remove(pk)
            model.insert(1, pk)
            assert _order(interests) == model


def _updates(queries: CaptureQueriesContext) -> list[str]:
    return [q["sql"] for q in queries if q["sql"].startswith('UPDATE "lists_listitem"')]


def test_a_move_writes_one_row(interests, administrator):
    names = _order(interests)
    for pk, after in [(names[4], None), (names[0], names[2]), (names[1], names[3])]:
        with CaptureQueriesContext(connection) as queries:
            _move(interests, administrator, pk, after)
        assert len(_updates(queries)) == 1


def test_making_room_leaves_no_trace(interests, administrator):
    """Neighbours that only make room get no new version and no row in the history."""
    names = _order(interests)
    with change(interests.implementation, administrator, "item.moved", list="x", item="x") as c:
        for rank, pk in enumerate(names):
            c.renumber(ListItem.objects.filter(pk=pk), rank)
    versions = dict(ListItem.objects.filter(list=interests).values_list("pk", "version"))
    _move(interests, administrator, names[4], names[0])
    assert _order(interests) == [names[0], names[4], *names[1:4]]
    newest = interests.implementation.changes.order_by("-seq").first()
    assert [row.row_id for row in newest.rows.all()] == [names[4]]
    now = dict(ListItem.objects.filter(list=interests).values_list("pk", "version"))
    assert now == versions | {names[4]: versions[names[4]] + 1}


def test_the_end_of_an_empty_order(implementation, interests):
    assert last_rank(ListItem.objects.none()) == GAP
    assert last_rank(ListItem.objects.filter(list=interests)) == GAP * (LENGTH + 1)


def test_who_stands_before(interests):
    items = list(ListItem.objects.filter(list=interests).order_by("rank", "id"))
    assert predecessor_id(items[0]) is None
    assert predecessor_id(items[3]) == items[2].pk


def _put(one: List, item: ListItem, after: ListItem | None) -> bool:
    with change(one.implementation, None, "item.moved", list="x", item="x") as c:
        return put_after(c, item, after)


def test_putting_a_row_after_another_reads_the_places_as_they_are_now(interests):
    first, second, *_others, last = ListItem.objects.filter(list=interests).order_by("rank", "id")
    stale = ListItem.objects.get(pk=second.pk)
    assert _put(interests, second, last) is True
    assert _put(interests, first, stale) is True
    assert _order(interests)[-2:] == [second.pk, first.pk]
    assert _put(interests, last, None) is True
    assert _order(interests)[0] == last.pk


def test_putting_a_row_where_it_stands_leaves_no_change(interests):
    first, second, *_others = ListItem.objects.filter(list=interests).order_by("rank", "id")
    before = interests.implementation.changes.count()
    assert [_put(interests, first, None), _put(interests, second, first), _put(interests, first, first)] == [False] * 3
    assert interests.implementation.changes.count() == before


@pytest.mark.parametrize(("up", "expected"), [(True, ["a", None, "a"]), (False, ["b", "c", "c"])])
def test_one_place_up_or_down(up, expected):
    """At the end the row itself is given, and to put it after itself is no move."""
    a, b, c = (ListItem(pk=pk, name=name) for pk, name in enumerate("abc", 1))
    found = [one_place([a, b, c], row, up=up) for row in (a, b, c)]
    assert [row and row.name for row in found] == expected
