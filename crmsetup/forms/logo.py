"""The form that a logo is sent with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crmsetup import logos


class LogoForm(forms.Form):
    """A picture; `cleaned_data` holds it as it is stored."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP, at most 2 MB. A transparent ground stays transparent."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_picture(self) -> bytes:
        """What is too large is not even read."""
        sent: Any = self.cleaned_data["picture"]
        return logos.redrawn(sent.read(logos.LARGEST + 1))
