"""One item with everything about it, beside its list."""

import pytest
from django.utils import timezone

from crmsetup.templatetags.look import long_day
from lists import items
from lists.catalogue import ENTRIES
from lists.forms import facet_fields
from lists.models import ListItem
from tests.lists.reading import Desk, Page, words


def _page(desk: Desk, item: ListItem, **typed: str) -> Page:
    """The item's page; with something typed, the page that saving it leads to."""
    address = item.get_absolute_url()
    shown = Page(desk.client.get(address))
    return desk.follow(desk.client.post(address, {**shown.form("edit-item"), **typed})) if typed else shown


def test_everything_of_an_item_can_be_written(at):
    desk = at("category")
    item = desk.item("Partner")
    page = _page(
        desk,
        item,
        name="Samarbeidspartner",
        name_en="Business partner",
        group="other",
        description="Selger sammen\r\nmed oss",
        description_en="Sells with us",
    )
    assert "«Samarbeidspartner» er lagret." in page.messages
    stored = desk.item("Samarbeidspartner")
    assert stored.pk == item.pk
    assert (stored.description, stored.category.group) == ("Selger sammen med oss", "other")
    assert stored.translations["en"] == {"name": "Business partner", "description": "Sells with us"}


def test_the_list_stands_beside_it_with_its_row_marked(desk):
    item = desk.item("Bygg og anlegg")
    page = _page(desk, item)
    assert page.names == ["Transport", "Bygg og anlegg", "Sjømat"]
    assert [row.get("id") for row in page.root.iter("tr") if row.get("aria-current")] == [f"item-{item.pk}"]
    assert page.one("section", id=f"list-{desk.one.pk}").get("hx-boost") is None


def test_a_page_of_an_item_has_one_heading_and_no_id_twice(desk):
    page = _page(desk, desk.item("Transport"))
    assert words(page.one("h1")) == "Bransje"
    ids = [one.get("id") for one in page.root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_the_history_of_an_item_is_its_own(at, administrator):
    desk = at("sale-stage")
    item = desk.item("Tilbud")
    items.edit(item, by=administrator, version=item.version, name="Tilbud", facet={"probability": 33})
    items.edit(desk.item("Prospekt"), by=administrator, version=desk.item("Prospekt").version, name="Mulig kunde")
    told = words(_page(desk, item).one("aside"))
    assert "Administrator endret «Tilbud» i Salg – Fase." in told
    assert "Mulig kunde" not in told


def test_where_it_is_used_is_told(at):
    used = words(_page(at("sale-stage"), at("sale-stage").item("Tilbud")).one("aside"))
    assert "Guiden «Salg til ny kunde»" in used
    unused = words(_page(at("position"), at("position").item("Daglig leder")).one("aside"))
    assert "Det er ikke brukt noe sted ennå." in unused


def test_a_retired_item_is_restored_from_its_page(desk):
    item = desk.item("Sjømat")
    items.retire(item, by=None)
    page = _page(desk, item)
    assert f"Tatt ut {long_day(timezone.now())}" in words(page.one("aside"))
    (button,) = [one for one in page.one("aside").iter("button") if words(one) == "Gjenopprett"]
    form = page.one("form", id=button.get("form"))
    desk.client.post(form.get("action"), {**page.form(button.get("form")), "item": item.pk})
    assert "Sjømat" in desk.names


def test_a_retired_item_can_be_renamed(desk):
    item = desk.item("Sjømat")
    items.retire(item, by=None)
    _page(desk, item, name="Sjømat og havbruk")
    assert desk.item("Sjømat og havbruk").is_retired


def test_who_may_not_edit_reads_everything(reader_client, contributor_client, at):
    item = at("category").item("Potensiell kunde")
    for client in (reader_client, contributor_client):
        page = Page(client.get(item.get_absolute_url()))
        panel = page.one("aside")
        labels = [words(one) for one in panel.iter("dt")]
        assert labels == ["Navn", "Engelsk", "Kategorigruppe", "Leadstatus", "Beskrivelse", "Beskrivelse på engelsk"]
        told = [words(one) for one in panel.iter("dd")]
        assert told[:4] == ["Potensiell kunde", "Potential customer", "Potensiell kunde", "Ja"]
        assert [one for one in panel.iter() if one.tag in {"form", "input", "button", "textarea", "select"}] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_the_items_of_every_list_are_edited_in_their_row_and_on_their_page(at, entry):
    desk = at(entry.key)
    item = items.items_of(desk.one)[0]
    facet = set(facet_fields(desk.one))
    assert facet <= set(_page(desk, item).form("edit-item")) | {"lead_status"}
    assert facet <= set(desk.look(f"edit={item.pk}").form(desk.row)) | {"lead_status"}
