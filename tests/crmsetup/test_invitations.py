"""Inviting people by e-mail, and what the link in the mail leads to."""

import datetime
import re
import threading

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone, translation

from crmsetup import invitations, members
from crmsetup.changes import UndoRefused, undo
from crmsetup.invitations import Gone
from crmsetup.models import Invitation, Membership, User
from crmsetup.verbs import plain_sentence
from tests.cast import PASSWORD

KARI = "kari@nordmann.example"
GOOD = "seks-glade-laks"
BODY = {"email": KARI, "role": "contributor", "language": "nb"}


@pytest.fixture
def invite(implementation, administrator):
    """Invites somebody; gives the invitation and the token in the mail."""

    def invited(email: str = KARI, role: str = "contributor", language: str = "nb") -> tuple[Invitation, str]:
        tokens: list[str] = []
        made = invitations.invite(
            implementation,
            by=administrator,
            email=email,
            role=role,
            language=language,
            link=lambda token: tokens.append(token) or token,  # type: ignore[func-returns-value]
        )
        return made, tokens[0]

    return invited


def _newest(implementation):
    return implementation.changes.order_by("-seq").first()


def _told(implementation) -> str:
    with translation.override("en"):
        return plain_sentence(_newest(implementation))


def _membership(implementation, email: str = KARI) -> Membership | None:
    return Membership.objects.filter(implementation=implementation, user__email=email).first()


def _link_in(message) -> str:
    """The path of the link in the text of a mail."""
    return re.search(r"http://testserver(/invitation/\S+)", message.body)[1]


# --- sending


