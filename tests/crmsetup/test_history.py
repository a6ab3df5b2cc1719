"""The history page, and the panel of latest changes beside a thing."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from crmsetup.changes import change, undo
from crmsetup.history import changes_of, latest
from crmsetup.models import Change
from lists.models import ListItem

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
        described(one, administrator, text) for one, text in ((item, "a"), (industry, "b"), (item, "c"))
    )
    assert latest(item.implementation, item.change_scope(), count=2) == [second, first]
    assert latest(item.implementation, item.change_scope(), industry.change_scope(), count=3) == [second, other, first]
    assert latest(item.implementation, count=1) == [second]


def test_latest_asks_once_and_its_lines_ask_nothing_more(item, administrator, django_assert_num_queries):
    for text in ("a", "b", "c"):
        described(item, administrator, text)
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
