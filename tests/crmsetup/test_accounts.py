"""What whoever runs the server can say about accounts and mail."""

import pytest
from django.core.management import CommandError, call_command

from crmsetup.letters import mails_leave_the_machine
from crmsetup.models import User


def test_the_right_to_create_implementations_is_given_and_taken(reader, reader_client, capsys):
    assert reader_client.get("/new/").status_code == 403
    call_command("may_create", " Reader@Fjord.example ")
    assert "reader@fjord.example may create implementations." in capsys.readouterr().out
    assert reader_client.get("/new/").status_code == 200
    call_command("may_create", "reader@fjord.example", "--no")
    assert reader_client.get("/new/").status_code == 403
    assert not User.objects.filter(may_create_implementations=True).exists()


def test_an_unknown_account_is_named(db):
    with pytest.raises(CommandError, match=r"nobody@fjord\.example"):
        call_command("may_create", "nobody@fjord.example")


def test_a_deployment_that_prints_its_mail_is_warned(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert [found.id for found in mails_leave_the_machine(None)] == ["crmsetup.W001"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert mails_leave_the_machine(None) == []