def test_a_mail_with_the_link_leaves_when_the_change_is_committed(
    administrator_client, implementation, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = administrator_client.post("/i/fjord/members/invite/", BODY | {"email": f"  {KARI.upper()} "})
        assert mail.outbox == []
    assert answer.headers["Location"] == "/i/fjord/members/"
    (message,) = mail.outbox
    assert message.to == [KARI]
    assert message.subject == "Administrator inviterer deg til CRM-implementeringen av Fjord AS"
    assert "Du får rollen bidragsyter: kommenterer" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert _link_in(message) in html
    assert Client().get(_link_in(message)).status_code == 200
    page = administrator_client.get("/i/fjord/members/").content.decode()
    assert f"En invitasjon er på vei til {KARI}." in page
    assert _told(implementation) == f"Administrator invited {KARI}, as contributor."


def test_the_mail_is_written_in_the_chosen_language(administrator_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        administrator_client.post("/i/fjord/members/invite/", BODY | {"language": "en"})
    (message,) = mail.outbox
    assert message.subject == "Administrator invites you to the CRM implementation of Fjord AS"
    assert "You get the role of contributor: comments" in message.body
    assert 'lang="en"' in message.alternatives[0][0]


def test_a_name_cannot_write_into_the_mail(implementation, administrator, invite, django_capture_on_commit_callbacks):
    administrator.name = "Ola <b>\r\nBcc: all@fjord.example"
    administrator.save()
    with django_capture_on_commit_callbacks(execute=True):
        invite()
    (message,) = mail.outbox
    assert message.subject.startswith("Ola <b> Bcc: all@fjord.example inviterer")
    assert message.recipients() == [KARI]
    assert "Ola &lt;b&gt;" in message.alternatives[0][0]


def test_the_token_is_stored_nowhere(invite, implementation):
    made, token = invite()
    assert len(token) >= 40
    stored = list(Invitation.objects.filter(pk=made.pk).values())
    recorded = list(_newest(implementation).rows.values())
    assert token not in repr(stored) + repr(recorded)


def test_a_failing_mail_server_is_told_and_the_invitation_kept(
    administrator_client, implementation, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    with pytest.raises(invitations.letters.NotSent), django_capture_on_commit_callbacks(execute=True):
        administrator_client.post("/i/fjord/members/invite/", BODY)
    assert invitations.waiting(implementation).get().email == KARI


@pytest.mark.django_db(transaction=True)
def test_the_page_tells_when_the_mail_server_fails(administrator_client, implementation, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = administrator_client.post("/i/fjord/members/invite/", BODY, follow=True)
    page = answer.content.decode()
    assert "Invitasjonen er lagret, men e-posten kunne ikke sendes." in page
    assert KARI in page
    assert invitations.waiting(implementation).count() == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"email": "kari"}, "Oppgi en gyldig e-postadresse"),
        ({"email": ""}, "Feltet er påkrevet."),
        ({"email": f"{'k' * 250}@nordmann.example"}, "tegn"),
        ({"role": "owner"}, "Velg et gyldig valg."),
        ({"role": ""}, "Feltet er påkrevet."),
        ({"language": "sv"}, "Velg et gyldig valg."),
        ({"email": "Reader@fjord.example"}, "Reader er allerede medlem, som leser."),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(wrong, message, administrator_client, implementation):
    answer = administrator_client.post("/i/fjord/members/invite/", BODY | wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert message in page
    assert f'id="id_{next(iter(wrong))}_error"' in page
    assert not invitations.waiting(implementation).exists()
    assert mail.outbox == []


def test_one_open_invitation_for_each_address(administrator_client, implementation, invite):
    invite()
    answer = administrator_client.post("/i/fjord/members/invite/", BODY | {"role": "reader"})
    assert answer.status_code == 422
    assert "Denne adressen har allerede en åpen invitasjon." in answer.content.decode()
    assert invitations.waiting(implementation).get().role == "contributor"
    with pytest.raises(IntegrityError), transaction.atomic():
        _insert_like(invitations.waiting(implementation).get())


def _insert_like(invitation: Invitation) -> None:
    """A second row, past all that Python checks."""
    from crmsetup.changes import _recorded

    twin = Invitation.objects.get(pk=invitation.pk)
    twin.pk, twin.uid, twin.token_hash = None, "1" * 32, "2" * 64
    with _recorded():
        Invitation.objects.bulk_create([twin])


def test_an_expired_invitation_makes_way_for_a_new_one(invite, implementation):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=15)):
        old, _token = invite()
    new, _token = invite(role="reader")
    assert invitations.waiting(implementation).get() == new
    old.refresh_from_db()
    assert old.withdrawn_at is not None


def test_a_former_member_can_be_invited(invite, administrator, implementation, reader, reader_membership):
    members.end(reader_membership, by=administrator)
    invitation, _token = invite(reader.email, role="contributor")
    invitations.accept(invitation, user=reader)
    reader_membership.refresh_from_db()
    assert (reader_membership.role, reader_membership.has_ended) == ("contributor", False)


def test_the_number_of_mails_a_day_is_limited(invite, implementation, administrator_client, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    with time_machine.travel(timezone.now() - datetime.timedelta(hours=25)):
        invite("yesterday@nordmann.example")
    invite("one@nordmann.example")
    invite("two@nordmann.example")
    answer = administrator_client.post("/i/fjord/members/invite/", BODY)
    assert answer.status_code == 422
    assert "Send flere i morgen." in answer.content.decode()
    first = invitations.waiting(implementation).get(email="yesterday@nordmann.example")
    again = administrator_client.post(f"/i/fjord/members/invitations/{first.pk}/send-again/", follow=True)
    assert "Send flere i morgen." in again.content.decode()


# --- sending again, withdrawing


def test_sent_again_the_new_link_holds_and_the_old_one_not(
    administrator_client, invite, implementation, django_capture_on_commit_callbacks
):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=20)):
        invitation, old = invite()
    address = f"/i/fjord/members/invitations/{invitation.pk}/send-again/"
    with django_capture_on_commit_callbacks(execute=True):
        administrator_client.post(address)
    assert Client().get(f"/invitation/{old}/").status_code == 404
    assert Client().get(_link_in(mail.outbox[-1])).status_code == 200
    assert _told(implementation) == f"Administrator sent the invitation to {KARI} again."
    with django_capture_on_commit_callbacks(execute=True):
        again = administrator_client.post(address, follow=True)
    assert "Den ble sendt for et øyeblikk siden." in again.content.decode()
    assert len(mail.outbox) == 1


def test_a_withdrawn_link_is_useless_until_the_withdrawal_is_undone(
    administrator_client, invite, implementation, administrator
):
    invitation, token = invite()
    address = f"/i/fjord/members/invitations/{invitation.pk}/withdraw/"
    page = administrator_client.post(address, follow=True).content.decode()
    assert f"Invitasjonen til {KARI} er trukket tilbake." in page
    assert Client().get(f"/invitation/{token}/").status_code == 410
    undo(_newest(implementation), administrator)
    assert Client().get(f"/invitation/{token}/").status_code == 200


