"""Filling the guides of a new implementation from a starter set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crmsetup.changes import Recorder
from crmsetup.models import Implementation
from crmsetup.ordering import GAP
from crmsetup.startersets import main_and_translations
from lists.models import DocumentTemplate, FollowUpType, Status
from workflows.models import Activity, Document, Guide, Step


@dataclass(frozen=True)
class Known:
    """What the lists of the implementation have, by the keys of the starter set."""

    statuses: Mapping[tuple[str, str], Status]  # by kind and key
    types: Mapping[str, FollowUpType]
    templates: Mapping[str, DocumentTemplate]

    @classmethod
    def of(cls, implementation: Implementation) -> "Known":
        """Reads them, in three queries."""
        mine = {"implementation": implementation}
        statuses = Status.objects.filter(**mine).select_related("item")
        types = FollowUpType.objects.filter(**mine).select_related("item")
        templates = DocumentTemplate.objects.filter(**mine).select_related("item")
        return cls(
            statuses={(row.kind, row.item.origin_key): row for row in statuses},
            types={row.item.origin_key: row for row in types},
            templates={row.item.origin_key: row for row in templates},
        )


def fill(c: Recorder, data: Mapping[str, Any]) -> None:
    """Makes the starter set's guides with all that is in them."""
    known = Known.of(c.implementation)
    for place, given in enumerate(data["guides"], 1):
        guide = c.create(_guide(c, given, place))
        for step_place, step_given in enumerate(given["steps"], 1):
            _fill_step(c, guide, known, step_given, step_place)


def _guide(c: Recorder, given: Mapping[str, Any], place: int) -> Guide:
    duration = given.get("duration") or {}
    return Guide(
        kind=given["kind"],
        rank=GAP * place,
        origin_key=given["key"],
        duration=duration.get("value"),
        duration_unit=duration.get("unit", Guide.Unit.MONTHS),
        is_on=given.get("on", False) and len(given["steps"]) > 1,
        suggest_next=given.get("suggest_next", True),
        **main_and_translations(c, name=given["name"], description=given.get("description", {})),
    )


def _fill_step(c: Recorder, guide: Guide, known: Known, given: Mapping[str, Any], place: int) -> None:
    texts = main_and_translations(
        c,
        purpose=given.get("purpose", {}),
        entry_criteria=given.get("entry", {}),
        exit_criteria=given.get("exit", {}),
    )
    step = c.create(
        Step(
            guide=guide,
            kind=guide.kind,
            status=known.statuses[guide.kind, given["status"]],
            rank=GAP * place,
            expected_days=given.get("days"),
            **texts,
        )
    )
    c.create_many(_activity(c, step, known.types, a, n) for n, a in enumerate(given["activities"], 1))
    c.create_many(_document(c, step, known.templates, d, n) for n, d in enumerate(given["documents"], 1))


def _activity(
    c: Recorder, step: Step, types: Mapping[str, FollowUpType], given: Mapping[str, Any], place: int
) -> Activity:
    texts = main_and_translations(
        c, name=given["name"], purpose=given.get("purpose", {}), default_text=given.get("text", {})
    )
    return Activity(
        step=step,
        kind=step.kind,
        rank=GAP * place,
        type=types[given["type"]],
        days=given.get("days", 0),
        minutes=given.get("minutes", 30),
        auto_suggest=given.get("suggest", False),
        milestone=given.get("milestone", False),
        assign_to_member=given.get("assign_to_member", False),
        **texts,
    )


def _document(
    c: Recorder, step: Step, templates: Mapping[str, DocumentTemplate], given: Mapping[str, Any], place: int
) -> Document:
    texts = main_and_translations(
        c, name=given["name"], purpose=given.get("purpose", {}), default_subject=given.get("subject", {})
    )
    return Document(
        step=step,
        rank=GAP * place,
        template=templates.get(given.get("template", "")),
        our_ref=given.get("our_ref", ""),
        **texts,
    )
