"""Answering and deciding questions, and noticing that what was decided has changed since.

Decisions are appended, never edited. The question's state follows the newest one, whatever appends it or takes it back.
Each act takes the person (`by`) and the question's `version` as it was read, is one recorded change, and raises what
stops it: ValidationError where something is missing, `StaleSave` where somebody has answered or decided meanwhile.
Who may answer is asked before: see `crmsetup.access.may_answer`.
"""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crmsetup.changes import Recorder, change, numbers_since, standing_since
from crmsetup.models import Implementation, User
from crmsetup.stale import demand_version
from lists.catalogue import STATUS_KINDS
from lists.items import in_use, items_of
from lists.models import List
from onboarding.models import Decision, Question
from workflows.models import Guide

Kind, State = Question.Kind, Question.State
VERBS = {
    State.UNANSWERED: "question.reopened",
    State.ANSWERED: "question.answered",
    State.TO_CLARIFY: "question.to-clarify",
    State.DECIDED: "question.decided",
    State.NOT_APPLICABLE: "question.not-applicable",
}


def answer(question: Question, *, by: User | None, version: int, answer: str, choice: str = "") -> Decision | None:
    """Answers in words, by a choice, or both; not what is settled. Gives None where the question has that answer."""
    given = Decision(question=question, state=State.ANSWERED, answer=answer, choice=choice)
    return _append(by, version, given, answers_only=True)


def decide(
    question: Question,
    *,
    by: User | None,
    version: int,
    state: str,
    answer: str = "",
    reason: str = "",
    choice: str = "",
) -> Decision | None:
    """Puts the question into any state. Gives None where it stands so already and nothing has changed since."""
    given = Decision(question=question, state=state, answer=answer, reason=reason, choice=choice)
    if state == State.UNANSWERED:
        given.answer = given.choice = ""
    return _append(by, version, given)


def _append(by: User | None, version: int, given: Decision, *, answers_only: bool = False) -> Decision | None:
    question = given.question
    given.answer, given.reason = _text(given.answer), _text(given.reason)
    facts = {"question": question.texts("title", question.implementation.main_language)}
    with change(question.implementation, by, VERBS[State(given.state)], **facts) as c:
        demand_version(question, version, columns=("decision_seq",))
        if answers_only and Question.objects.get(pk=question.pk).is_settled:
            raise ValidationError({"answer": _("This is settled. Who may decide can open the question again.")})
        _demand_what_it_takes(given)
        if _stands_already(given):
            return None
        given.seq, given.at, given.by_name = c.seq, c.at, str(by or "")
        return c.create(given)


def _text(typed: str) -> str:
    """What was typed, with one kind of line break."""
    return typed.replace("\r\n", "\n").strip()


def _stands_already(given: Decision) -> bool:
    """Deciding anew what was decided makes sense only where it has changed since."""
    newest = given.question.decisions.first()
    values = ("state", "answer", "reason", "choice")
    if newest is None:
        return given.state == State.UNANSWERED
    if any(getattr(newest, name) != getattr(given, name) for name in values):
        return False
    stored = Question.objects.get(pk=given.question.pk)
    return not changes_since_decision(given.question.implementation, [stored])


def _demand_what_it_takes(given: Decision) -> None:
    """Refuses a decision that says too little, with a sentence for the field."""
    if given.choice and given.choice not in given.question.options():
        raise ValidationError({"choice": _("Choose one of these answers.")})
    match given.state:
        case State.ANSWERED if not (given.answer or given.choice):
            raise ValidationError({"answer": _("Write an answer.")})
        case State.TO_CLARIFY if not given.reason:
            raise ValidationError({"reason": _("Write what has to be clarified, and who finds out.")})
        case State.NOT_APPLICABLE if not given.reason:
            raise ValidationError({"reason": _("Write why the question does not apply to you.")})
        case State.DECIDED:
            _demand_what_the_kind_asks(given)


def _demand_what_the_kind_asks(given: Decision) -> None:
    question = given.question
    match question.kind:
        case Kind.TEXT if not given.answer:
            raise ValidationError({"answer": _("Write what you have decided.")})
        case Kind.CHOICE if not given.choice:
            raise ValidationError({"choice": _("Choose one of the answers before you decide.")})
        case Kind.YESNO if not given.choice:
            raise ValidationError({"choice": _("Choose yes or no before you decide.")})
        case Kind.YESNO if not given.answer:
            raise ValidationError({"answer": _("Write a few words on what yes or no means for you.")})
        case Kind.LIST if question.list and not in_use(items_of(question.list)).exists():
            raise ValidationError({"state": _("The list is empty. Add what belongs in it before you decide.")})
        case Kind.GUIDE if not guides_of(question).exists():
            raise ValidationError({"state": _("There is no guide yet. Make one before you decide.")})


def guides_of(question: Question) -> QuerySet[Guide]:
    """The guides that answer a guide question, in their order."""
    mine = Guide.objects.filter(implementation_id=question.implementation_id, kind=question.guide_kind)
    return mine.filter(retired_at=None).order_by("rank", "id")


def follow_newest(c: Recorder) -> None:
    """At the end of every change: a question's state is that of its newest decision."""
    label = Decision._meta.label_lower
    touched = {(row.after or row.before or {})["question_id"] for row in c.rows if row.model == label}
    for question in Question.objects.filter(pk__in=touched):
        newest = question.decisions.first()
        c.update(
            question,
            state=newest.state if newest else State.UNANSWERED,
            decision_seq=newest.seq if newest else None,
        )


def changes_since_decision(implementation: Implementation, questions: Collection[Question]) -> dict[int, list[int]]:
    """For each decided question whose list or guides have changed since: the numbers of the changes, newest first.

    However many questions there are, it takes three queries.
    """
    subject = {Kind.LIST, Kind.GUIDE}
    decided = [q for q in questions if q.state == State.DECIDED and q.kind in subject and q.decision_seq is not None]
    if not decided:
        return {}
    of_kind = _scopes_by_guide_kind(implementation)
    scopes = {q.pk: {f"list:{q.list_id}"} if q.kind == Kind.LIST else of_kind[q.guide_kind] for q in decided}
    standing = standing_since(implementation, set().union(*scopes.values()), min(q.decision_seq or 0 for q in decided))
    numbers = {q.pk: numbers_since(standing, scopes[q.pk], q.decision_seq or 0) for q in decided}
    return {pk: found for pk, found in numbers.items() if found}


def _scopes_by_guide_kind(implementation: Implementation) -> Mapping[str, set[str]]:
    """What a guide question is about: all guides of the kind, retired ones too, and the statuses that they share."""
    scopes: dict[str, set[str]] = {kind: set() for kind in STATUS_KINDS.values()}
    for one in List.objects.filter(implementation=implementation, key__in=STATUS_KINDS):
        scopes[STATUS_KINDS[one.key]].add(one.change_scope())
    for guide in Guide.objects.filter(implementation=implementation):
        scopes[guide.kind].add(guide.change_scope())
    return scopes