def test_a_withdrawal_is_not_undone_beside_a_newer_invitation(invite, implementation, administrator):
    invitation, _token = invite()
    invitations.withdraw(invitation, by=administrator)
    withdrawn = _newest(implementation)
    invite()
    with pytest.raises(UndoRefused, match="åpen invitasjon"):
        undo(withdrawn, administrator)


def test_an_invitation_that_is_over_is_neither_sent_nor_withdrawn(administrator_client, invite, administrator):
    invitation, _token = invite()
    invitations.withdraw(invitation, by=administrator)
    for act in ("send-again", "withdraw"):
        answer = administrator_client.post(f"/i/fjord/members/invitations/{invitation.pk}/{act}/", follow=True)
        assert f"Invitasjonen til {KARI} er allerede trukket tilbake." in answer.content.decode()


def test_sending_cannot_be_undone(invite, implementation, administrator):
    invite()
    with pytest.raises(UndoRefused, match="Trekk tilbake"):
        undo(_newest(implementation), administrator)


# --- accepting, without an account


def test_a_stranger_makes_an_account_and_is_in(invite, implementation):
    _invitation, token = invite(language="en")
    client = Client()
    body = {"name": "Kari Nordmann", "password": GOOD, "again": GOOD}
    answer = client.post(f"/invitation/{token}/", body, follow=True)
    assert answer.redirect_chain == [("/i/fjord/", 302)]
    assert "Welcome! You are a member of Fjord AS now." in answer.content.decode()
    user = get_user(client)
    assert (user.email, user.name, user.language) == (KARI, "Kari Nordmann", "en")
    assert user.check_password(GOOD)
    assert not user.may_create_implementations
    assert _membership(implementation).role == "contributor"
    assert _newest(implementation).by == user
    assert _told(implementation) == "Kari Nordmann accepted the invitation and is a member now, as contributor."


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "K" * 121}, "name"),
        ({"password": "kort", "again": "kort"}, "password"),
        ({"password": "password123", "again": "password123"}, "password"),
        ({"password": "kari@nordmann.example", "again": "kari@nordmann.example"}, "password"),
        ({"password": "Kari Nordmann", "again": "Kari Nordmann"}, "password"),
        ({"again": "syv-glade-laks"}, "again"),
        ({"password": "", "again": ""}, "password"),
    ],
)
def test_an_unfit_name_or_password_makes_no_account(wrong, field, invite, implementation):
    _invitation, token = invite()
    body = {"name": "Kari Nordmann", "password": GOOD, "again": GOOD} | wrong
    answer = Client().post(f"/invitation/{token}/", body)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert GOOD not in page
    assert not User.objects.filter(email=KARI).exists()
    assert _membership(implementation) is None


def test_a_body_cannot_choose_address_role_or_rights(invite, implementation):
    _invitation, token = invite(role="reader")
    body = {"name": "Kari", "password": GOOD, "again": GOOD}
    greedy = {"email": "evil@nordmann.example", "role": "administrator", "may_create_implementations": "on"}
    Client().post(f"/invitation/{token}/", body | greedy)
    user = User.objects.get(email=KARI)
    assert not user.may_create_implementations
    assert _membership(implementation).role == "reader"
    assert not User.objects.filter(email="evil@nordmann.example").exists()


# --- accepting, with an account


def test_who_has_an_account_signs_in_first_and_accepts(invite, implementation, outsider):
    _invitation, token = invite(outsider.email, role="reader")
    client, path = Client(), f"/invitation/{token}/"
    page = client.get(path).content.decode()
    assert f'href="/account/login/?next={path}"' in page
    assert 'type="password"' not in page
    refused = client.post(path, {"name": "Thief", "password": GOOD, "again": GOOD})
    assert refused.headers["Location"] == f"/account/login/?next={path}"
    assert outsider.check_password(PASSWORD)

    signed_in = client.post(f"/account/login/?next={path}", {"login": outsider.email, "password": PASSWORD})
    assert signed_in.headers["Location"] == path
    assert "Ta imot invitasjonen" in client.get(path).content.decode()
    assert _membership(implementation, outsider.email) is None
    assert client.post(path).headers["Location"] == "/i/fjord/"
    assert _membership(implementation, outsider.email).role == "reader"


