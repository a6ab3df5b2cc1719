"""How the rows of guides are checked and written, whatever the row; inside a change."""

from collections.abc import Mapping
from copy import copy
from typing import Any, TypeVar

from crmsetup.changes import Recorder
from crmsetup.stale import demand_version
from workflows.models import Activity, Document, Guide, Step

Row = TypeVar("Row", Guide, Step, Activity, Document)
Translations = Mapping[str, Mapping[str, str]]


def fill(row: Row, values: Mapping[str, Any]) -> Row:
    """Puts values into a row without saving it; translations are merged with those that it has."""
    for name, value in values.items():
        setattr(row, name, row.with_translations(value or {}) if name == "translations" else value)
    return row


def demand_fit(row: Guide | Step | Activity | Document) -> None:
    """Checks every rule of the row's model. Raises ValidationError."""
    row.full_clean(exclude=["implementation", "name_key"])  # neither is typed by anybody


def rewrite(c: Recorder, row: Row, version: int, values: Mapping[str, Any]) -> tuple[Row, Row]:
    """Writes values over the stored row; gives it as it was and as it is. Raises StaleSave, ValidationError.

    That it was moved or switched meanwhile does not matter to who writes something else.
    """
    columns = {row._meta.get_field(name).attname for name in values}  # type: ignore[union-attr]
    demand_version(row, version, columns=columns)
    was = type(row)._base_manager.get(pk=row.pk)
    now = fill(copy(was), values)
    demand_fit(now)
    c.update(row, **{name: getattr(now, name) for name in values})
    return was, now


def names(c: Recorder, row: Guide | Activity | Document) -> dict[str, str]:
    """The row's name in its languages, as a fact for a sentence."""
    return row.texts("name", c.implementation.main_language)


def place(c: Recorder, step: Step) -> dict[str, dict[str, str]]:
    """Which status of which guide a step is, as facts for a sentence."""
    return {
        "guide": names(c, step.guide),
        "status": step.status.item.texts("name", c.implementation.main_language),
    }
