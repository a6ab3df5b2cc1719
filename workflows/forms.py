"""The forms of guides, their steps, activities and documents.

What writes a row judges it, under the lock; the forms read what was typed and show what was wrong with it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from crmsetup.forms.fields import LineField, NameField
from crmsetup.languages import inside_a_sentence
from crmsetup.stale import VersionedForm
from workflows.fields import DurationField, FromListField, ProseField, WholeNumberField
from workflows.guides import NameTaken
from workflows.models import Activity, Document, Guide, Kind, Step
from workflows.picking import document_templates, follow_up_types, statuses_for
from workflows.steps import in_use, steps_of


def carry_out(form: Any, act: Callable[..., Any]) -> bool:
    """Calls the act with what was typed; False where it does not fit, and the form says why. Lets StaleSave pass."""
    if not form.is_valid():
        return False
    try:
        act(**form.values())
    except ValidationError as refused:
        form.taken = refused.guide if isinstance(refused, NameTaken) else None
        for name, reasons in refused.update_error_dict({}).items():
            form.add_error(name if name in form.fields else None, reasons)
    return not form.errors


class TextsForm(VersionedForm):
    """A row of guides, its texts in the main language and in every further one."""

    taken: Guide | None = None  # the guide that has the name that was typed

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.own = [name for name in self.fields if name != "version"]
        for code in languages:
            for name in self._translated():
                self.fields[f"{name}_{code}"] = _in_language(self.fields[name], code)
        if self.instance.pk:
            self.initial.update(self.stored(self.instance))

    def stored(self, row: Any) -> dict[str, Any]:
        """The value of each field as the row has it."""
        translations = {
            f"{name}_{code}": row.translations.get(code, {}).get(name, "")
            for code in self.languages
            for name in self._translated()
        }
        return {name: getattr(row, name) for name in self.own} | translations

    def values(self) -> dict[str, Any]:
        """What was typed, as the acts take it; with the version where a row is edited."""
        given = self.cleaned_data
        translations = {code: {name: given[f"{name}_{code}"] for name in self._translated()} for code in self.languages}
        version = {"version": given["version"]} if self.instance.pk else {}
        return {name: given[name] for name in self.own} | version | {"translations": translations}

    def own_fields(self) -> list[BoundField]:
        """The fields in the main language."""
        return [self[name] for name in self.own]

    def translated_fields(self) -> list[BoundField]:
        """The fields in the further languages."""
        return [self[f"{name}_{code}"] for code in self.languages for name in self._translated()]

    def translations_are_wrong(self) -> bool:
        """Whether something has to be put right among the translations."""
        return any(field.errors for field in self.translated_fields())

    def focused(self) -> Self:
        """The form with the cursor where the person goes on: in the first field that is wrong, else in the first."""
        visible = [*self.own, *(field.name for field in self.translated_fields())]
        first = next((name for name in visible if self[name].errors), visible[0])
        self.fields[first].widget.attrs["autofocus"] = True
        return self

    def as_row(self, form_id: str, new: str) -> Self:
        """The form with fields that look like cells of a table; `new` says what the row is for.

        A row cannot hold a form, so the fields name it.
        """
        for name in self.own:
            field = self.fields[name]
            field.help_text = ""  # a cell has no room for it, and must not point to it
            field.widget.attrs |= {"class": _look(field), "form": form_id, "aria-label": field.label}
        self.fields["name"].widget.attrs |= {"class": "cell name", "placeholder": new, "aria-label": new}
        return self

    def _translated(self) -> list[str]:
        return [name for name in self._meta.model.translated_fields if name in self.own]

    def _post_clean(self) -> None:
        """The act judges the row; and what was typed stays out of the instance."""


class GuideForm(TextsForm):
    """What a guide says of itself."""

    class Meta:
        model = Guide
        fields = ["name", "description", "duration", "duration_unit", "suggest_next"]
        field_classes = {"name": NameField, "description": LineField, "duration": WholeNumberField}
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        labels = {"duration_unit": _("Counted in")}

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duration"].help_text = DURATION_HELP[kind]
        self.fields["suggest_next"].label = SUGGEST_NEXT[kind]


class StepForm(TextsForm):
    """What a guide says of one of its statuses."""

    class Meta:
        model = Step
        fields = ["purpose", "entry_criteria", "exit_criteria", "expected_days"]
        field_classes = {
            "purpose": LineField,
            "entry_criteria": LineField,
            "exit_criteria": LineField,
            "expected_days": WholeNumberField,
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "entry_criteria": forms.Textarea(attrs={"rows": 2}),
            "exit_criteria": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "entry_criteria": _("What has to be true before one enters."),
            "exit_criteria": _("What has to be true before one goes on."),
        }


class ActivityForm(TextsForm):
    """An activity: what differs between sales and projects is left out of the other."""

    minutes = DurationField(
        label=_("Duration"), initial=30, help_text=_("Hours and minutes, or minutes alone: 1 h 30 m, 1:30 or 90.")
    )

    class Meta:
        model = Activity
        fields = [
            "name",
            "type",
            "days",
            "minutes",
            "auto_suggest",
            "milestone",
            "assign_to_member",
            "purpose",
            "default_text",
        ]
        field_classes = {
            "name": NameField,
            "type": FromListField,
            "days": WholeNumberField,
            "purpose": LineField,
            "default_text": ProseField,
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 2}),
            "default_text": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "purpose": _("Shown to the CRM's users as a tooltip."),
            "default_text": _("Stands in the follow-up when it is made."),
        }

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.type if self.instance.pk else None
        self.fields["type"].queryset = follow_up_types(step.guide.implementation, kept)  # type: ignore[attr-defined]
        self.fields["type"].empty_label = _("Choose a type")  # type: ignore[attr-defined]
        self.fields["days"].label = DAYS[step.kind]
        for name in NOT_FOR[step.kind]:
            del self.fields[name]
            self.own.remove(name)


class DocumentForm(TextsForm):
    """A document."""

    class Meta:
        model = Document
        fields = ["name", "template", "default_subject", "our_ref", "purpose"]
        field_classes = {
            "name": NameField,
            "template": FromListField,
            "default_subject": LineField,
            "our_ref": LineField,
            "purpose": LineField,
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "our_ref": _("May hold template variables of the CRM."),
            "purpose": _("Shown to the CRM's users as a tooltip."),
        }

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.template if self.instance.pk else None
        self.fields["template"].queryset = document_templates(step.guide.implementation, kept)  # type: ignore[attr-defined]
        self.fields["template"].empty_label = _("No template")  # type: ignore[attr-defined]


class NewStepForm(forms.Form):
    """A status to be taken into a guide, and where."""

    status = FromListField(queryset=None, empty_label=None)
    after: Any = forms.ModelChoiceField(queryset=None, required=False, label=_("Place"), empty_label=_("Last"))

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].queryset = statuses_for(guide)  # type: ignore[attr-defined]
        self.fields["status"].label = NEW_STATUS[guide.kind]
        self.fields["after"].queryset = in_use(steps_of(guide))  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.choices = list(iter(field.choices))  # type: ignore[attr-defined]  # asks the database once
            field.widget.attrs["class"] = "form-select"

    def has_choices(self) -> bool:
        """Whether the list has a status that is not in the guide yet."""
        return bool(self.fields["status"].choices)  # type: ignore[attr-defined]

    def values(self) -> Mapping[str, Any]:
        """What was chosen, as the act takes it."""
        return self.cleaned_data


class MoveForm(forms.Form):
    """Where to put a row: one place up or down, or after another."""

    up = forms.BooleanField(required=False)
    down = forms.BooleanField(required=False)
    after: Any = forms.ModelChoiceField(queryset=None, required=False)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].queryset = others  # type: ignore[attr-defined]


DAYS: dict[str, Any] = {Kind.SALE: _("Days after the one before"), Kind.PROJECT: _("Days into the status")}
NOT_FOR: dict[str, Any] = {Kind.SALE: ["milestone", "assign_to_member"], Kind.PROJECT: ["auto_suggest"]}
NEW_STATUS: dict[str, Any] = {Kind.SALE: _("Add a stage"), Kind.PROJECT: _("Add a status")}
SUGGEST_NEXT: dict[str, Any] = {
    Kind.SALE: _("Suggest the next stage when the last activity of a stage is completed"),
    Kind.PROJECT: _("Suggest the next status when the last activity of a status is completed"),
}
DURATION_HELP: dict[str, Any] = {
    Kind.SALE: _("How long such a sale takes. The CRM suggests the closing date from it."),
    Kind.PROJECT: _("How long such a project takes. The CRM suggests the end date from it."),
}


def _look(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "form-check-input"
    return "cell num" if isinstance(field, WholeNumberField | DurationField) else "cell"


def _in_language(own: Any, code: str) -> forms.Field:
    """The same field in another language, which may stay empty."""
    label = _("%(field)s in %(language)s") % {"field": own.label, "language": inside_a_sentence(code)}
    widget = type(own.widget)(attrs={**own.widget.attrs, "lang": code})
    field: forms.Field = type(own)(label=label, required=False, max_length=own.max_length, widget=widget)
    return field
