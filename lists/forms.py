"""The form of a list item: its name and translations, what only its list's items have, and the description."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from crmsetup.forms.fields import LineField, NameField, PercentField
from crmsetup.languages import inside_a_sentence
from crmsetup.names import DESCRIPTION_MAX
from crmsetup.stale import VersionedForm
from lists.catalogue import STATUS_KINDS
from lists.items import NameTaken, facet_of
from lists.models import Category, DocumentTemplate, FollowUpType, List, ListItem, Status


class ItemForm(VersionedForm):
    """Everything of an item of the list `one`, to be added or edited."""

    translated: tuple[str, ...] = ("name", "description")

    class Meta:
        model = ListItem
        fields = ["name", "description"]
        field_classes = {"name": NameField, "description": LineField}
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, one: List, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: ListItem | None = None  # the item that has the name that was typed
        self.languages = one.implementation.further_languages
        self.facet = facet_fields(one)
        own = self.fields
        self.fields = {
            "name": own["name"],
            **{f"name_{code}": _translated_name(code) for code in self.languages},
            **self.facet,
            "description": own["description"],
            "version": own["version"],
        }
        if "description" in self.translated:
            self.fields |= {f"description_{code}": _translated_description(code) for code in self.languages}
        if self.instance.pk:
            self.initial.update(self.stored(self.instance))

    def stored(self, item: ListItem) -> dict[str, Any]:
        """The value of each field as the item has it."""
        facet = facet_of(item)
        translations = {
            f"{field}_{code}": item.translations.get(code, {}).get(field, "")
            for code in self.languages
            for field in self.translated
        }
        facts = {name: getattr(facet, name) for name in self.facet}
        return {"name": item.name, "description": item.description, **translations, **facts}

    def values(self) -> dict[str, Any]:
        """What was typed, as `items.add` and `items.edit` take it."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "description": given["description"],
            "translations": {
                code: {field: given[f"{field}_{code}"] for field in self.translated} for code in self.languages
            },
            "facet": {name: given[name] for name in self.facet},
        }

    def carry_out(self, act: Callable[..., Any]) -> bool:
        """Calls the act with what was typed; False where it does not fit, and the form says why."""
        if not self.is_valid():
            return False
        try:
            act(**self.values())
        except ValidationError as refused:
            self.taken = refused.item if isinstance(refused, NameTaken) else None
            for name, reasons in refused.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, reasons)
        return not self.errors

    def _post_clean(self) -> None:
        """The row is judged by what writes it, under the lock; and what was typed stays out of the instance."""


class RowForm(ItemForm):
    """An item as one row of a table, whose fields look like cells. A row cannot hold a form, so the fields name it.

    Descriptions are translated elsewhere: the row has no room for them.
    """

    translated = ("name",)

    def __init__(self, *args: Any, one: List, form_id: str, **kwargs: Any) -> None:
        super().__init__(*args, one=one, auto_id=f"{form_id}-%s", **kwargs)
        self.fields["description"].widget = forms.TextInput(attrs={"maxlength": DESCRIPTION_MAX})
        for name, field in self.fields.items():
            more = {
                "class": _look(field),
                "form": form_id,
                "aria-label": field.label,
                "placeholder": self._placeholder(name),
            }
            field.widget.attrs.update({key: value for key, value in more.items() if value})
        self.fields["name"].widget.attrs["class"] = "cell name"
        if not self.instance.pk:
            self.fields["name"].widget.attrs["placeholder"] = one.entry.new_item

    def _placeholder(self, name: str) -> str:
        """For a missing translation the name itself, else what is to be typed."""
        if self.instance.pk and name.startswith("name_"):
            return str(self.instance.name)
        return "0–100" if isinstance(self.fields[name], PercentField) else str(self.fields[name].label or "")

    def focus(self) -> None:
        """Puts the cursor where the person goes on: into the first field that is wrong, else into the name."""
        wrong = next((name for name in self.fields if name != "version" and self[name].errors), "name")
        self.fields[wrong].widget.attrs["autofocus"] = True


def _look(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "form-check-input"
    return "cell num" if isinstance(field, PercentField) else "cell"


def facet_fields(one: List) -> dict[str, forms.Field]:
    """The fields of what only this list's items have."""
    match one.entry.facet:
        case "category":
            group = _choice(Category, "group", choices=[("", _("Not chosen")), *Category.Group.choices], required=False)
            return {"group": group, "lead_status": forms.BooleanField(label=_("Lead status"), required=False)}
        case "status" if STATUS_KINDS[one.key] == Status.Kind.SALE:
            return {"probability": PercentField(label=_label(Status, "probability"))}
        case "follow_up_type":
            return {name: _choice(FollowUpType, name) for name in ("form", "direction")}
        case "document_template":
            return {"output": _choice(DocumentTemplate, "output")}
    return {}


def _choice(model: type[models.Model], name: str, **kwargs: Any) -> forms.ChoiceField:
    field: Any = model._meta.get_field(name)
    given = {"choices": field.choices, "initial": field.get_default(), **kwargs}
    return forms.ChoiceField(label=_label(model, name), **given)


def _label(model: type[models.Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _translated_name(code: str) -> forms.Field:
    label = _("Name in %(language)s") % {"language": inside_a_sentence(code)}
    return NameField(label=label, required=False, widget=forms.TextInput(attrs={"lang": code}))


def _translated_description(code: str) -> forms.Field:
    label = _("Description in %(language)s") % {"language": inside_a_sentence(code)}
    widget = forms.Textarea(attrs={"rows": 3, "lang": code})
    return LineField(label=label, required=False, max_length=DESCRIPTION_MAX, widget=widget)
