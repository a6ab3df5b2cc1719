"""What the lists contribute to the pages of the ground floor, and the page of all lists."""

import pytest
from django.utils import translation

from crmsetup.rooms import Figure, Todo
from lists import items, room
from tests.lists.reading import Page, words


@pytest.fixture
def untranslated(desk) -> None:
    """Two of the three industries lack their English name."""
    for name in ("Transport", "Sjømat"):
        item = desk.item(name)
        items.edit(item, by=None, version=item.version, name=name, translations={"en": {"name": ""}})


def _figure(implementation, language: str = "nb") -> Figure:
    with translation.override(language):
        (figure,) = room.figures(implementation)
    return figure


def _todos(implementation, language: str = "nb") -> list[Todo]:
    with translation.override(language):
        return room.todos(implementation)


def test_every_list_stands_in_the_navigation(implementation, desk):
    with translation.override("nb"):
        lists, workflow = room.navigation(implementation)
    assert (lists.label, lists.place, workflow.label, workflow.place) == ("Lister", 30, "Arbeidsflyt", 40)
    assert [entry.label for entry in lists.entries] == [
        "Alle lister",
        "Kategori",
        "Bransje",
        "Firmainteresse",
        "Personinteresse",
        "Abonnementstype",
        "Stilling",
    ]
    assert [entry.label for entry in workflow.entries] == [
        "Salg – Fase",
        "Prosjekt – Status",
        "Oppfølgingstype",
        "Dokumentmal",
    ]
    assert lists.entries[2].count == 3


def test_the_key_figure_counts_translated_names(implementation, desk, untranslated):
    total = sum(entry.count for section in room.navigation(implementation) for entry in section.entries if entry.count)
    figure = _figure(implementation)
    assert (figure.done, figure.begun, figure.total) == (total - 2, 0, total)
    assert (figure.words, figure.note) == (f"av {total} navn oversatt", "2 navn er ikke oversatt.")
    assert _figure(implementation, "en").note == "2 names are not translated."
    assert figure.url == "/i/fjord/lists/"


def test_the_key_figure_of_complete_translations(implementation, desk):
    figure = _figure(implementation)
    assert figure.done == figure.total
    assert figure.note == "Alle navn har tekst på alle de andre språkene."


def test_without_a_further_language_the_items_are_counted(implementation, desk, translate_into):
    translate_into()
    figure = _figure(implementation)
    assert figure.done == figure.total > 3
    assert figure.words == "elementer i 10 lister"
    assert _todos(implementation) == []


def test_every_further_language_counts(implementation, desk, translate_into):
    before = _figure(implementation).total
    translate_into("en", "sv")
    figure = _figure(implementation)
    assert (figure.total, figure.done) == (2 * before, before)


def test_missing_translations_are_to_be_done(implementation, desk, untranslated):
    (todo,) = _todos(implementation)
    assert (todo.what, todo.where, todo.url) == ("Oversett 2 navn", "Bransje", "/i/fjord/lists/industry/")
    (todo,) = _todos(implementation, "en")
    assert (todo.what, todo.where) == ("Translate 2 names", "Industry")


def test_missing_translations_of_several_lists_lead_to_all_of_them(implementation, desk, untranslated, at):
    items.add(at("position").one, by=None, name="Lærling")
    (todo,) = _todos(implementation)
    assert (todo.what, todo.where, todo.url) == ("Oversett 3 navn", "Lister", "/i/fjord/lists/")


def test_complete_translations_leave_nothing_to_do(implementation, desk):
    assert _todos(implementation) == []


def test_the_page_of_all_lists_counts_each(desk, untranslated, reader_client):
    page = Page(reader_client.get("/i/fjord/lists/"))
    rows = {words(row.find("th/a")): [words(cell) for cell in row.iter("td")] for row in page.root.iter("tr")}
    retired = str(desk.one.items.exclude(retired_at=None).count())
    assert rows["Bransje"] == ["3", retired, "2 mangler"]
    assert rows["Stilling"] == ["10", "0", "fullstendig"]
    assert len(rows) == 11


def test_another_implementation_counts_for_itself(implementation, other_implementation, desk):
    with translation.override("nb"):
        theirs = {
            entry.label: entry.count for section in room.navigation(other_implementation) for entry in section.entries
        }
        ours = {entry.label: entry.count for section in room.navigation(implementation) for entry in section.entries}
    assert (ours["Bransje"], theirs["Bransje"]) == (3, 15)
