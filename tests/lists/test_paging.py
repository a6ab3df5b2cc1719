"""A long list stands on several pages, and one stays at the row that one works on."""

from urllib.parse import parse_qs, urlsplit

import pytest

from crmsetup.changes import change
from crmsetup.ordering import GAP
from lists import items
from lists.models import ListItem
from tests.lists.reading import Desk, Page

NAMES = [f"Bransje {number:03}" for number in range(1, 251)]


@pytest.fixture
def long(desk) -> Desk:
    """250 industries in use."""
    with change(desk.one.implementation, None, "item.edited", list="x", item="x") as c:
        for item in items.in_use(items.items_of(desk.one)):
            c.update(item, retired_at=c.at)
        c.create_many(ListItem(list=desk.one, name=name, rank=GAP * n) for n, name in enumerate(NAMES, 1))
    return desk


def neighbours(page: Page) -> list[str]:
    """Where the pager leads to."""
    links = [link for link in page.all("a") if link.get("rel") in {"prev", "next"}]
    return [link.get("href", "").partition("?")[2] for link in links]


@pytest.mark.parametrize(
    ("query", "shown", "leads"),
    [
        ("", NAMES[:100], ["page=2"]),
        ("page=2", NAMES[100:200], ["page=1", "page=3"]),
        ("page=3", NAMES[200:], ["page=2"]),
        ("page=4", NAMES[200:], ["page=2"]),
        ("page=0", NAMES[:100], ["page=2"]),
        ("page=-1", NAMES[:100], ["page=2"]),
        ("page=x", NAMES[:100], ["page=2"]),
        (f"page={10**30}", NAMES[:100], ["page=2"]),
        ("q=bransje&page=2", NAMES[100:200], ["q=bransje&page=1", "q=bransje&page=3"]),
        ("q=bransje 15", NAMES[149:159], []),
    ],
)
def test_a_page_has_a_hundred_rows(long, query, shown, leads):
    page = long.look(query)
    assert page.names == shown
    assert neighbours(page) == leads


def test_rows_keep_their_numbers(long):
    assert long.look("page=2").rows[0][0] == "101"
    assert [row[0] for row in long.look("q=bransje 15").rows] == [str(number) for number in range(150, 160)]


def test_a_short_list_has_one_page(desk):
    assert neighbours(desk.look()) == []
    assert "page" not in desk.look().form(desk.new)


@pytest.mark.parametrize(("query", "rows"), [("edit", 99), ("move", 100), ("retire", 100), ("near", 100)])
def test_an_item_is_on_its_page_whatever_page_is_asked_for(long, query, rows):
    page = long.look(f"{query}={long.item('Bransje 150').pk}&page=3")
    assert len(page.names) == rows
    assert page.names[0] == "Bransje 101"


def test_the_panel_stands_beside_the_page_of_its_item(long):
    address = long.item("Bransje 150").get_absolute_url()
    assert Page(long.client.get(address)).names == NAMES[100:200]


def test_a_new_item_is_typed_on_the_last_page(long):
    assert long.new not in [form.get("id") for form in long.look().all("form")]
    assert long.look("page=3").form(long.new)["page"] == "3"
    assert long.look("new").names == NAMES[200:]
    assert long.look(f"new&after={long.item('Bransje 100').pk}").names == NAMES[:100]
    added = long.follow(long.add(name="Bransje 251"))
    assert added.names[-1] == "Bransje 251"


@pytest.mark.parametrize(("act", "name", "page"), [("up", "Bransje 101", 1), ("down", "Bransje 100", 2)])
def test_a_row_that_moves_to_another_page_takes_one_along(long, act, name, page):
    form = f"list-{long.one.pk}-{act}"
    there = long.look(f"near={long.item(name).pk}")
    response = long.client.post(long.acts, {**there.form(form), "item": long.item(name).pk})
    assert response["Location"].endswith(f"#item-{long.item(name).pk}")
    assert name in long.follow(response).names
    assert neighbours(long.follow(response))[0] == ("page=2" if page == 1 else "page=1")


def test_saving_goes_on_to_the_next_row_of_the_next_page(long):
    last = long.item("Bransje 100")
    response = long.save(last, name="Bransje hundre", then="next")
    assert parse_qs(urlsplit(response["Location"]).query) == {"edit": [str(long.item("Bransje 101").pk)]}


def test_retiring_stays_on_the_page(long):
    page = long.look("page=2")
    body = {"act": "retire", "item": long.item("Bransje 150").pk, "page": page.form(f"list-{long.one.pk}-up")["page"]}
    assert long.follow(long.client.post(long.acts, body)).names == [*NAMES[100:149], *NAMES[150:201]]
