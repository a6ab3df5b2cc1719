"""The form of a person's own language and theme."""

from typing import Any

from django import forms

from crmsetup.models import User


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's language and theme; either may be left out."""

    class Meta:
        model = User
        fields = ["language", "theme"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in self.data:
                del self.fields[name]
