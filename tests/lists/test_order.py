"""Any sequence of acts leaves the items as a plain Python list would stand after the same acts."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lists import items
from lists.models import List, ListItem

playing = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
numbers = st.integers(0, 30)
acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "add after", "up", "down", "first", "after", "retire", "restore"]), numbers, numbers
    ),
    max_size=12,
)


class Model:
    """The same items as a list of names, retired ones at their places."""

    def __init__(self, one: List) -> None:
        self.one = one
        self.order = [item.name for item in items.items_of(one)]
        self.retired = {item.name for item in items.items_of(one) if item.is_retired}

    @property
    def in_use(self) -> list[str]:
        return [name for name in self.order if name not in self.retired]

    def item(self, name: str) -> ListItem:
        return items.items_of(self.one).get(name=name)

    def put(self, name: str, after: str | None) -> None:
        if name != after:
            self.order.remove(name)
            self.order.insert(0 if after is None else self.order.index(after) + 1, name)

    def play(self, act: str, first: int, second: int) -> None:
        """Does the same to the database and to the list."""
        if not self.in_use:
            return
        name, other = self.in_use[first % len(self.in_use)], self.order[second % len(self.order)]
        place = self.in_use.index(name)
        match act:
            case "add" | "add after":
                after = None if act == "add" else other
                made = f"Ny {len(self.order)}"
                items.add(self.one, by=None, name=made, after=self.item(after) if after else None)
                self.order.append(made)
                self.put(made, after or self.order[-2])
            case "up":
                items.move_by(self.item(name), by=None, up=True)
                if place > 0:
                    self.put(name, self.in_use[place - 2] if place > 1 else None)
            case "down":
                items.move_by(self.item(name), by=None, up=False)
                if place < len(self.in_use) - 1:
                    self.put(name, self.in_use[place + 1])
            case "first":
                items.move(self.item(name), by=None, after=None)
                self.put(name, None)
            case "after":
                items.move(self.item(name), by=None, after=self.item(other))
                self.put(name, other)
            case "retire":
                items.retire(self.item(name), by=None)
                self.retired.add(name)
            case "restore":
                items.restore(self.item(other), by=None)
                self.retired.discard(other)


@playing
@given(played=acts)
def test_the_order_is_that_of_a_plain_list(short, played):
    with transaction.atomic():
        model = Model(short)
        for act in played:
            model.play(*act)
            assert [item.name for item in items.items_of(short)] == model.order
        assert [item.name for item in items.in_use(items.items_of(short))] == model.in_use
        transaction.set_rollback(True)


def test_the_model_notices_a_wrong_order(short):
    model = Model(short)
    items.move(model.item("Sjømat"), by=None, after=None)
    with pytest.raises(AssertionError):
        assert [item.name for item in items.items_of(short)] == model.order
