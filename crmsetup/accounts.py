"""How accounts come about: people are invited, nobody signs up by himself; and the e-mails about passwords."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from crmsetup.models import User

log = logging.getLogger(__name__)


class LongEnough(MinimumLengthValidator):
    """Django's demand of a length, which Django itself does not say in Norwegian."""

    def get_error_message(self) -> str:
        return _("The password is too short: it has to have %(number)s characters.") % {"number": self.min_length}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with sign-up closed, our words, and e-mails in the language of the account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _("Too many attempts to sign in. Wait five minutes before you try again."),
    }

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
