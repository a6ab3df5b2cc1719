"""The settings of an implementation: what is refused, and two people who save at once."""

import datetime

import pytest
from django.test import Client
from django.utils import translation

from crmsetup import implementations
from crmsetup.models import Implementation, User
from tests.inspector import Page, text

SETTINGS = "/i/fjord/settings/"


def typed(implementation: Implementation, **values) -> dict:
    """The form as the page shows it, with some of it typed over."""
    loaded = {
        "version": implementation.version,
        "name": implementation.name,
        "contact_name": implementation.contact_name,
        "contact_email": implementation.contact_email,
        "crm_version": implementation.crm_version,
        "go_live": implementation.go_live or "",
        "further_languages": implementation.further_languages,
    }
    return loaded | values


def saved_by(user: User, implementation: Implementation, **values) -> None:
    """Somebody else saves meanwhile."""
    fresh = Implementation.objects.get(pk=implementation.pk)
    everything = {name: getattr(fresh, name) for name in ("name", "contact_name", "crm_version", "go_live")} | values
    implementations.edit(fresh, by=user, version=fresh.version, values=everything)


def stored() -> Implementation:
    return Implementation.objects.get(slug="fjord")


def field(page: Page, name: str) -> str:
    (found,) = [one for one in page.all("input") if one.get("name") == name]
    return found.get("value", "")


def page_of(response) -> Page:
    return Page(response.content.decode())


# --- saving


def test_everything_is_saved_recorded_and_said(implementation, administrator_client, administrator):
    values = {"name": "Fjord Invest AS", "crm_version": "11.8", "go_live": "2027-03-01", "contact_name": "Kari Moe"}
    response = administrator_client.post(SETTINGS, typed(implementation, **values, further_languages=["en", "sv"]))
    assert response.headers["Location"] == SETTINGS
    after = stored()
    assert (after.name, after.crm_version, after.go_live) == ("Fjord Invest AS", "11.8", datetime.date(2027, 3, 1))
    assert (after.contact_name, after.languages) == ("Kari Moe", ["nb", "en", "sv"])
    made = after.changes.order_by("-seq").first()
    assert (made.verb, made.by) == ("implementation.edited", administrator)
    assert "Innstillingene er lagret." in administrator_client.get(SETTINGS).content.decode()


def test_saving_what_stands_already_leaves_no_change(implementation, administrator_client):
    changes = implementation.changes.count()
    administrator_client.post(SETTINGS, typed(implementation))
    assert implementation.changes.count() == changes
    assert stored().version == implementation.version


REFUSED = [
    ("name", "", {"nb": "Feltet er påkrevet.", "en": "This field is required."}),
    ("name", "   ", {"nb": "Feltet er påkrevet.", "en": "This field is required."}),
    ("name", "x" * 121, {"nb": "har 120 eller færre tegn", "en": "at most 120 characters"}),
    ("contact_email", "kari@", {"nb": "gyldig e-postadresse", "en": "valid email address"}),
    ("crm_version", "x" * 21, {"nb": "har 20 eller færre tegn", "en": "at most 20 characters"}),
    ("go_live", "2027-02-30", {"nb": "gyldig dato", "en": "valid date"}),
    ("further_languages", "xx", {"nb": "xx er ikke et av de tilgjengelige valgene", "en": "xx is not one of"}),
    ("further_languages", "nb", {"nb": "nb er ikke et av de tilgjengelige valgene", "en": "nb is not one of"}),
]


@pytest.mark.parametrize(("name", "value", "reasons"), REFUSED)
def test_what_does_not_fit_is_refused_beside_its_field(implementation, administrator_client, name, value, reasons):
    for language, reason in reasons.items():
        User.objects.update(language=language)
        body = typed(implementation, contact_name="Ola Nordmann", **{name: value})
        response = administrator_client.post(SETTINGS, body)
        assert response.status_code == 422
        page = page_of(response)
        (error,) = [one for one in page.elements if one.get("id") == f"id_{name}_error"]
        assert reason in text(error)
        assert field(page, "contact_name") == "Ola Nordmann"
        assert name == "further_languages" or field(page, name) == value
    assert stored().version == implementation.version


