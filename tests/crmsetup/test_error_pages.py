"""The pages for what went wrong: in the person's language, with a way out, and strict as every page."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse

from crmsetup import rooms
from crmsetup.models import User
from tests.inspector import InspectingClient, Page, text

LANGUAGES = ["nb", "en"]
HEADS = {
    400: {"nb": "Forespørselen gir ikke mening", "en": "That request makes no sense"},
    403: {"nb": "Rollen din gir ikke lov til dette", "en": "Your role does not allow this"},
    404: {"nb": "Her er det ingenting", "en": "There is nothing here"},
    429: {"nb": "For mange forsøk", "en": "Too many attempts"},
    500: {"nb": "Noe gikk galt hos oss", "en": "Something went wrong on our side"},
    "csrf": {"nb": "Skjemaet er utløpt", "en": "This form has expired"},
}


@pytest.fixture(params=LANGUAGES)
def language(request, cast) -> str:
    """The language that everybody reads in."""
    User.objects.update(language=request.param)
    return request.param


def client_of(name: str | None, language: str, **how: bool) -> InspectingClient:
    """The browser of a member of the cast, or of somebody who is signed out."""
    client = InspectingClient(headers={"accept-language": language}, **how)
    if name:
        client.force_login(User.objects.get(email=f"{name}@fjord.example"))
    return client


def check(response: HttpResponse, status: int, heading: str, way_out: str) -> None:
    page = Page(response.content.decode())
    assert response.status_code == status
    assert text(page.all("h1")[0]) == heading
    assert way_out in [link.get("href") for link in page.links()]


@pytest.mark.parametrize("name", [None, "reader", "outsider"])
def test_what_is_not_there_and_what_one_may_not_know_of(language, name):
    client = client_of(name, language)
    check(client.get("/nowhere/"), 404, HEADS[404][language], "/")
    if name != "reader":
        response = client.get("/i/fjord/settings/", follow=True)
        assert response.status_code == (404 if name else 200)
        assert "Fjord AS" not in response.content.decode()


def test_a_place_inside_an_implementation_that_is_not_there(language):
    check(client_of("reader", language).get("/i/fjord/history/999999/undo/"), 403, HEADS[403][language], "/i/fjord/")
    administrator = client_of("administrator", language)
    check(administrator.get("/i/fjord/history/999999/undo/"), 404, HEADS[404][language], "/i/fjord/")


def test_what_the_role_does_not_allow(language):
    response = client_of("reader", language).get("/i/fjord/settings/")
    check(response, 403, HEADS[403][language], "/i/fjord/")


def test_an_account_that_may_not_make_implementations(language):
    check(client_of("administrator", language).get("/new/"), 403, HEADS[403][language], "/")


@pytest.mark.parametrize("name", [None, "reader"])
def test_a_form_without_its_token(language, name):
    response = client_of(name, language, enforce_csrf_checks=True).post("/preferences/", {"language": "en"})
    check(response, 403, HEADS["csrf"][language], "/")


@pytest.mark.parametrize("name", [None, "reader"])
def test_a_request_that_makes_no_sense(language, name, monkeypatch):
    def figures(implementation: object) -> None:
        raise SuspiciousOperation

    assert client_of(name, language).get("/account/login/", headers={"host": "evil.example"}).status_code == 400
    if name:
        monkeypatch.setattr(rooms, "figures", figures)
        check(client_of(name, language).get("/i/fjord/"), 400, HEADS[400][language], "/i/fjord/")


def test_a_fault_of_ours_tells_nothing_of_the_code(language, monkeypatch):
    def figures(implementation: object) -> None:
        raise RuntimeError("the secret of the code")

    monkeypatch.setattr(rooms, "figures", figures)
    response = client_of("reader", language, raise_request_exception=False).get("/i/fjord/")
    check(response, 500, HEADS[500][language], "/")
    assert "secret" not in response.content.decode()


def test_methods_that_a_page_does_not_have(language):
    client = client_of("administrator", language)
    for address in ("/i/fjord/", "/i/fjord/history/", "/"):
        assert client.post(address).status_code == 405
