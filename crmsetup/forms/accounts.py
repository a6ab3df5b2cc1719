"""allauth's forms in our words, the same in every language."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _

EMAIL, PASSWORD = _("E-mail"), _("Password")
NEW, AGAIN = _("New password"), _("New password, once more")
NEW_HELP = _("At least ten characters. Neither a password that many have, nor your name or address.")


class SignInForm(forms.LoginForm):  # type: ignore[misc]
    """Signing in by e-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, login=EMAIL, password=PASSWORD, remember=_("Keep me signed in on this device"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class PasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password for who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, oldpassword=_("Present password"), password1=NEW, password2=AGAIN)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = NEW_HELP


class ForgottenForm(forms.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a link to choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, email=EMAIL)


class NewPasswordForm(forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password for who came by that link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password1=NEW, password2=AGAIN)
        self.fields["password1"].help_text = NEW_HELP


def _name(form: Any, **labels: Any) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
