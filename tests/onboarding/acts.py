"""Acts on the preparation, for the test that takes everything back."""

import datetime

from onboarding import decisions, questions
from onboarding.models import Question
from tests.crmsetup.acts import Act, World

State = Question.State


def some_question(world: World) -> Question:
    return world.one(Question.objects.filter(implementation=world.implementation).order_by("id"))


def assign(world: World, *, who: bool, due: bool) -> None:
    question = some_question(world)
    questions.assign(
        question,
        by=world.by,
        version=question.version,
        responsible=world.one(questions.who_can_answer(world.implementation)) if who else None,
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
    for member in questions.who_can_answer(world.implementation)[:2]:
        questions.assign(question, by=world.by, version=question.version, responsible=member, due=None)


def some_words(world: World) -> str:
    return f"{world.text()} {world.name()}"


def some_choice(world: World, question: Question) -> str:
    return world.one(question.options()) if question.options() else ""


def answer(world: World) -> None:
    question = some_question(world)
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


ACTS = [
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
