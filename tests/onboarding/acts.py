"""Acts on the preparation, for the test that takes everything back."""

import datetime
from typing import Any

from django.db.models import QuerySet

from crmsetup.models import Membership
from onboarding import checklist, checks, decisions, questions
from onboarding.models import ChecklistItem, Question
from tests.crmsetup.acts import Act, World

State, Mark = Question.State, ChecklistItem.State


def members(world: World) -> QuerySet[Membership]:
    """Those who can have something to do."""
    found = Membership.objects.filter(implementation=world.implementation, ended_at=None)
    return found.exclude(role=Membership.Role.READER).order_by("id")


def some_question(world: World) -> Question:
    return world.one(Question.objects.filter(implementation=world.implementation).order_by("id"))


def assign(world: World, *, who: bool, due: bool) -> None:
    question = some_question(world)
    questions.assign(
        question,
        by=world.by,
        version=question.version,
        responsible=world.one(members(world)) if who else None,
        due=datetime.date(2027, 1, 1) + datetime.timedelta(days=question.version) if due else None,
    )


def unassign(world: World) -> None:
    question = some_question(world)
    given = {"responsible": None, "due": datetime.date(2027, 2, 3)}
    questions.assign(question, by=world.by, version=question.version, **given)
    questions.assign(question, by=world.by, version=question.version, responsible=None, due=None)


def assign_to_another(world: World) -> None:
    """Twice, to two people: one of them had not got it before."""
    question = some_question(world)
    for member in members(world)[:2]:
        questions.assign(question, by=world.by, version=question.version, responsible=member, due=None)


def some_words(world: World) -> str:
    return f"{world.text()} {world.name()}"


def some_choice(world: World, question: Question) -> str:
    return world.one(question.options()) if question.options() else ""


def answer(world: World) -> None:
    question = some_question(world)
    if question.is_settled:
        decide(world, State.UNANSWERED, question)
        question.refresh_from_db()
    given = {"answer": some_words(world), "choice": some_choice(world, question)}
    decisions.answer(question, by=world.by, version=question.version, **given)


def decide(world: World, state: State, question: Question | None = None) -> None:
    question = question or some_question(world)
    decisions.decide(
        question,
        by=world.by,
        version=question.version,
        state=state,
        answer=some_words(world),
        reason=some_words(world),
        choice=some_choice(world, question),
    )


def reopen(world: World) -> None:
    question = some_question(world)
    decide(world, State.DECIDED, question)
    question.refresh_from_db()
    decide(world, State.UNANSWERED, question)


def some_check(world: World, *, by_hand: bool = False) -> ChecklistItem:
    found = ChecklistItem.objects.filter(implementation=world.implementation).order_by("id")
    return world.one(item for item in found if not (by_hand and checks.sees_for_itself(item)))


def tick(world: World, state: str) -> ChecklistItem:
    """Puts an item into a state that it is not in yet."""
    item = some_check(world, by_hand=True)
    if checklist.state_to_tick(item) == state:
        other = Mark.OPEN if state != Mark.OPEN else Mark.DONE
        checklist.tick(item, by=world.by, version=item.version, state=other, note=item.note)
    checklist.tick(item, by=world.by, version=item.version, state=state, note=some_words(world))
    return item


def note(world: World) -> None:
    item = some_check(world)
    state = checklist.state_to_tick(item)
    checklist.tick(item, by=world.by, version=item.version, state=state, note=some_words(world))


def another_member(world: World, item: ChecklistItem) -> Membership:
    return world.one(members(world).exclude(pk=item.responsible_id))


def another_day(world: World) -> datetime.date:
    return datetime.date(2028, 1, 1) + datetime.timedelta(days=world.implementation.changes.count())


def assign_check(world: World, **given: Any) -> None:
    item = some_check(world)
    values = {"responsible": item.responsible, "due": item.due} | {
        name: make(world, item) for name, make in given.items()
    }
    checklist.assign(item, by=world.by, version=item.version, **values)


def take_away_check(world: World) -> None:
    item = some_check(world)
    who, day = another_member(world, item), another_day(world)
    checklist.assign(item, by=world.by, version=item.version, responsible=who, due=day)
    checklist.assign(item, by=world.by, version=item.version, responsible=None, due=None)


def tick_and_assign(world: World) -> None:
    item = some_check(world)
    checklist.edit(
        item,
        by=world.by,
        version=item.version,
        state=checklist.state_to_tick(item),
        note=some_words(world),
        responsible=another_member(world, item),
        due=another_day(world),
    )


CHECKLIST_ACTS = [
    Act("check.ticked", lambda world: tick(world, Mark.DONE)),
    Act("check.left-out", lambda world: tick(world, Mark.NOT_APPLICABLE)),
    Act("check.reopened", lambda world: tick(world, Mark.OPEN)),
    Act("check.noted", note),
    Act("check.assigned", lambda world: assign_check(world, responsible=another_member)),
    Act("check.due", lambda world: assign_check(world, due=lambda world, item: another_day(world))),
    Act("check.edited", take_away_check),
    Act("check.assigned-too", tick_and_assign),
    Act("check.due-too", tick_and_assign),
]

ACTS = [
    *CHECKLIST_ACTS,
    Act("question.assigned", assign_to_another),
    Act("question.assigned-until", lambda world: assign(world, who=True, due=True)),
    Act("question.due-set", lambda world: assign(world, who=False, due=True)),
    Act("question.unassigned", unassign),
    Act("question.answered", answer),
    Act("question.decided", lambda world: decide(world, State.DECIDED)),
    Act("question.to-clarify", lambda world: decide(world, State.TO_CLARIFY)),
    Act("question.not-applicable", lambda world: decide(world, State.NOT_APPLICABLE)),
    Act("question.reopened", reopen),
]
