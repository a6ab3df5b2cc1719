"""The configuration-preparation document as data: what the handout shows, in one language.

`collect` reads it from the database in a fixed number of queries; the template sets it. Everything in it is text and
numbers, so its canonical JSON is what the cache of handouts is keyed by.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crmsetup import logos
from crmsetup.languages import handout_languages, language_name
from crmsetup.models import Implementation
from lists.models import List, ListItem
from onboarding import checks
from onboarding.models import ChecklistItem, Decision
from onboarding.questions import Placed, in_order
from workflows.drawing import Drawing, chevrons
from workflows.models import Activity, Document, Guide, Step

CHECK_MARKS = {"open": "open", "done": "done", "not_applicable": "out"}


class LanguageNotThere(ValueError):
    """The implementation has no handouts in that language."""

    def __init__(self, language: str, there: Iterable[str]) -> None:
        names = ", ".join(f"{language_name(code)} ({code})" for code in there)
        super().__init__(
            _("There is no handout in «%(language)s». There is one in: %(names)s.")
            % {"language": language, "names": names}
        )


@dataclass(frozen=True)
class QuestionPart:
    """A question with what was decided about it."""

    anchor: str
    number: str
    title: str
    text: str
    why: str
    decides: str
    mark: str
    state: str
    is_open: bool
    responsible: str
    due: datetime.date | None
    decided_at: datetime.date | None
    decided_by: str
    choice: str
    answer: str
    reason: str
    values: tuple[str, ...]
    goes_to: tuple[tuple[str, str], ...]  # (anchor, name) of the list or guides that are the answer


@dataclass(frozen=True)
class BlockPart:
    """A block of the preparation."""

    anchor: str
    number: int
    title: str
    intro: str
    questions: tuple[QuestionPart, ...]
    decided: int


@dataclass(frozen=True)
class Row:
    """A list item as the cells of its row."""

    number: int
    name: str
    cells: tuple[str, ...]
    description: str
    retired: str = ""


@dataclass(frozen=True)
class ListPart:
    """A list as a table."""

    anchor: str
    name: str
    purpose: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    retired: tuple[Row, ...]


@dataclass(frozen=True)
class ActivityPart:
    """An activity of a step."""

    name: str
    purpose: str
    type: str
    start: str
    duration: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class DocumentPart:
    """A document of a step."""

    name: str
    purpose: str
    template: str
    subject: str
    our_ref: str


@dataclass(frozen=True)
class StepPart:
    """A status at its place in a guide."""

    name: str
    probability: int | None
    purpose: str
    entry: str
    exit: str
    days: int | None
    activities: tuple[ActivityPart, ...]
    documents: tuple[DocumentPart, ...]


@dataclass(frozen=True)
class GuidePart:
    """A guide, on a page of its own."""

    anchor: str
    name: str
    kind: str
    is_sale: bool
    description: str
    facts: tuple[str, ...]
    steps: tuple[StepPart, ...]

    @property
    def drawing(self) -> Drawing:
        """The line of chevrons."""
        return chevrons([(step.name, percent(step.probability)) for step in self.steps])

    @property
    def drawing_in_words(self) -> str:
        """The same for those who do not see it."""
        names = [f"{step.name} {percent(step.probability)}".strip() for step in self.steps]
        return _("The guide in order: %(names)s.") % {"names": ", ".join(names)}


@dataclass(frozen=True)
class CheckPart:
    """A checklist item."""

    title: str
    mark: str
    state: str
    reason: str
    note: str
    responsible: str
    due: datetime.date | None


@dataclass(frozen=True)
class Preparation:
    """The whole document."""

    language: str
    company: str
    logo: str  # the digest of the picture; empty where there is none
    contact: str
    crm_version: str
    go_live: datetime.date | None
    day: datetime.date
    blocks: tuple[BlockPart, ...]
    lists: tuple[ListPart, ...]
    guides: tuple[GuidePart, ...]
    checklist: tuple[CheckPart, ...]

    @property
    def open_questions(self) -> list[QuestionPart]:
        """What is not decided, gathered from all blocks."""
        return [question for block in self.blocks for question in block.questions if question.is_open]

    @property
    def questions(self) -> list[QuestionPart]:
        """All questions."""
        return [question for block in self.blocks for question in block.questions]


def collect(implementation: Implementation, language: str, day: datetime.date) -> Preparation:
    """The document of an implementation in one of its languages, as of `day`. Raises LanguageNotThere."""
    there = handout_languages(implementation.languages)
    if language not in there:
        raise LanguageNotThere(language, there)
    with translation.override(language):
        lists = _lists(implementation)
        guides = _guides(implementation)
        return Preparation(
            language=language,
            company=implementation.name,
            logo=logos.digest(implementation),
            contact=implementation.contact_name,
            crm_version=implementation.crm_version,
            go_live=implementation.go_live,
            day=day,
            blocks=_blocks(implementation, language, lists, guides),
            lists=tuple(_list_part(implementation, one, language) for one in lists),
            guides=tuple(_guide_part(guide, language) for guide in guides),
            checklist=_checklist(implementation, language),
        )


def _lists(implementation: Implementation) -> list[List]:
    items = ListItem.objects.select_related(
        "category", "status", "follow_up_type", "document_template", "merged_into"
    ).order_by("rank", "id")
    lists = List.objects.filter(implementation=implementation).order_by("rank", "id")
    return list(lists.prefetch_related(Prefetch("items", items)))


def _in_order(one: List) -> list[ListItem]:
    items = list(one.items.all())
    return sorted(items, key=lambda item: (item.sort_key, item.pk)) if one.alphabetical else items


def _guides(implementation: Implementation) -> list[Guide]:
    steps = (
        Step.objects.filter(status__item__retired_at=None).select_related("status__item").order_by("rank", "id")
    ).prefetch_related(
        Prefetch("activities", Activity.objects.select_related("type__item").order_by("rank", "id")),
        Prefetch("documents", Document.objects.select_related("template__item").order_by("rank", "id")),
    )
    guides = Guide.objects.filter(implementation=implementation, retired_at=None)
    return list(guides.order_by("-kind", "rank", "id").prefetch_related(Prefetch("steps", steps)))


def _blocks(
    implementation: Implementation, language: str, lists: list[List], guides: list[Guide]
) -> tuple[BlockPart, ...]:
    everything = Decision.objects.filter(implementation=implementation).order_by("seq", "id")
    latest = {decision.question_id: decision for decision in everything}
    by_id = {one.pk: one for one in lists}
    return tuple(
        BlockPart(
            anchor=f"block-{block.block.pk}",
            number=block.block.number,
            title=block.title,
            intro=block.intro,
            questions=tuple(
                _question_part(placed, language, decision=latest.get(placed.question.pk), lists=by_id, guides=guides)
                for placed in block.questions
            ),
            decided=block.settled,
        )
        for block in in_order(implementation)
    )


def _question_part(
    placed: Placed,
    language: str,
    *,
    decision: Decision | None,
    lists: Mapping[int, List],
    guides: list[Guide],
) -> QuestionPart:
    question = placed.question
    answered_by = lists.get(question.list_id or 0)
    own_guides = [guide for guide in guides if guide.kind == question.guide_kind]
    values, goes_to = _values(answered_by, own_guides, language)
    return QuestionPart(
        anchor=f"question-{question.pk}",
        number=placed.number,
        title=placed.title,
        text=placed.text,
        why=placed.why,
        decides=placed.decides,
        mark=placed.mark,
        state=placed.state,
        is_open=not question.is_settled,
        responsible=str(question.responsible or ""),
        due=question.due,
        decided_at=timezone.localtime(decision.at).date() if decision else None,
        decided_by=decision.by_name if decision else "",
        choice=question.options().get(decision.choice, decision.choice) if decision else "",
        answer=decision.answer if decision else "",
        reason=decision.reason if decision else "",
        values=values,
        goes_to=goes_to,
    )


def _values(
    answered_by: List | None, guides: list[Guide], language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    if answered_by is not None:
        used = [item for item in _in_order(answered_by) if not item.is_retired]
        return tuple(i.text_in("name", language) for i in used), ((f"list-{answered_by.key}", answered_by.name),)
    names = [(f"guide-{guide.pk}", guide.text_in("name", language)) for guide in guides]
    return tuple(name for _anchor, name in names), tuple(names)


def _list_part(implementation: Implementation, one: List, language: str) -> ListPart:
    others = [code for code in implementation.languages if code != language]
    rows = [
        _row(one, item, number, language, others, implementation.main_language)
        for number, item in enumerate(_in_order(one), 1)
    ]
    used = [row for row in rows if not row.retired]
    return ListPart(
        anchor=f"list-{one.key}",
        name=one.name,
        purpose=str(one.entry.purpose),
        columns=(*(language_name(code) for code in others), *_facet_columns(one)),
        rows=tuple(Row(n, row.name, row.cells, row.description) for n, row in enumerate(used, 1)),
        retired=tuple(row for row in rows if row.retired),
    )


def _row(one: List, item: ListItem, number: int, language: str, others: list[str], main: str) -> Row:
    names = [item.name if code == main else item.translations.get(code, {}).get("name", "") for code in others]
    return Row(
        number=number,
        name=item.text_in("name", language),
        cells=(*(name or "–" for name in names), *_facet_cells(one, item)),
        description=item.text_in("description", language),
        retired=_retired(item, language),
    )


def _retired(item: ListItem, language: str) -> str:
    if item.merged_into is not None:
        return _("Merged into «%(name)s».") % {"name": item.merged_into.text_in("name", language)}
    return _("Retired: cannot be chosen, stays where it is used.") if item.is_retired else ""


def _facet_columns(one: List) -> tuple[str, ...]:
    match one.key:
        case "category":
            return (_("Category group"),)
        case "sale-stage":
            return (_("Probability"),)
        case "follow-up-type":
            return (_("Form"),)
        case "document-template":
            return (_("What comes out"),)
    return ()


def _facet_cells(one: List, item: ListItem) -> tuple[str, ...]:
    match one.key:
        case "category":
            group = item.category.get_group_display() or "–"
            lead = _("lead status") if item.category.lead_status else ""
            return (f"{group}, {lead}" if lead else group,)
        case "sale-stage":
            return (percent(item.status.probability),)
        case "follow-up-type":
            facet: Any = item.follow_up_type
            known = facet.direction != "none"
            direction = f", {facet.get_direction_display().lower()}" if known else ""
            return (f"{facet.get_form_display()}{direction}",)
        case "document-template":
            return (item.document_template.get_output_display(),)
    return ()


def percent(number: int | None) -> str:
    """A probability as it is written in the active language."""
    return "" if number is None else _("%(number)s%%") % {"number": number}


def _guide_part(guide: Guide, language: str) -> GuidePart:
    return GuidePart(
        anchor=f"guide-{guide.pk}",
        name=guide.text_in("name", language),
        kind=_("Sale guide") if guide.is_sale else _("Project guide"),
        is_sale=guide.is_sale,
        description=guide.text_in("description", language),
        facts=tuple(_guide_facts(guide)),
        steps=tuple(_step_part(guide, step, language) for step in guide.steps.all()),
    )


def _guide_facts(guide: Guide) -> Iterable[str]:
    yield _("The guide is on.") if guide.is_on else _("The guide is off.")
    if guide.duration:
        unit = Guide.Unit(guide.duration_unit).label
        yield _("Expected duration: %(number)s %(unit)s.") % {"number": guide.duration, "unit": unit}
    if guide.suggest_next and guide.is_sale:
        yield _("When the last activity of a stage is completed, the CRM suggests the next stage.")
    elif guide.suggest_next:
        yield _("When the last activity of a status is completed, the CRM suggests the next status.")


def _step_part(guide: Guide, step: Step, language: str) -> StepPart:
    return StepPart(
        name=step.status.item.text_in("name", language),
        probability=step.status.probability,
        purpose=step.text_in("purpose", language),
        entry=step.text_in("entry_criteria", language),
        exit=step.text_in("exit_criteria", language),
        days=step.expected_days,
        activities=tuple(_activity_part(guide, activity, language) for activity in step.activities.all()),
        documents=tuple(_document_part(document, language) for document in step.documents.all()),
    )


def _activity_part(guide: Guide, activity: Activity, language: str) -> ActivityPart:
    marks = {
        _("suggested automatically"): activity.auto_suggest,
        _("milestone"): activity.milestone,
        _("for a project member"): activity.assign_to_member,
    }
    return ActivityPart(
        name=activity.text_in("name", language),
        purpose=activity.text_in("purpose", language),
        type=activity.type.item.text_in("name", language),
        start=str(activity.days),
        duration=_("%(hours)d h %(minutes)02d m") % {"hours": activity.minutes // 60, "minutes": activity.minutes % 60},
        marks=tuple(words for words, holds in marks.items() if holds),
    )


def _document_part(document: Document, language: str) -> DocumentPart:
    return DocumentPart(
        name=document.text_in("name", language),
        purpose=document.text_in("purpose", language),
        template=document.template.item.text_in("name", language) if document.template else "",
        subject=document.text_in("default_subject", language),
        our_ref=document.our_ref,
    )


def _checklist(implementation: Implementation, language: str) -> tuple[CheckPart, ...]:
    mine = ChecklistItem.objects.filter(implementation=implementation).select_related("responsible__user")
    items = list(mine.order_by("rank", "id"))
    seen = checks.look(implementation, items)
    return tuple(_check_part(item, seen[item.pk], language) for item in items)


def _check_part(item: ChecklistItem, seen: checks.Seen, language: str) -> CheckPart:
    return CheckPart(
        title=item.text_in("title", language),
        mark=CHECK_MARKS[seen.state],
        state=str(ChecklistItem.State(seen.state).label),
        reason=seen.reason,
        note=item.note,
        responsible=str(item.responsible or ""),
        due=item.due,
    )
