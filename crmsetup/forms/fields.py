"""Fields that forms of several rooms have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crmsetup.names import NAME_MAX, clean_name


class LineField(forms.CharField):
    """One line of text, measured as it is stored: NFC, trimmed, inner space and line breaks collapsed."""

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


class NameField(LineField):
    """A name of something configurable."""

    default_error_messages = {"required": _("Write a name.")}

    def __init__(self, *, max_length: int = NAME_MAX, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)


class PercentField(forms.IntegerField):
    """A whole number from 0 to 100, with or without its sign.

    It is typed into a text field: a number field would not show again what is no number.
    """

    widget = forms.TextInput
    message = _("Write a whole number from 0 to 100.")

    def __init__(self, **kwargs: Any) -> None:
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), self.message)
        super().__init__(min_value=0, max_value=100, error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value if value is not None else "").replace("%", "").strip())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "size": 4}