def test_a_form_without_its_version_is_refused_and_what_was_typed_kept(implementation, administrator_client):
    body = typed(implementation, name="Fjord Invest AS")
    for version in (None, "", "x", "-1.5"):
        sent = {name: value for name, value in body.items() if name != "version"}
        response = administrator_client.post(SETTINGS, sent if version is None else sent | {"version": version})
        assert response.status_code == 422
        page = page_of(response)
        assert "Skjemaet sier ikke hvilken versjon" in text(page.root)
        assert field(page, "name") == "Fjord Invest AS"
    assert stored().name == "Fjord AS"


def test_a_version_that_does_not_exist_yet_is_stale(implementation, administrator_client):
    response = administrator_client.post(SETTINGS, typed(implementation, version=99, name="Fjord Invest AS"))
    assert response.status_code == 409
    assert stored().name == "Fjord AS"


# --- two people


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["by form", "by htmx"])
def test_a_stale_save_is_refused_and_both_versions_are_shown(implementation, administrator_client, consultant, headers):
    saved_by(consultant, implementation, crm_version="11.8", go_live=datetime.date(2027, 3, 1))
    body = typed(implementation, crm_version="12.0", go_live="2027-04-01", contact_name="Kari Moe")
    response = administrator_client.post(SETTINGS, body, headers=headers)
    assert response.status_code == 409
    assert (stored().crm_version, stored().contact_name) == ("11.8", "")
    page = page_of(response)
    mine, theirs = [text(one) for one in page.all("section") if page.parents[one].get("class") == "both"]
    assert "12.0" in mine
    assert "1. april 2027" in mine
    assert "11.8" in theirs
    assert "1. mars 2027" in theirs
    assert theirs.startswith("Lagret av Consultant")
    assert {text(one) for one in page.all("ins")} == {"12.0", "11.8", "1. april 2027", "1. mars 2027", "Kari Moe", "–"}
    if headers:
        assert response.headers["HX-Retarget"] == "#content"


def again(client: Client, response) -> None:
    """Presses «save mine» on the page of both versions."""
    page = page_of(response)
    (form,) = [one for one in page.all("form") if one.get("action") == SETTINGS]
    fields = [one for one in page.all("input") if page.form_of(one) is form]
    body: dict[str, list[str]] = {}
    for one in fields:
        body.setdefault(one.get("name", ""), []).append(one.get("value", ""))
    assert client.post(SETTINGS, body).status_code == 302


def test_saving_mine_writes_it_over_theirs_and_leaves_the_rest_to_them(
    implementation, administrator_client, consultant
):
    saved_by(consultant, implementation, crm_version="11.8", go_live=datetime.date(2027, 3, 1))
    response = administrator_client.post(SETTINGS, typed(implementation, crm_version="12.0", contact_name="Kari Moe"))
    assert response.status_code == 409
    again(administrator_client, response)
    after = stored()
    assert (after.crm_version, after.contact_name) == ("12.0", "Kari Moe")
    assert after.go_live == datetime.date(2027, 3, 1)
    assert after.further_languages == ["en"]


def test_what_the_other_did_not_touch_needs_no_choice(implementation, administrator_client, consultant):
    saved_by(consultant, implementation, crm_version="11.8")
    response = administrator_client.post(SETTINGS, typed(implementation, contact_name="Kari Moe"))
    assert response.headers["Location"] == SETTINGS
    assert (stored().crm_version, stored().contact_name) == ("11.8", "Kari Moe")


def test_two_who_type_the_same_do_not_quarrel(implementation, administrator_client, consultant):
    saved_by(consultant, implementation, crm_version="11.8")
    assert administrator_client.post(SETTINGS, typed(implementation, crm_version="11.8")).status_code == 302


def test_what_came_back_to_what_it_was_is_no_quarrel_either(implementation, administrator_client, consultant):
    for version in ("11.8", "11.9", ""):
        saved_by(consultant, implementation, crm_version=version)
    assert administrator_client.post(SETTINGS, typed(implementation, crm_version="12.0")).status_code == 409
    assert administrator_client.post(SETTINGS, typed(implementation, contact_name="Kari Moe")).status_code == 302


def test_languages_are_shown_by_name(implementation, administrator, administrator_client, consultant):
    saved_by(consultant, implementation, further_languages=["en", "da"])
    response = administrator_client.post(SETTINGS, typed(implementation, further_languages=["sv"]))
    shown = {text(one) for one in page_of(response).all("ins")}
    with translation.override("nb"):
        assert shown == {"Svensk", "Engelsk, Dansk"}
