"""What a page says after an act."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.utils import translation

from crmsetup.changes import change, noting
from crmsetup.responses import say_done
from lists.models import ListItem


@pytest.fixture
def request_with_messages(rf: RequestFactory):
    request = rf.get("/")
    request._messages = CookieStorage(request)
    return request


def _told(request) -> list[tuple[str, str]]:
    return [(str(message), message.extra_tags) for message in request._messages]


@pytest.mark.django_db
def test_an_act_is_told_with_its_consequences_and_the_number_that_takes_it_back(implementation, request_with_messages):
    item = ListItem.objects.filter(implementation=implementation).first()
    with noting() as made, change(implementation, None, "item.edited", item="Kunde", list="Kategori") as c:
        c.update(item, description="Kjøper av oss")
        c.also("item.retired", item="Tapt kunde", list="Kategori")
    with translation.override("en"):
        say_done(request_with_messages, "It is saved.", made)
    assert _told(request_with_messages) == [
        ("It is saved. retired «Tapt kunde» from Kategori.", f"undo:{made[0].seq}"),
    ]


def test_where_nothing_was_touched_nothing_is_told(request_with_messages):
    say_done(request_with_messages, "It is saved.", [])
    assert _told(request_with_messages) == []
