"""A person's own language and theme."""

import pytest
from django.conf import settings
from django.test import Client

from crmsetup.models import User

ADDRESS = "/preferences/"


def stored(email: str = "reader@fjord.example") -> tuple[str, str]:
    user = User.objects.get(email=email)
    return user.language, user.theme


def test_language_and_theme_are_kept_in_the_account_and_shown_at_once(reader_client):
    assert reader_client.post(ADDRESS, {"language": "en", "next": "/i/fjord/"}).headers["Location"] == "/i/fjord/"
    assert reader_client.post(ADDRESS, {"theme": "dark"}).status_code == 302
    assert stored() == ("en", "dark")
    page = reader_client.get("/i/fjord/", headers={"accept-language": "nb"}).content.decode()
    assert '<html lang="en" data-bs-theme="dark">' in page


def test_the_theme_goes_back_to_that_of_the_system(reader_client):
    reader_client.post(ADDRESS, {"theme": "dark"})
    reader_client.post(ADDRESS, {"theme": ""})
    assert stored() == ("nb", "")


@pytest.mark.parametrize(
    "sent", [{"language": "sv"}, {"language": ""}, {"theme": "pink"}, {"email": "x@y.example"}, {}]
)
def test_nonsense_changes_nothing(reader_client, reader, sent):
    assert reader_client.post(ADDRESS, sent).status_code == 302
    assert stored() == ("nb", "")


def test_somebody_who_is_signed_out_keeps_the_language_in_a_cookie(anonymous_client):
    response = anonymous_client.post(ADDRESS, {"language": "en", "next": "/account/login/"})
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["samesite"]) == ("en", "Lax")
    page = anonymous_client.get("/account/login/", headers={"accept-language": "nb"})
    assert page.headers["Content-Language"] == "en"


def test_without_a_choice_the_browser_decides(anonymous_client):
    for language in ("nb", "en"):
        page = anonymous_client.get("/account/login/", headers={"accept-language": language})
        assert page.headers["Content-Language"] == language


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\x00",
    ],
)
@pytest.mark.parametrize("where", ["form", "address"])
def test_goes_on_to_no_stranger(reader_client, wanted, where):
    address, body = (ADDRESS, {"next": wanted}) if where == "form" else (f"{ADDRESS}?next={wanted}", {})
    assert reader_client.post(address, body).headers["Location"] == "/account/login/"


def test_only_a_post_with_its_token_is_heard(reader):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader)
    assert client.post(ADDRESS, {"language": "en"}).status_code == 403
    assert client.get(ADDRESS).status_code == 405
    assert stored() == ("nb", "")