def test_signed_in_as_another_address_nothing_is_accepted(invite, implementation, outsider_client, outsider):
    _invitation, token = invite()
    path = f"/invitation/{token}/"
    page = outsider_client.get(path).content.decode()
    assert KARI in page
    assert outsider.email in page
    answer = outsider_client.post(path, {"name": "x", "password": GOOD, "again": GOOD})
    assert answer.status_code == 409
    assert _membership(implementation, outsider.email) is None
    assert outsider_client.post("/account/logout/", {"next": path}).headers["Location"] == path


def test_it_works_once(invite, implementation, administrator):
    _invitation, token = invite()
    path, body = f"/invitation/{token}/", {"name": "Kari", "password": GOOD, "again": GOOD}
    kari = Client()
    kari.post(path, body)
    stranger = Client()
    for answer in (stranger.get(path), stranger.post(path, body | {"name": "Other"})):
        assert answer.status_code == 410
        assert "Fjord" not in answer.content.decode()
    assert kari.get(path).headers["Location"] == "/i/fjord/"
    members.end(_membership(implementation), by=administrator)
    assert kari.post(path).headers["Location"] == "/i/fjord/"
    assert kari.get("/i/fjord/").status_code == 404


@pytest.mark.parametrize("token", ["guessed", "x" * 500, "%00", "..", "æøå"])
def test_an_unknown_token_tells_nothing(token, invite):
    invite()
    answer = Client().get(f"/invitation/{token}/")
    assert answer.status_code == 404
    assert "Fjord" not in answer.content.decode()


def test_an_expired_link_tells_nothing_and_makes_nobody_a_member(invite, implementation, outsider_client, outsider):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=14, minutes=1)):
        invitation, token = invite(outsider.email)
    for answer in (outsider_client.get(f"/invitation/{token}/"), outsider_client.post(f"/invitation/{token}/")):
        assert answer.status_code == 410
        assert "Fjord" not in answer.content.decode()
    with pytest.raises(Gone):
        invitations.accept(invitation, user=outsider)
    assert _membership(implementation, outsider.email) is None


def test_until_the_last_minute_it_holds(invite):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=13, hours=23)):
        _invitation, token = invite()
    assert Client().get(f"/invitation/{token}/").status_code == 200


def test_an_invitation_is_for_its_own_address_alone(invite, outsider):
    invitation, _token = invite()
    with pytest.raises(ValueError, match="own address"):
        invitations.accept(invitation, user=outsider)


def test_who_has_become_a_member_meanwhile_keeps_the_role(invite, implementation, administrator, outsider):
    invitation, _token = invite(outsider.email, role="administrator")
    members.add(implementation, by=administrator, user=outsider, role="reader")
    assert invitations.accept(invitation, user=outsider).role == "reader"


def test_the_pages_of_a_link_are_not_kept_by_the_browser(invite):
    _invitation, token = invite()
    assert "no-store" in Client().get(f"/invitation/{token}/").headers["Cache-Control"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory lets one connection in at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_one_link_at_once_one_gets_in(invite, implementation):
    invitation, _token = invite()
    raised: list[Exception] = []
    start = threading.Barrier(2)

    def run(name: str) -> None:
        mine = Invitation.objects.select_related("implementation").get(pk=invitation.pk)
        start.wait(timeout=10)
        try:
            invitations.accept_as_new(mine, name=name, password=GOOD)
        except (Gone, IntegrityError) as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[name]) for name in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(raised) == 1
    assert User.objects.filter(email=KARI).count() == 1
    assert _membership(implementation).user.name in {"One", "Two"}


def test_a_reader_cannot_invite(reader_client, implementation):
    assert reader_client.post("/i/fjord/members/invite/", BODY).status_code == 403
    assert not invitations.waiting(implementation).exists()


def test_inviting_is_validated_without_a_page_too(implementation, administrator):
    for wrong in ({"email": "kari"}, {"role": "owner"}, {"language": "sv"}):
        with pytest.raises(ValidationError):
            invitations.invite(implementation, by=administrator, link=str, **(BODY | wrong))
