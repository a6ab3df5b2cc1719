"""Where an item is used: found from the models' own relations, told in words by the room that uses it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from lists.items import facet_of
from lists.models import ListItem


@dataclass(frozen=True)
class Use:
    """One place where an item is used, in words, and its address where it has one."""

    words: str
    url: str = ""


Teller = Callable[[Any], list[Use]]
tellers: dict[type[Model], Teller] = {}
"""How a room tells of its rows that use items, by model; each room adds its own when it starts."""


def uses(item: ListItem) -> list[Use]:
    """Every place that refers to the item or to what only its list has; one query for each kind of place."""
    return [use for rows in _referring(item) for use in tellers.get(rows.model, _plainly)(rows)]


def _referring(item: ListItem) -> Iterator[Any]:
    for target in (item, facet_of(item)):
        for relation in target._meta.related_objects if target else ():
            # a facet is a part of its item, and what was merged into an item is another name of it
            if not relation.one_to_one and relation.related_model is not ListItem:
                yield relation.related_model._base_manager.filter(**{relation.field.name: target})


def _plainly(rows: Any) -> list[Use]:
    """For rows that no room tells of: better their own words than nothing."""
    return [Use(f"{row._meta.verbose_name}: {row}") for row in rows]
