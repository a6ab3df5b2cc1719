"""The questions of the document, with their decisions and the values that follow from them."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from crmsetup.models import Implementation
from lists.models import List
from onboarding.models import Decision, Question
from onboarding.preparation.lists import in_use
from onboarding.preparation.parts import BlockPart, QuestionPart, Target
from onboarding.questions import Placed, in_order
from workflows.models import Guide

State = Question.State


def block_parts(
    implementation: Implementation, language: str, lists: list[List], guides: list[Guide]
) -> tuple[BlockPart, ...]:
    """Every block with its questions; `lists` and `guides` are those of the implementation."""
    everything = Decision.objects.filter(implementation=implementation).order_by("seq", "id")
    newest = {decision.question_id: decision for decision in everything}
    by_id = {one.pk: one for one in lists}
    return tuple(
        BlockPart(
            anchor=f"block-{block.block.pk}",
            number=block.block.number,
            title=block.title,
            intro=block.intro,
            questions=tuple(
                _question_part(placed, language, newest.get(placed.question.pk), lists=by_id, guides=guides)
                for placed in block.questions
            ),
        )
        for block in in_order(implementation)
    )


def _question_part(
    placed: Placed, language: str, decision: Decision | None, *, lists: Mapping[int, List], guides: list[Guide]
) -> QuestionPart:
    question = placed.question
    responsible = str(question.responsible or "")
    values, targets = _values(question, language, lists, guides)
    return QuestionPart(
        anchor=f"question-{question.pk}",
        number=placed.number,
        title=placed.title,
        text=placed.text,
        why=placed.why,
        decides=placed.decides,
        mark=placed.mark,
        state=placed.state,
        is_settled=question.is_settled,
        is_open=not question.is_settled or bool(placed.changed_by),
        responsible=responsible,
        due=question.due,
        decided_at=timezone.localtime(decision.at).date() if decision else None,
        decided_by=decision.by_name if decision and decision.by_name != responsible else "",
        heading=_("Decision") if question.state == State.DECIDED else _("Answer"),
        choice=question.options().get(decision.choice, decision.choice) if decision else "",
        answer=decision.answer if decision else "",
        reason=_reason(decision),
        values=values,
        targets=targets,
    )


def _reason(decision: Decision | None) -> str:
    if decision is None or not decision.reason:
        return ""
    told = _("To be clarified: %(reason)s") if decision.state == State.TO_CLARIFY else _("Because: %(reason)s")
    return told % {"reason": decision.reason}


def _values(
    question: Question, language: str, lists: Mapping[int, List], guides: list[Guide]
) -> tuple[tuple[str, ...], tuple[Target, ...]]:
    """What the list or the guides of a question hold, and where they stand."""
    one = lists.get(question.list_id or 0)
    if one is not None:
        target = Target(f"list-{one.key}", _("the list %(name)s") % {"name": one.name})
        return tuple(item.text_in("name", language) for item in in_use(one)), (target,)
    own = [guide for guide in guides if guide.kind == question.guide_kind]
    names = tuple(guide.text_in("name", language) for guide in own)
    targets = [
        Target(f"guide-{guide.pk}", _("the guide %(name)s") % {"name": name})
        for guide, name in zip(own, names, strict=True)
    ]
    return names, tuple(targets)
