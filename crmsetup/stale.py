"""Stale saves: somebody else saved between reading and saving."""

from collections.abc import Collection, Mapping
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


def demand_version(row: Any, version: int, *, columns: Collection[str] = ()) -> None:
    """Compares the stored row's version with the one that a form was loaded from; inside a change. Raises StaleSave.

    With `columns`, what others have done to the row's other columns since then is none of this form's business. Only
    for rows that are never touched without being changed, so that each version has its row in the history.
    """
    stored = type(row)._base_manager.get(pk=row.pk)
    if stored.version == version:
        return
    if not columns or version > stored.version or not columns_since(stored, version).isdisjoint(columns):
        raise StaleSave(stored)


def columns_since(stored: Any, version: int) -> set[str]:
    """What has been changed in the row since it had that version."""
    rows = ChangedRow.objects.filter(model=stored._meta.label_lower, row_id=stored.pk, after__isnull=False)
    newest = rows.order_by("-change__seq", "-id").values_list("after", flat=True)[: stored.version - version]
    return {column for after in newest for column in after or ()}


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
    response = render(request, "crmsetup/stale.html", context, status=status)
    # it takes the place of everything, whatever part of a page the form would have swapped
    response["HX-Retarget"] = response["HX-Reselect"] = "#content"
    response["HX-Reswap"] = "outerHTML show:window:top"
    return response


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
    if isinstance(value, models.Model):
        return str(value)
    return "" if value is None else str(field.prepare_value(value))


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
