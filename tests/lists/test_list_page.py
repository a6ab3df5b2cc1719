"""A list as a table: what it shows to whom."""

import pytest
from django.test import Client

from lists import items
from lists.models import ListItem
from tests.lists.reading import Desk, Page, words


def test_every_item_stands_in_its_row(at):
    stages = at("sale-stage").look()
    assert [words(head) for head in stages.all("th", scope="col")] == ["Nr.", "Navn", "Engelsk", "Sannsynlighet", "Mer"]
    assert stages.rows[1] == ["2", "Første møteVi har møtt kunden og kjenner behovet.", "First meeting", "20 %"]


@pytest.mark.parametrize(
    ("key", "heads", "cells"),
    [
        ("category", ["Kategorigruppe", "Leadstatus"], ["Potensiell kunde", "Ja"]),
        ("follow-up-type", ["Form", "Retning"], ["Avtale", "Inn"]),
        ("document-template", ["Hva malen gir"], ["E-post"]),
        ("project-status", [], []),
        ("position", [], []),
    ],
)
def test_a_list_shows_what_only_its_items_have(at, key, heads, cells):
    page = at(key).look()
    assert [words(head) for head in page.all("th", scope="col")][3:-1] == heads
    assert page.rows[1][3:] == cells


def test_a_subscription_type_says_what_opting_out_means(at):
    assert "Alle godtar en type til de sier nei" in words(at("subscription-type").look().one("main"))


def test_a_missing_translation_shows_the_name_and_says_so(desk):
    item = desk.item("Sjømat")
    items.edit(item, by=None, version=item.version, name="Sjømat", translations={"en": {"name": ""}})
    page = desk.look()
    assert page.rows[2][2] == "Sjømat ikke oversatt"
    missing = page.one("span", class_="missing")
    assert [inner.get("lang") for inner in missing.iter("span")] == [None, "nb"]


def test_each_further_language_has_its_column(desk, translate_into):
    translate_into("en", "sv", "de")
    page = desk.look()
    assert [words(head) for head in page.all("th", scope="col")][2:5] == ["Engelsk", "Svensk", "Tysk"]
    assert page.rows[0][3] == "Transport ikke oversatt"


def test_without_a_further_language_there_is_no_column(desk, translate_into):
    translate_into()
    assert [words(head) for head in desk.look().all("th", scope="col")] == ["Nr.", "Navn", "Mer"]


def test_the_navigation_counts_what_is_in_use(desk):
    entries = {words(link).rsplit(" ", 1)[0]: words(link) for link in desk.look().one("div", id="rooms").iter("a")}
    assert entries["Bransje"] == "Bransje 3"
    assert {"Stilling", "Salg – Fase", "Prosjekt – Status", "Oppfølgingstype", "Dokumentmal"} <= set(entries)


def test_a_page_has_one_heading_and_no_id_twice(desk):
    item = desk.item("Sjømat")
    for query in ("", "new", f"edit={item.pk}", f"move={item.pk}", f"retire={item.pk}", "retired=1", "q=sjømat"):
        page = desk.look(query)
        assert words(page.one("h1")) == "Bransje"
        ids = [one.get("id") for one in page.root.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), query


# --- who may not edit


def test_who_may_not_edit_sees_the_list_without_any_control(reader_client, contributor_client, desk):
    edited, item = desk.look("retired=1"), desk.item("Sjømat")
    assert [form for form in edited.all("form", method="post") if form.get("action") == desk.acts] != []
    for client in (reader_client, contributor_client):
        theirs = Desk(client, desk.one)
        for query in ("retired=1", f"edit={item.pk}&retired=1", "new&retired=1", f"retire={item.pk}&retired=1"):
            page = theirs.look(query)
            assert page.names == edited.names
            assert page.retired == edited.retired
            assert [form for form in page.all("form", method="post") if form.get("action") == desk.acts] == []
            assert [words(button) for button in page.one("main").iter("button")] == ["Filtrer"]
            assert [field.get("name") for field in page.one("main").iter("input")] == ["q", "retired"]


def test_a_name_leads_readers_to_everything_about_the_item(reader_client, desk):
    link = Desk(reader_client, desk.one).look().all("th", scope="row")[0].find("a")
    page = Page(reader_client.get(link.get("href")))
    assert page.status == 200
    assert words(page.one("h2", id="item-heading")) == "Transport"


# --- searching


@pytest.mark.parametrize(
    ("words_typed", "expected"),
    [
        ("sjømat", ["Sjømat"]),
        ("SJOMAT", ["Sjømat"]),
        ("  sjø ", ["Sjømat"]),
        ("en bygg", ["Bygg og anlegg"]),
        ("EN", ["Transport", "Bygg og anlegg", "Sjømat"]),
        ("an", ["Transport", "Bygg og anlegg"]),
        ("%", []),
        ("", ["Transport", "Bygg og anlegg", "Sjømat"]),
    ],
)
def test_finds_in_names_and_translations(desk, words_typed, expected):
    page = Page(desk.client.get(desk.at, {"q": words_typed}))
    assert page.names == expected
    assert page.searched == words_typed.strip()


def test_what_is_found_keeps_its_number(desk):
    assert [row[0] for row in desk.look("q=sjomat").rows] == ["3"]


def test_counts_what_was_found(desk, language):
    found = {"nb": "1 av 3 i bruk", "en": "1 of 3 in use"}[language]
    assert found in words(desk.look("q=sjomat").one("main"))


