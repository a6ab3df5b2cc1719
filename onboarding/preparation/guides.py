"""The guides of the document, each on pages of its own."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from crmsetup.models import Implementation
from onboarding.preparation.parts import ActivityPart, DocumentPart, GuidePart, StepPart
from workflows.models import Activity, Document, Guide, Step


def guides_of(implementation: Implementation) -> list[Guide]:
    """The guides that are not retired, with their steps, activities and documents; those of sales first."""
    steps = (
        Step.objects.filter(status__item__retired_at=None).select_related("status__item").order_by("rank", "id")
    ).prefetch_related(
        Prefetch("activities", Activity.objects.select_related("type__item").order_by("rank", "id")),
        Prefetch("documents", Document.objects.select_related("template__item").order_by("rank", "id")),
    )
    guides = Guide.objects.filter(implementation=implementation, retired_at=None)
    return list(guides.order_by("-kind", "rank", "id").prefetch_related(Prefetch("steps", steps)))


def guide_part(guide: Guide, language: str) -> GuidePart:
    """A guide with everything in it."""
    kind = _("Sale guide.") if guide.is_sale else _("Project guide.")
    steps = list(guide.steps.all())
    all_suggested = _all_suggested(guide, steps)
    return GuidePart(
        anchor=f"guide-{guide.pk}",
        name=guide.text_in("name", language),
        intro=f"{kind} {guide.text_in('description', language)}".strip(),
        is_sale=guide.is_sale,
        facts=tuple(_facts(guide, all_suggested)),
        steps=tuple(
            _step_part(step, _place(guide, number, len(steps)), language, mark_suggested=not all_suggested)
            for number, step in enumerate(steps, 1)
        ),
    )


def _all_suggested(guide: Guide, steps: list[Step]) -> bool:
    """Whether one sentence says it for every activity."""
    suggested = [activity.auto_suggest for step in steps for activity in step.activities.all()]
    return guide.is_sale and bool(suggested) and all(suggested)


def _facts(guide: Guide, all_suggested: bool) -> Iterator[str]:
    yield _("The guide is on.") if guide.is_on else _("The guide is off.")
    if guide.duration:
        unit = Guide.Unit(guide.duration_unit).label
        yield _("Expected duration: %(number)s %(unit)s.") % {"number": guide.duration, "unit": unit}
    if all_suggested:
        yield _("The CRM suggests every activity automatically.")
    if guide.suggest_next and guide.is_sale:
        yield _("When the last activity of a stage is completed, the CRM suggests the next stage.")
    elif guide.suggest_next:
        yield _("When the last activity of a status is completed, the CRM suggests the next status.")


def _place(guide: Guide, number: int, total: int) -> str:
    told = _("Stage %(number)s of %(total)s") if guide.is_sale else _("Status %(number)s of %(total)s")
    return told % {"number": number, "total": total}


def _step_part(step: Step, place: str, language: str, *, mark_suggested: bool) -> StepPart:
    return StepPart(
        name=step.status.item.text_in("name", language),
        place=place,
        probability=step.status.probability,
        purpose=step.text_in("purpose", language),
        entry=step.text_in("entry_criteria", language),
        exit=step.text_in("exit_criteria", language),
        days=step.expected_days,
        activities=tuple(_activity_part(activity, language, mark_suggested) for activity in step.activities.all()),
        documents=tuple(_document_part(document, language) for document in step.documents.all()),
    )


def _activity_part(activity: Activity, language: str, mark_suggested: bool) -> ActivityPart:
    marks = {
        _("Suggested automatically."): activity.auto_suggest and mark_suggested,
        _("Milestone."): activity.milestone,
        _("For a project member."): activity.assign_to_member,
    }
    return ActivityPart(
        name=activity.text_in("name", language),
        purpose=_joined([activity.text_in("purpose", language), *(words for words, holds in marks.items() if holds)]),
        type=activity.type.item.text_in("name", language),
        days=activity.days,
        duration=_("%(hours)d h %(minutes)02d m") % {"hours": activity.minutes // 60, "minutes": activity.minutes % 60},
    )


def _document_part(document: Document, language: str) -> DocumentPart:
    subject = document.text_in("default_subject", language)
    told = [document.text_in("purpose", language)]
    if subject:
        told.append(_("Subject: %(subject)s.") % {"subject": subject.rstrip(".")})
    if document.our_ref:
        told.append(_("Our reference: %(reference)s.") % {"reference": document.our_ref.rstrip(".")})
    return DocumentPart(
        name=document.text_in("name", language),
        purpose=_joined(told),
        template=document.template.item.text_in("name", language) if document.template else "–",
    )


def _joined(sentences: Iterable[str]) -> str:
    """Sentences in a row; one that lacks its full stop gets it."""
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in sentences if text)
