"""The history page, and the panel of latest changes beside a thing."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crmsetup.changes import change, undo
from crmsetup.history import changes_of, latest
from crmsetup.models import Change
from crmsetup.views.history import CHANGES_ON_A_PAGE
from lists.models import ListItem
from tests.inspector import Page, text

HISTORY = reverse("crmsetup:change-list", args=["fjord"])
SEQ = re.compile(r"/history/(\d+)/undo/")


@pytest.fixture
def item(implementation) -> ListItem:
    return ListItem.objects.filter(implementation=implementation, list__key="category").order_by("rank").first()


@pytest.fixture
def industry(implementation) -> ListItem:
    return ListItem.objects.filter(implementation=implementation, list__key="industry").order_by("rank").first()


def described(item: ListItem, by, text: str) -> Change:
    """A change of the item's description."""
    with change(item.implementation, by, "item.edited", item=item.name, list=item.list.name) as c:
        c.update(item, description=text)
    return c.implementation.changes.order_by("-seq").first()


def test_latest_gives_the_newest_of_the_scopes_and_no_more_than_asked(item, industry, administrator):
    first, other, second = (
        described(one, administrator, words) for one, words in ((item, "a"), (industry, "b"), (item, "c"))
    )
    assert latest(item.implementation, item.change_scope(), count=2) == [second, first]
    assert latest(item.implementation, item.change_scope(), industry.change_scope(), count=3) == [second, other, first]
    assert latest(item.implementation, count=1) == [second]


def test_latest_asks_once_and_its_lines_ask_nothing_more(item, administrator, django_assert_num_queries):
    for words in ("a", "b", "c"):
        described(item, administrator, words)
    undo(latest(item.implementation)[0], administrator)
    with django_assert_num_queries(1):
        changes = latest(item.implementation, item.change_scope())
        assert [one.can_be_undone for one in changes][:4] == [True, False, True, True]
        assert [str(one.by) for one in changes][:4] == ["Administrator"] * 4


def test_a_scope_of_another_implementation_shows_nothing(item, other_implementation, outsider):
    theirs = ListItem.objects.filter(implementation=other_implementation).first()
    described(theirs, outsider, "hemmelig")
    assert list(changes_of(other_implementation, theirs.change_scope())) != []
    assert list(changes_of(item.implementation, theirs.change_scope())) == []


def test_the_panel_tells_the_changes_and_offers_undo_to_those_who_may(item, administrator):
    made = described(item, administrator, "a")
    shell = {"implementation": item.implementation, "may": {"edit": True}, "path": "/i/fjord/?a=b&c"}
    facts = {"changes": latest(item.implementation, item.change_scope()), "scope": item.change_scope(), "shell": shell}
    panel = render_to_string("components/history_panel.html", facts)
    assert f"/i/fjord/history/{made.seq}/undo/?next=%2Fi%2Ffjord%2F%3Fa%3Db%26c" in panel
    assert f'href="{HISTORY}?scope=list%3A{item.list_id}"' in panel
    reading = render_to_string("components/history_panel.html", facts | {"shell": shell | {"may": {"edit": False}}})
    assert SEQ.findall(reading) == []
    assert f"«{item.name}»" in reading
    assert render_to_string("components/history_panel.html", facts | {"changes": []}).strip() == ""


# --- the page


def shown(client: Client, query: str = "") -> list[str]:
    """The sentences on a page of the history, in their order."""
    page = Page(client.get(HISTORY + query).content.decode())
    return [text(line) for line in page.all("li") if page.parents[line].get("class") == "lines"]


def test_the_page_tells_every_change_newest_first_fifty_at_a_time(item, administrator, administrator_client):
    there = item.implementation.changes.count()
    for number in range(CHANGES_ON_A_PAGE):
        described(item, administrator, f"nummer {number}")
    with_older = shown(administrator_client)
    older = shown(administrator_client, "?page=2")
    assert (len(with_older), len(older)) == (CHANGES_ON_A_PAGE, there)
    assert "opprettet implementeringen" in older[-1]
    page = Page(administrator_client.get(HISTORY).content.decode())
    assert [text(link) for link in page.links() if link.get("rel") == "next"] == ["Side 1 av 2Eldre"]


@pytest.mark.parametrize("query", ["?page=999", "?page=x", "?page=-1", "?page="])
def test_a_page_that_is_not_there_shows_one_that_is(administrator_client, query):
    assert shown(administrator_client, query) != []


def test_a_scope_narrows_the_page_and_keeps_while_leafing(item, industry, administrator, administrator_client):
    for number in range(CHANGES_ON_A_PAGE + 1):
        described(item, administrator, f"nummer {number}")
    described(industry, administrator, "annet")
    scope = f"?scope={item.change_scope()}"
    assert industry.name not in "".join(shown(administrator_client, scope))
    page = Page(administrator_client.get(HISTORY + scope).content.decode())
    (older,) = [link.get("href", "") for link in page.links() if link.get("rel") == "next"]
    assert older == f"?scope=list%3A{item.list_id}&page=2"
    assert f"«{item.name}»" in shown(administrator_client, older)[0]


@pytest.mark.parametrize("scope", ["list:999999", "list:", "'; DROP TABLE x; --", "%00", "x" * 500])
def test_a_scope_of_nothing_shows_that_nothing_has_changed(administrator_client, scope):
    assert shown(administrator_client, f"?scope={scope}") == []
    assert "Ingen endringer ennå" in administrator_client.get(f"{HISTORY}?scope={scope}").content.decode()


def test_the_scope_of_another_implementation_shows_nothing(administrator_client, other_implementation, outsider):
    theirs = ListItem.objects.filter(implementation=other_implementation).first()
    described(theirs, outsider, "hemmelig")
    assert shown(administrator_client, f"?scope={theirs.change_scope()}") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_a_fixed_number_of_queries(
    item, administrator, administrator_client, django_assert_num_queries, count
):
    for number in range(count):
        described(item, administrator, f"nummer {number}")
    undo(latest(item.implementation)[0], administrator)
    with CaptureQueriesContext(connection) as frame:
        administrator_client.get(f"{HISTORY}?scope=list:0")
    with django_assert_num_queries(len(frame) + 1):  # the changes themselves, all at once
        administrator_client.get(f"{HISTORY}?scope={item.change_scope()}")
