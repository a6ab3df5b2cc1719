"""Random acts of a person, taken back in reverse: every row equals the start, and every order is the same.

Version numbers and ranks are left out: the first only ever grow, the second may make room. An act of a verb that is not
performed here fails, so whoever adds a verb adds an act to the `acts.py` of the room's tests.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models.lookups import Exact, IsNull
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crmsetup import changes
from crmsetup.changes import change, undo
from crmsetup.models import Change
from crmsetup.ordering import Ranked
from crmsetup.verbs import all_verbs
from lists.models import ListItem
from tests.crmsetup import acts as ground
from tests.crmsetup.acts import Act, World, standing
from tests.crmsetup.acts_people import PEOPLE_ACTS
from tests.guard import guarded_tables
from tests.lists import acts as lists
from tests.onboarding import acts as onboarding
from tests.workflows import acts as workflows

ACTS = [*ground.ACTS, *PEOPLE_ACTS, *lists.ACTS, *workflows.ACTS, *onboarding.ACTS]
KEPT = {"crmsetup_change", "crmsetup_changedrow"}  # history only grows
# the same acts in every run; a failure is told as it was found, for making it smaller takes minutes
playing = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def state() -> dict[str, Any]:
    """Every row of every table that belongs to implementations, and every order."""
    watched = (guarded_tables() | {"crmsetup_implementation"}) - KEPT
    models = [model for model in apps.get_models() if model._meta.db_table in watched]
    rows = {model._meta.db_table: _rows(model) for model in models}
    orders = {f"order of {m._meta.db_table}": _orders(m) for m in models if issubclass(m, Ranked)}
    return rows | orders


def _rows(model: Any) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in {"version", "rank"}]
    return list(model._base_manager.order_by("pk").values(*names))


def _orders(model: Any) -> dict[tuple[Any, ...], list[int]]:
    """The siblings of a model in their order, by what they have in common."""
    orders: dict[tuple[Any, ...], list[int]] = {}
    for *common, pk in model._base_manager.order_by("rank", "id").values_list(*_common(model), "pk"):
        orders.setdefault(tuple(common), []).append(pk)
    return orders


@cache
def _common(model: Any) -> list[str]:
    """The columns in which siblings are equal, as `siblings()` of the model says."""
    conditions = model().siblings().query.where.children
    assert all(isinstance(condition, Exact | IsNull) for condition in conditions)
    return [condition.lhs.target.attname for condition in conditions]


@contextmanager
def put_back() -> Iterator[None]:
    """Checks what the database holds at the end, and forgets it."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def perform(world: World, acts: list[Act]) -> list[Change]:
    """The changes that the acts made, of each act at least one with its verb."""
    made: list[Change] = []
    for act in acts:
        with changes.noting() as noted:
            act.perform(world)
        assert act.verb in told(noted), f"the act {act} did something else"
        made += noted
    return made


def told(made: Iterable[Change]) -> set[str]:
    """The verbs of the changes and of what followed from them."""
    return {verb for one in made for verb in (one.verb, *(more["verb"] for more in one.params.get("also", [])))}


def undo_each(made: Iterable[Change], by: Any) -> None:
    for one in made:
        undo(standing(Change.objects.select_related("undone_by").get(pk=one.pk)), by)


@pytest.mark.parametrize("act", ACTS, ids=str)
@given(data=st.data())
@settings(playing, max_examples=2)
def test_an_act_is_taken_back_and_done_again(act, data, implementation, administrator):
    with put_back():
        before = state()
        made = perform(World(implementation, administrator, data), [act])
        after = state()
        undo_each(reversed(made), administrator)
        assert state() == before
        undo_each(made, administrator)
        assert state() == after


@given(acts=st.lists(st.sampled_from(ACTS), min_size=5, max_size=15), data=st.data())
@settings(playing, max_examples=15)
def test_many_acts_are_taken_back_in_reverse(acts, data, implementation, administrator):
    with put_back():
        before = state()
        undo_each(reversed(perform(World(implementation, administrator, data), acts)), administrator)
        assert state() == before


def test_every_verb_that_can_be_undone_is_performed():
    undoable = {name for name, verb in all_verbs().items() if verb.undoable}
    assert undoable - {act.verb for act in ACTS} == set(), "these verbs need an act in tests/<room>/acts.py"


# --- the test itself


@pytest.mark.parametrize("column", ["description", "rank"])
def test_a_difference_is_seen(column, implementation, administrator):
    first, *_others, last = ListItem.objects.filter(implementation=implementation, list__key="category").order_by(
        "rank"
    )
    before = state()
    with change(implementation, administrator, "item.edited", item="x", list="x") as c:
        c.update(first, **{column: "Annet" if column == "description" else last.rank + 1})
    assert state() != before


def test_a_new_number_alone_is_no_difference(implementation, administrator):
    *_others, last = ListItem.objects.filter(implementation=implementation, list__key="category").order_by("rank")
    before = state()
    with change(implementation, administrator, "item.edited", item="x", list="x") as c:
        c.update(last, rank=last.rank + 1)
        c.touch(last)
    assert state() == before
