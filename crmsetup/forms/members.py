"""Forms for people: inviting, accepting, changing a role, handing over."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crmsetup import members
from crmsetup.languages import interface_languages
from crmsetup.members import MEANING
from crmsetup.models import Invitation, Membership, User
from crmsetup.stale import VersionedForm


def role_choices() -> list[tuple[str, str]]:
    """Every role with what it may do."""
    return [(role.value, f"{role.label}: {MEANING[role]}") for role in Membership.Role]


class RoleForm(VersionedForm):
    """The role of a member."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices, widget=forms.RadioSelect)

    class Meta:
        model = Membership
        fields = ["role"]


class HeirForm(forms.Form):
    """Who takes over what a member was responsible for."""

    heir = forms.ModelChoiceField(
        label=_("Who takes over?"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("Nobody for now"),
        help_text=_("All of it goes to one person; it can be given to others afterwards, thing by thing."),
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = members.who_can_answer(membership.implementation).exclude(pk=membership.pk)
        self.fields["heir"].queryset = others  # type: ignore[attr-defined]


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=role_choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the e-mail"),
        choices=interface_languages,
        help_text=_("A new account begins in this language too."),
    )


class NewAccountForm(forms.Form):
    """Name and password of somebody who accepts an invitation and has no account."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    again = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = invitation.email

    def clean_password(self) -> str:
        """A password must not be like the name or the address."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two passwords differ."))
        return again
