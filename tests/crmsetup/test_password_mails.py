"""The e-mails about passwords: in the language of the account, and quiet towards strangers."""

import re

import pytest
from django.core import mail
from django.test import Client

from crmsetup.models import User
from tests.cast import PASSWORD

GOOD = "seks-glade-laks"


def _ask(email: str, language: str = "nb") -> Client:
    """Somebody without an account's cookie asks for a new password, in a browser that speaks `language`."""
    client = Client(headers={"accept-language": language})
    answer = client.post("/account/password/reset/", {"email": email})
    assert answer.headers["Location"] == "/account/password/reset/done/"
    return client


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("nb", "crmsetup: Nytt passord", "Lenken virker én gang, i tre dager."),
        ("en", "crmsetup: A new password", "The link works once, within three days."),
    ],
)
def test_a_reset_is_mailed_in_the_language_of_the_account(reader, language, subject, sentence):
    User.objects.filter(pk=reader.pk).update(language=language)
    _ask(reader.email, "en" if language == "nb" else "nb")
    (message,) = mail.outbox
    assert (message.subject, message.to, message.from_email) == (
        subject,
        [reader.email],
        "crmsetup <no-reply@localhost>",
    )
    assert sentence in message.body
    assert "http://testserver/account/password/reset/key/" in message.body


def test_the_link_leads_to_a_new_password_and_its_use_is_told(reader):
    client = _ask(reader.email)
    path = re.search(r"http://testserver(/account/password/reset/key/\S+)", mail.outbox[0].body)[1]
    page = client.get(path, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": GOOD, "password2": GOOD})
    reader.refresh_from_db()
    assert reader.check_password(GOOD)
    assert mail.outbox[1].subject == "crmsetup: Passordet ditt er endret"
    assert mail.outbox[1].to == [reader.email]
    assert Client().get(path, follow=True).context["token_fail"]


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("nb", "crmsetup: Passordet ditt er endret", "Passordet til kontoen din i crmsetup ble endret"),
        ("en", "crmsetup: Your password was changed", "The password of your account in crmsetup was changed on"),
    ],
)
def test_a_changed_password_is_told(reader, reader_client, language, subject, sentence):
    User.objects.filter(pk=reader.pk).update(language=language)
    body = {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD}
    assert reader_client.post("/account/password/change/", body).status_code == 302
    (message,) = mail.outbox
    assert (message.subject, message.to) == (subject, [reader.email])
    assert sentence in message.body
    assert "http://testserver/account/password/reset/" in message.body
    assert GOOD not in message.body


def test_no_mail_goes_to_strangers_and_the_page_does_not_tell(db):
    _ask("stranger@nordmann.example")
    assert mail.outbox == []


def test_a_failing_mail_server_changes_nothing_on_the_page(reader, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    _ask(reader.email)