def test_nothing_found_says_so_and_leads_back(desk, language):
    page = desk.look("q=xyz")
    told = {"nb": "Ingen navn inneholder «xyz».", "en": "No name contains “xyz”."}[language]
    assert told in words(page.one("main"))
    assert page.names == []
    assert desk.at in [link.get("href") for link in page.one("main").iter("a")]


@pytest.mark.parametrize("typed", ["\0", "a\0b", "<script>alert(1)</script>", '"><b>', "x" * 5000, "\u202e", "%s%(x)s"])
def test_hostile_words_are_only_words(desk, typed):
    page = Page(desk.client.get(desk.at, {"q": typed}))
    assert page.status == 200
    assert [script for script in page.root.iter("script") if script.get("src") is None] == []
    assert list(page.one("main").iter("b")) == []


def test_a_filtered_list_offers_no_moves_and_no_waiting_row(desk):
    page = desk.look("q=sj")
    assert page.all("form", id=desk.new) == []
    assert [button for button in page.root.iter("button") if (button.get("id") or "").startswith("up-")] == []


# --- retired items


def test_retired_items_are_shown_on_demand_with_who_and_when(desk, consultant):
    items.retire(desk.item("Sjømat"), by=consultant)
    assert desk.look().retired == []
    page = desk.look("retired=1")
    (told,) = [row for row in page.retired if row.startswith("Sjømat")]
    assert told.endswith("av Consultant")
    assert page.names == ["Transport", "Bygg og anlegg"]


def test_the_last_retirement_is_told(desk, consultant, administrator):
    items.retire(desk.item("Sjømat"), by=consultant)
    items.restore(desk.item("Sjømat"), by=consultant)
    items.retire(desk.item("Sjømat"), by=administrator)
    (told,) = [row for row in desk.look("retired=1&q=sjomat").retired if row.startswith("Sjømat")]
    assert told.endswith("av Administrator")


def test_the_way_to_the_retired_ones_says_how_many(desk):
    links = {words(link): link.get("href") for link in desk.look().one("main").iter("a")}
    number = desk.one.items.exclude(retired_at=None).count()
    assert links[f"Vis tatt ut av bruk ({number})"] == f"{desk.at}?retired=1"


# --- an empty list


@pytest.fixture
def empty(desk) -> Desk:
    for item in items.in_use(items.items_of(desk.one)):
        items.retire(item, by=None)
    return desk


def test_an_empty_list_says_what_would_stand_here_and_how_to_begin(empty, language):
    page = empty.look()
    assert {"nb": "Listen Bransje er tom", "en": "The list Industry is empty"}[language] in words(page.one("main"))
    begin = {"nb": "Ny bransje", "en": "New industry"}[language]
    link = [link.get("href") for link in page.one("div", class_="empty").iter("a") if words(link) == begin]
    assert link == [f"{empty.at}?new"]
    assert empty.look("new").focus == "name"


def test_an_empty_list_offers_readers_nothing(empty, reader_client):
    page = Desk(reader_client, empty.one).look()
    assert "Listen Bransje er tom" in words(page.one("main"))
    assert list(page.one("div", class_="empty").iter("a")) == []


# --- the open row


def test_a_row_opens_as_a_form_with_the_cursor_in_the_name(desk):
    item = desk.item("Sjømat")
    page = desk.look(f"edit={item.pk}")
    assert page.focus == "name"
    shown = page.form(desk.row)
    assert (
        shown.items()
        >= {
            "act": "save",
            "item": str(item.pk),
            "version": str(item.version),
            "name": "Sjømat",
            "name_en": "EN Sjømat",
        }.items()
    )
    assert page.all("form", id=desk.new) == []


@pytest.mark.parametrize("what", ["edit", "move", "retire", "new&after"])
def test_only_an_item_in_use_of_this_list_is_opened(desk, at, what, other_implementation):
    retired = desk.one.items.exclude(retired_at=None)[0]
    foreign = ListItem.objects.filter(implementation=other_implementation)[0]
    elsewhere = at("category").one.items.all()[0]
    for pk in (retired.pk, foreign.pk, elsewhere.pk, 0, 10**30, "abc", "-1", ""):
        page = desk.look(f"{what}={pk}")
        assert page.status == 200
        assert page.names == ["Transport", "Bygg og anlegg", "Sjømat"]
        assert page.all("tr", class_="tools") == [] or what == "new&after"


def test_a_new_row_stands_last_and_waits(desk):
    page = desk.look()
    assert page.focus == ""
    rows = [row.get("id") or row.get("class") for row in page.root.iter("tr")]
    assert rows[-2:] == [f"item-{desk.item('Sjømat').pk}", "waiting"]


def test_a_new_row_stands_after_the_chosen_item(desk):
    item = desk.item("Transport")
    page = desk.look(f"new&after={item.pk}")
    assert page.focus == "name"
    assert page.form(desk.new)["after"] == str(item.pk)
    rows = [row.get("id") or row.get("class") for row in page.root.iter("tr")]
    assert rows[1:3] == [f"item-{item.pk}", "editing"]


def test_the_place_after_which_an_item_stands_is_chosen_beforehand(desk):
    for name, before in (("Sjømat", "2 Bygg og anlegg"), ("Transport", "(først i listen)")):
        page = desk.look(f"move={desk.item(name).pk}")
        options = list(page.one("select", name="after").iter("option"))
        chosen = [words(option) for option in options if option.get("selected") is not None] or [words(options[0])]
        assert chosen == [before]
        assert name not in " ".join(words(option) for option in options)


def test_an_unknown_list_is_not_found(administrator_client: Client):
    assert administrator_client.get("/i/fjord/lists/nothing/").status_code == 404
