"""The keys that compare, sort and find names, and their texts in several languages."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from crmsetup.names import clean_name, localized, name_key, search_key, sort_key
from lists.models import ListItem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kunde", "kunde"),
        ("Kunde", "  Kunde\t"),
        ("Mulig kunde", "mulig \u00a0 KUNDE"),
        ("Ærlig øl på ås", "ÆRLIG ØL PÅ ÅS"),
        ("Straße", "STRASSE"),
        (unicodedata.normalize("NFC", "Åse é"), unicodedata.normalize("NFD", "Åse é")),
    ],
)
def test_names_that_are_the_same(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Kunde", "Kunder"), ("ås", "as"), ("øl", "ol"), ("Aas", "Ås")])
def test_names_that_differ(one, other):
    assert name_key(one) != name_key(other)


def test_a_name_is_stored_clean_and_with_its_capitals():
    assert clean_name("  Åse\u0301  og\nOla ") == "Åsé og Ola"
    assert unicodedata.is_normalized("NFC", clean_name(unicodedata.normalize("NFD", "Ångström")))
    assert clean_name(" \u00a0\t") == ""


def test_sorts_as_norwegian_does():
    ordered = ["Alfa", "Cæsar", "Zulu", "Æra", "Øl", "Ås", "Aasen", "Åt"]
    assert sorted(sorted(ordered), key=sort_key) == ordered


def test_sorts_foreign_letters_by_their_norwegian_place():
    assert sort_key("ärlig") == sort_key("ærlig")
    assert sort_key("Öl") == sort_key("øl")
    assert sort_key("Éclair") == sort_key("eclair")
    assert sort_key("Haakon") == sort_key("Håkon")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ære", "Nærere"),
        ("NAERE", "Nærere"),
        ("ol", "Øl og mat"),
        ("ås", "Asker"),
        ("kafe", "Kafé"),
        (unicodedata.normalize("NFD", "å"), "Å"),
        ("og  mat", "Øl og mat"),
    ],
)
def test_search_folds_case_accents_and_the_norwegian_letters(query, name):
    assert search_key(query) in search_key(name)


def test_search_finds_a_translation_too():
    key = search_key("Leverandør", "Supplier", "")
    assert key == "leverandor supplier"


@given(st.text(max_size=30))
def test_keys_do_not_care_how_often_they_are_made(name):
    assert clean_name(clean_name(name)) == clean_name(name)
    assert name_key(name) == name_key(clean_name(name))
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(unicodedata.normalize("NFC", name))


@given(st.text(alphabet="abæøåÆØÅ é", max_size=12))
def test_names_that_compare_equal_sort_and_search_equal(name):
    assert name_key(name) == name_key(name.upper())
    assert sort_key(name) == sort_key(name.upper())
    assert search_key(name) == search_key(name.upper())


def test_a_text_comes_in_the_language_asked_for_else_in_the_first():
    texts = {"nb": "Kunde", "en": "Customer", "sv": ""}
    assert localized(texts, "en") == "Customer"
    assert localized(texts, "sv") == "Kunde"
    assert localized("as it is", "en") == "as it is"
    assert localized(None) == ""
    assert localized({}) == ""
    with translation.override("en"):
        assert localized(texts) == "Customer"


def test_a_row_has_texts_and_translations():
    item = ListItem(name="Kunde", translations={"en": {"name": "Customer"}, "sv": {"description": "x"}})
    assert item.text_in("name", "en") == "Customer"
    assert item.text_in("name", "sv") == "Kunde"
    assert item.text_in("name") == "Kunde"
    assert item.texts("name", "nb") == {"nb": "Kunde", "en": "Customer"}
    assert item.is_translated("name", "en")
    assert not item.is_translated("name", "sv")


def test_given_translations_are_written_over_the_stored_ones():
    item = ListItem(translations={"en": {"name": "Customer", "description": "Buys"}, "sv": {"name": "Kund"}})
    given = {"en": {"name": " Client "}, "sv": {"name": " "}, "da": {"name": "Kunde"}}
    assert item.with_translations(given) == {
        "en": {"name": "Client", "description": "Buys"},
        "da": {"name": "Kunde"},
    }
    assert item.with_translations({}) == item.translations


def test_a_translation_fits_where_the_text_itself_does():
    item = ListItem(name="Kunde", translations={"en": {"name": "x" * 239}})
    item.clean()
    item.translations["en"]["name"] += "x"
    with pytest.raises(ValidationError) as refused:
        item.clean()
    assert set(refused.value.message_dict) == {"translations"}
