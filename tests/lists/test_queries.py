"""Pages cost a fixed number of queries, whatever a list holds. What other rooms ask for the navigation is left out."""

import pytest

from crmsetup import rooms
from crmsetup.changes import change
from crmsetup.ordering import GAP
from lists import items
from lists.models import ListItem, Status
from lists.room import ROOM
from tests.lists.reading import Desk

PAGES = {
    "": 8,
    "edit": 10,
    "move": 11,
    "retire": 11,
    "q=stadium&retired=1": 12,
}


@pytest.fixture(params=[3, 100, 250])
def stages(request, at, monkeypatch) -> Desk:
    """The stages of sales, so many in use and as many retired."""
    monkeypatch.setattr(rooms, "_rooms", [ROOM])
    desk = at("sale-stage")
    with change(desk.one.implementation, None, "item.edited", list="x", item="x") as c:
        for item in desk.one.items.all():
            c.update(item, retired_at=c.at)
        made = c.create_many(
            ListItem(
                list=desk.one, name=f"Stadium {number}", rank=GAP * number, retired_at=c.at if number % 2 else None
            )
            for number in range(2 * request.param)
        )
        c.create_many(Status(item=item, kind="sale", probability=number % 100) for number, item in enumerate(made))
    return desk


@pytest.mark.parametrize("query", PAGES)
def test_the_list(stages, django_assert_num_queries, query):
    item = items.in_use(items.items_of(stages.one))[1]
    address = f"{stages.at}?{query}={item.pk}" if query in {"edit", "move", "retire"} else f"{stages.at}?{query}"
    with django_assert_num_queries(PAGES[query]):
        assert stages.client.get(address).status_code == 200


def test_an_item(stages, django_assert_num_queries):
    item = items.in_use(items.items_of(stages.one))[1]
    address = item.get_absolute_url()
    with django_assert_num_queries(13):
        assert stages.client.get(address).status_code == 200


def test_all_lists(stages, django_assert_num_queries):
    with django_assert_num_queries(7):
        assert stages.client.get("/i/fjord/lists/").status_code == 200


def test_moving_one(stages, django_assert_num_queries):
    item = items.in_use(items.items_of(stages.one))[1]
    with django_assert_num_queries(14):
        assert stages.post("up", item=item.pk).status_code == 302


def test_moving_one_after_another(stages, django_assert_num_queries):
    second, third = items.in_use(items.items_of(stages.one))[1:3]
    with django_assert_num_queries(13):  # two of them open and close a savepoint
        assert stages.post("move", item=second.pk, after=third.pk).status_code == 302
    with django_assert_num_queries(13):
        assert stages.post("move", item=third.pk, after=second.pk).status_code == 302
