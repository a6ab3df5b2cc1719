"""Fields that only the forms of guides have."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from workflows.durations import minutes_in_words, minutes_of


class DurationField(forms.Field):
    """A time in hours and minutes, typed as people write it; its value is the number of minutes."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Write how long it takes: 1 h 30 m, 1:30 or 90."),
        "invalid": _("Write hours and minutes, or minutes alone: 1 h 30 m, 1:30 or 90."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"size": 9}

    def prepare_value(self, value: Any) -> Any:
        return minutes_in_words(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return minutes_of(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class WholeNumberField(forms.IntegerField):
    """A whole number, typed into a text field: a number field would not show again what is no number."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "size": 5}


class ProseField(forms.CharField):
    """A text of several lines, measured as it is stored: browsers send two characters for the end of a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").strip()


class FromListField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Something of a list; what is retired there and only kept here says so."""

    def label_from_instance(self, obj: Any) -> str:
        name = obj.item.name
        return _("%(name)s (retired)") % {"name": name} if obj.item.is_retired else str(name)
