"""Filling the preparation and the checklist of a new implementation from a starter set."""

from collections.abc import Mapping
from typing import Any

from crmsetup.changes import Recorder
from crmsetup.ordering import GAP
from crmsetup.startersets import main_and_translations
from lists.models import List
from onboarding.models import Block, ChecklistItem, Question


def fill(c: Recorder, data: Mapping[str, Any]) -> None:
    """Makes the starter set's blocks with their questions, and its checklist."""
    lists = {one.key: one for one in List.objects.filter(implementation=c.implementation)}
    for place, given in enumerate(data["blocks"], 1):
        texts = main_and_translations(c, title=given["title"], intro=given.get("intro", {}))
        block = c.create(Block(number=given["number"], rank=GAP * place, origin_key=given["key"], **texts))
        c.create_many(_question(c, block, lists, q, n) for n, q in enumerate(given["questions"], 1))
    c.create_many(_checklist_item(c, item, n) for n, item in enumerate(data["checklist"], 1))


def _question(c: Recorder, block: Block, lists: Mapping[str, List], given: Mapping[str, Any], place: int) -> Question:
    texts = main_and_translations(c, **{field: given.get(field, {}) for field in Question.translated_fields})
    return Question(
        block=block,
        kind=given["kind"],
        rank=GAP * place,
        choices=given.get("choices", []),
        list=lists[given["list"]] if given["kind"] == Question.Kind.LIST else None,
        guide_kind=given.get("guide_kind", ""),
        origin_key=given["key"],
        **texts,
    )


def _checklist_item(c: Recorder, given: Mapping[str, Any], place: int) -> ChecklistItem:
    texts = main_and_translations(c, title=given["title"], description=given.get("description", {}))
    return ChecklistItem(rank=GAP * place, check_key=given.get("check", ""), origin_key=given["key"], **texts)
