"""E-mails: in the language of whom they are for, as plain text and as HTML."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server did not take the e-mail."""


def send(template: str, *, to: str, language: str, context: Mapping[str, Any]) -> None:
    """Sends `<template>_subject.txt`, `<template>.txt` and `<template>.html` as one e-mail. Raises NotSent.

    It can take seconds: never inside a change.
    """
    with override(language):
        facts = {**context, "language": language}
        subject = " ".join(render_to_string(f"{template}_subject.txt", facts).split())
        mail = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", facts).strip(), to=[to])
        mail.attach_alternative(render_to_string(f"{template}.html", facts).strip(), "text/html")
    try:
        mail.send()
    except OSError as error:  # SMTPException is one too
        log.exception("an e-mail was not sent")
        raise NotSent from error


def mails_leave_the_machine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The system check of a deployment: says when mails would be printed instead of sent."""
    if settings.EMAIL_BACKEND != "django.core.mail.backends.console.EmailBackend":
        return []
    return [
        Warning("Invitations and password resets are printed and not sent.", hint="Set EMAIL_URL.", id="crmsetup.W001")
    ]
