"""Signing in and out, and changing one's password; who tries too often waits."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from crmsetup import settings as project
from crmsetup.models import User
from tests.cast import PASSWORD
from tests.inspector import InspectingClient, Page, text

LOGIN, LOGOUT, CHANGE = "/account/login/", "/account/logout/", "/account/password/change/"
RESET = "/account/password/reset/"
GOOD = "seks-glade-laks"


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    cache.clear()


def sign_in(client: Client, email: str = "reader@fjord.example", password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def words(response) -> str:
    return text(Page(response.content.decode()).root)


# --- in and out


def test_leads_to_the_implementations(anonymous_client, reader):
    response = sign_in(anonymous_client)
    assert response.headers["Location"] == "/"
    assert anonymous_client.get("/").headers["Location"] == "/i/fjord/"


def test_leads_to_where_one_wanted_to_go(anonymous_client, reader):
    wanted = anonymous_client.get("/i/fjord/history/?page=2").headers["Location"]
    assert wanted == f"{LOGIN}?next=/i/fjord/history/%3Fpage%3D2"
    assert 'name="next" value="/i/fjord/history/?page=2"' in anonymous_client.get(wanted).content.decode()
    assert sign_in(anonymous_client, next="/i/fjord/history/").headers["Location"] == "/i/fjord/history/"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_leads_to_no_stranger(anonymous_client, reader, wanted):
    assert sign_in(anonymous_client, next=wanted).headers["Location"] == "/"


@pytest.mark.parametrize("email", ["READER@Fjord.Example", " reader@fjord.example "])
def test_capitals_and_spaces_make_no_difference(anonymous_client, reader, email):
    assert sign_in(anonymous_client, email).status_code == 302
    assert is_in(anonymous_client)


@pytest.mark.parametrize(
    ("language", "told"),
    [("nb", "E-postadressen eller passordet er feil."), ("en", "The e-mail address or the password is wrong.")],
)
@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("reader@fjord.example", "guessed-by-me"),
        ("nobody@fjord.example", PASSWORD),
        ("reader@fjord.example", f"{PASSWORD} "),
    ],
)
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(reader, language, told, email, password):
    client = InspectingClient(headers={"accept-language": language})
    response = sign_in(client, email, password)
    assert not is_in(client)
    assert told in words(response)
    assert f'value="{email}"' in response.content.decode()
    assert password not in response.content.decode()


def test_what_is_left_empty_is_asked_for(anonymous_client, db):
    response = sign_in(anonymous_client, "", "")
    assert words(response).count("Feltet er påkrevet.") == 2


def test_a_closed_account_stays_out(anonymous_client, reader):
    User.objects.filter(pk=reader.pk).update(is_active=False)
    response = anonymous_client.post(LOGIN, {"login": reader.email, "password": PASSWORD}, follow=True)
    assert not is_in(anonymous_client)
    assert "Kontoen er stengt" in words(response)


def test_an_account_that_is_closed_is_out_at_once(reader_client, reader):
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert reader_client.get("/i/fjord/").headers["Location"].startswith(LOGIN)


def test_signing_out_is_a_post(reader_client):
    assert "Logge ut?" in words(reader_client.get(LOGOUT))
    assert is_in(reader_client)
    assert reader_client.post(LOGOUT).headers["Location"] == LOGIN
    assert not is_in(reader_client)


def test_nobody_signs_up(anonymous_client, db):
    with pytest.raises(Exception, match="account_signup"):
        reverse("account_signup")
    assert "signup" not in anonymous_client.get(LOGIN).content.decode()


# --- who tries too often


@pytest.mark.parametrize("language", ["nb", "en"])
def test_after_five_wrong_passwords_the_right_one_has_to_wait(reader, language):
    client = InspectingClient(headers={"accept-language": language})
    for _turn in range(5):
        sign_in(client, password="wrong")
    response = sign_in(client)
    assert not is_in(client)
    told = {"nb": "For mange forsøk på å logge inn.", "en": "Too many attempts to sign in."}
    assert told[language] in words(response)


def test_others_are_not_held_up_by_it(reader, consultant):
    stranger = InspectingClient(REMOTE_ADDR="192.0.2.7")
    for _turn in range(6):
        sign_in(stranger, "nobody@fjord.example", "wrong")
    client = InspectingClient(REMOTE_ADDR="192.0.2.8")
    assert sign_in(client, "consultant@fjord.example").status_code == 302


def test_web_processes_count_attempts_together(reader, settings):
    settings.CACHES = project.CACHES
    call_command("createcachetable")
    for _turn in range(5):
        sign_in(Client(), password="wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM crmsetup_cache")
        assert cursor.fetchone()[0] > 0
    assert sign_in(Client()).status_code == 200
    cache.clear()
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize(("language", "told"), [("nb", "For mange forsøk"), ("en", "Too many attempts")])
def test_too_many_requests_get_a_page_of_their_own(db, language, told):
    client = InspectingClient(headers={"accept-language": language})
    for number in range(20):
        assert client.post(RESET, {"email": f"nobody{number}@fjord.example"}).status_code == 302
    response = client.post(RESET, {"email": "nobody@fjord.example"})
    assert response.status_code == 429
    assert told in words(response)


# --- a new password


def change(client: Client, new: str, old: str = PASSWORD, again: str | None = None):
    return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": new if again is None else again})


def test_a_new_password_holds_and_ends_the_sessions_elsewhere(reader_client, reader):
    elsewhere = Client()
    elsewhere.force_login(reader)
    assert change(reader_client, GOOD).status_code == 302
    assert reader_client.get("/i/fjord/").status_code == 200
    assert elsewhere.get("/i/fjord/").headers["Location"].startswith(LOGIN)
    assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert sign_in(Client(), password=GOOD).status_code == 302


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"new": GOOD, "old": "wrong"}, "Dette er ikke det nåværende passordet ditt."),
        ({"new": "kort"}, "Passordet er for kort: Det må ha minst 10 tegn."),
        ({"new": "password123"}, "vanlig"),
        ({"new": "reader@fjord.example"}, "for likt e-post"),
        ({"new": GOOD, "again": f"{GOOD}!"}, "samme passord"),
        ({"new": ""}, "Feltet er påkrevet."),
    ],
)
def test_a_bad_password_is_refused_with_its_reason(reader_client, reader, typed, told):
    response = change(reader_client, **typed)
    assert told in words(response)
    reader.refresh_from_db()
    assert reader.check_password(PASSWORD)


def test_passwords_are_hashed_by_argon2():
    assert project.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with_argon = settings.PASSWORD_HASHERS
    assert with_argon != project.PASSWORD_HASHERS  # the tests hash fast


def test_an_account_made_as_in_production_has_an_argon2_hash(db, settings):
    settings.PASSWORD_HASHERS = project.PASSWORD_HASHERS
    user = User.objects.create_user("Ola@Fjord.example ", "Ola", PASSWORD)
    assert user.email == "ola@fjord.example"
    assert identify_hasher(user.password).algorithm == "argon2"
    assert sign_in(Client(), user.email).status_code == 302
