"""How accounts come about: people are invited, nobody signs up by himself; and the e-mails about passwords."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override

from crmsetup.models import User

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with sign-up closed and e-mails in the language of the account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that fails is logged: the page must not tell strangers whether there was a mail to send."""
        user = User.objects.filter(email=email.strip().lower()).first()
        address = self.request.build_absolute_uri(reverse("account_reset_password"))
        with override(user.language if user else get_language()):
            try:
                super().send_mail(template_prefix, email, {"reset_address": address, **context})
            except OSError:  # SMTPException is one too
                log.exception("an e-mail about a password was not sent")
