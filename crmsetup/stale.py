"""Stale saves: somebody else saved between reading and saving."""

import datetime
from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from crmsetup.changes import snapshot
from crmsetup.models import Change, ChangedRow
from crmsetup.templatetags.look import long_day


class StaleSave(Exception):
    """The row that is being saved has been saved by somebody else since the form was loaded.

    `untouched` names the fields that others have changed and this save has not: about them there is no quarrel.
    """

    def __init__(self, row: Any, untouched: Collection[str] = ()) -> None:
        super().__init__(str(row))
        self.row = row
        self.untouched = frozenset(untouched)


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


def to_write(row: Any, version: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """What of `values` has to be written over the stored row; inside a change.

    A field that others have changed since that version and this save has not stays as they left it. Raises StaleSave
    where both have changed one. For rows that are never touched without being changed.
    """
    stored = type(row)._base_manager.get(pk=row.pk)
    if stored.version == version:
        return dict(values)
    if version > stored.version:
        raise StaleSave(stored)
    mine = copy(stored)
    for name, value in values.items():
        setattr(mine, name, value)
    was, now, typed = columns_before(stored, version), snapshot(stored), snapshot(mine)
    theirs = {name: column for name in values if (column := stored._meta.get_field(name).attname) in was}
    untouched = {name for name, column in theirs.items() if typed[column] == was[column]}
    if any(typed[column] != now[column] for name, column in theirs.items() if name not in untouched):
        raise StaleSave(stored, untouched)
    return {name: value for name, value in values.items() if name not in untouched}


def columns_since(stored: Any, version: int) -> set[str]:
    """What has been changed in the row since it had that version."""
    return set(columns_before(stored, version))


def columns_before(stored: Any, version: int) -> dict[str, Any]:
    """What the columns held at that version that have been changed in the row since."""
    rows = ChangedRow.objects.filter(model=stored._meta.label_lower, row_id=stored.pk, after__isnull=False)
    newest = rows.order_by("-change__seq", "-id").values_list("before", "after")[: stored.version - version]
    found: dict[str, Any] = {}
    for before, after in newest:
        found |= (after if before is None else before) or {}  # a row that was brought back is as it was
    return found


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
    untouched: Collection[str] = (),
) -> HttpResponse:
    """Both versions side by side, with what was typed kept.

    `theirs` holds the stored value of each form field, `action` is where the form posts to, `back` where one goes who
    keeps what was saved. In the fields named by `untouched` what was saved holds either way.
    """
    newest = _newest_change(stored)
    mine = {name: theirs[name] if name in untouched else form.cleaned_data.get(name) for name in theirs}
    context = {
        "title": str(stored),
        "differences": [_difference(form, name, mine, theirs) for name in form.fields if name in theirs],
        "saved_by": newest.by_name if newest else "",
        "saved_at": newest.at if newest else None,
        "typed": [*_posted(request, form, untouched), *_kept(form, {name: theirs[name] for name in untouched})],
        "version": stored.version,
        "action": action,
        "back": back,
    }
    response = render(request, "crmsetup/stale.html", context, status=409)
    # it takes the place of everything, whatever part of a page the form would have swapped
    response["HX-Retarget"] = response["HX-Reselect"] = "#content"
    response["HX-Reswap"] = "outerHTML show:window:top"
    return response


def _posted(request: HttpRequest, form: forms.BaseForm, untouched: Collection[str]) -> list[tuple[str, str]]:
    left_out = {"version", "csrfmiddlewaretoken", *(form.add_prefix(name) for name in untouched)}
    return [(name, str(value)) for name, values in request.POST.lists() if name not in left_out for value in values]


def _kept(form: forms.BaseForm, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Stored values as the form would post them."""
    prepared = {form.add_prefix(name): form.fields[name].prepare_value(value) for name, value in values.items()}
    lists = {name: value if isinstance(value, list | tuple) else [value] for name, value in prepared.items()}
    return [(name, str(one)) for name, many in lists.items() for one in many if one not in (None, False)]


def _difference(form: forms.BaseForm, name: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Difference:
    field = form.fields[name]
    words = [_words(field, side[name]) for side in (mine, theirs)]
    return Difference(str(field.label or name), words[0], words[1], not _same(mine[name], theirs[name]))


def _same(mine: Any, theirs: Any) -> bool:
    return (mine or None) == (theirs or None)


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, list | tuple):
        return ", ".join(_words(field, one) for one in value)
    if isinstance(value, datetime.date):
        return long_day(value)
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
