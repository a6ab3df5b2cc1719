"""Stale saves: somebody else saved between reading and saving."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from crmsetup.models import Change, ChangedRow


class StaleSave(Exception):
    """The row that is being saved has been saved by somebody else since the form was loaded."""

    def __init__(self, row: Any) -> None:
        super().__init__(str(row))
        self.row = row


def demand_version(row: Any, version: int) -> None:
    """Compares the stored row's version with the one that a form was loaded from; inside a change. Raises StaleSave."""
    stored = type(row)._base_manager.get(pk=row.pk)
    if stored.version != version:
        raise StaleSave(stored)


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that knows which version of the row it was loaded from; without that it is refused."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The form does not say which version it was loaded from. Load the page again."),
            "invalid": _("The form does not say which version it was loaded from. Load the page again."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        # the row as the form found it: a ModelForm writes what was typed into its instance
        self.loaded = {name: getattr(self.instance, name) for name in self.fields if hasattr(self.instance, name)}


@dataclass(frozen=True)
class Difference:
    """One field as typed and as saved, in words."""

    label: str
    mine: str
    theirs: str
    differs: bool


def stale_page(
    request: HttpRequest,
    form: forms.BaseForm,
    stored: Any,
    *,
    theirs: Mapping[str, Any],
    action: str,
    back: str,
    status: int = 409,
) -> HttpResponse:
    """Both versions side by side, with what was typed kept.

    `theirs` holds the stored value of each form field, `action` is where the form posts to, `back` where one goes who
    keeps what was saved.
    """
    newest = _newest_change(stored)
    context = {
        "title": str(stored),
        "differences": [_difference(form, name, theirs[name]) for name in form.fields if name in theirs],
        "saved_by": newest.by_name if newest else "",
        "saved_at": newest.at if newest else None,
        "typed": [(name, value) for name, values in _posted(request) for value in values],
        "version": stored.version,
        "action": action,
        "back": back,
    }
    return render(request, "crmsetup/stale.html", context, status=status)


def _posted(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return [(k, [str(v) for v in vs]) for k, vs in request.POST.lists() if k not in {"version", "csrfmiddlewaretoken"}]


def _difference(form: forms.BaseForm, name: str, theirs: Any) -> Difference:
    field = form.fields[name]
    mine = form.cleaned_data.get(name)
    return Difference(str(field.label or name), _words(field, mine), _words(field, theirs), not _same(mine, theirs))


def _same(mine: Any, theirs: Any) -> bool:
    return (mine or None) == (theirs or None)


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(field, forms.ChoiceField) and not isinstance(value, models.Model):
        return str(dict(_flat(field.choices)).get(str(value), value or ""))
    return "" if value is None else str(value)


def _flat(choices: Any) -> list[tuple[str, str]]:
    return [(str(key), str(label)) for key, label in choices if not isinstance(label, list | tuple)]


def _newest_change(row: Any) -> Change | None:
    newest = (
        ChangedRow.objects.filter(model=row._meta.label_lower, row_id=row.pk)
        .select_related("change")
        .order_by("-change__seq")
        .first()
    )
    return newest.change if newest else None
