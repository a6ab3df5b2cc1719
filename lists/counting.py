"""How many items the lists have, and how many of their names are not translated."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from crmsetup.models import Implementation
from lists.models import List, ListItem


@dataclass(frozen=True)
class Tally:
    """A list in numbers. `untranslated` counts names that are in use, once for each language that they lack."""

    one: List
    in_use: int
    retired: int
    untranslated: int


def items_in_use(implementation: Implementation) -> list[tuple[List, int]]:
    """The lists in their order, each with how many of its items can be chosen; in one query."""
    number = Count("items", filter=Q(items__retired_at=None))
    return [(one, one.number) for one in _lists(implementation).annotate(number=number)]


def tallies(implementation: Implementation) -> list[Tally]:
    """Every list in numbers, in two queries."""
    in_use, retired, untranslated = Counter[int](), Counter[int](), Counter[int]()
    items = ListItem.objects.filter(implementation=implementation)
    for list_id, retired_at, translations in items.values_list("list_id", "retired_at", "translations"):
        if retired_at is not None:
            retired[list_id] += 1
            continue
        in_use[list_id] += 1
        languages = implementation.further_languages
        untranslated[list_id] += sum(not translations.get(code, {}).get("name") for code in languages)
    return [Tally(one, in_use[one.pk], retired[one.pk], untranslated[one.pk]) for one in _lists(implementation)]


def _lists(implementation: Implementation) -> QuerySet[List]:
    return List.objects.filter(implementation=implementation).order_by("rank", "id")
