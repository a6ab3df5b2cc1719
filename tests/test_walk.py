"""A walk along every link from the overview: each leads to a sound page, and every page is reached."""

from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from crmsetup.models import User
from lists.items import retire
from lists.models import ListItem
from tests.crmsetup.access_case import ROLES
from tests.crmsetup.access_matrix import addresses
from tests.crmsetup.access_table import CASES
from tests.inspector import Page

START = "/i/fjord/"
OF_A_KIND = 2  # pages of one address that differ in their ids alone: so many are looked at
NO_PAGES = {"onboarding:preparation-pdf", "crmsetup:logo-show"}


def walk(client: Client, start: str) -> dict[str, str]:
    """The addresses of the pages that links lead to, with the names of their views; each has to be there."""
    found: dict[str, str] = {}
    kinds: Counter[tuple[str, ...]] = Counter()
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        name, kind = _kind(address)
        if address in found or kinds[kind] >= OF_A_KIND or name in NO_PAGES:
            continue
        kinds[kind] += 1
        found[address] = name
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        waiting.extend(_links(address, response))
    return found


def _kind(address: str) -> tuple[str, tuple[str, ...]]:
    parts = urlsplit(address)
    name = resolve(parts.path).view_name
    return name, (name, *sorted(key for key, _value in parse_qsl(parts.query)))


def _links(address: str, response: HttpResponse) -> list[str]:
    links = Page(response.content.decode()).links()
    addresses = [urldefrag(urljoin(address, link.get("href", ""))).url for link in links]
    return [one for one in addresses if not urlsplit(one).netloc]


@pytest.fixture
def lived_in(implementation, administrator) -> None:
    """Something has been done that can be taken back."""
    retire(ListItem.objects.filter(implementation=implementation, list__key="category").first(), by=administrator)


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("person", ["administrator", "reader"])
def test_every_link_leads_to_a_sound_page(person, language, administrator_client, reader_client):
    client = {"administrator": administrator_client, "reader": reader_client}[person]
    User.objects.filter(email=f"{person}@fjord.example").update(language=language)
    reached = walk(client, START)
    assert client.get(START).headers["Content-Language"] == language
    assert pages_for(person) - set(reached.values()) == set()


def pages_for(person: str) -> set[str]:
    """The names of the pages of an implementation that the table of access opens to a role."""
    column = ROLES.index(person)
    inner = {name for name, address in addresses().items() if address.is_inner}
    return {case.name for case in CASES if case.name in inner - NO_PAGES and case.get.split()[column] == "200"}
