"""The preparation's questions in their order: how they stand, and who answers them by when."""

import datetime
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crmsetup.changes import change
from crmsetup.languages import in_every_language
from crmsetup.models import Implementation, Membership, User
from crmsetup.stale import demand_version
from crmsetup.templatetags.look import long_day
from onboarding.decisions import changes_since_decision
from onboarding.models import Block, Question

State = Question.State
MARKS = {
    State.UNANSWERED: "open",
    State.ANSWERED: "full",
    State.TO_CLARIFY: "half",
    State.DECIDED: "done",
    State.NOT_APPLICABLE: "out",
}
SETTLED = Q(state__in=Question.SETTLED)
BEGUN = Q(state__in=[State.ANSWERED, State.TO_CLARIFY])


@dataclass(frozen=True)
class Placed:
    """A question at its place in the preparation, in the reader's language."""

    question: Question
    number: str  # "1.3"
    changed_by: list[int] = field(default_factory=list)  # numbers of changes of what was decided, newest first

    @property
    def title(self) -> str:
        return self.question.text_in("title", get_language())

    @property
    def text(self) -> str:
        return self.question.text_in("text", get_language())

    @property
    def mark(self) -> str:
        return "half" if self.changed_by else MARKS[State(self.question.state)]

    @property
    def state(self) -> str:
        if self.changed_by:
            return _("Decided, changed since")
        return str(State(self.question.state).label)

    @property
    def is_overdue(self) -> bool:
        return self.question.is_overdue(timezone.localdate())


@dataclass(frozen=True)
class BlockOfQuestions:
    """A block with its questions, in the reader's language."""

    block: Block
    questions: list[Placed]

    @property
    def title(self) -> str:
        return self.block.text_in("title", get_language())

    @property
    def intro(self) -> str:
        return self.block.text_in("intro", get_language())

    @property
    def settled(self) -> int:
        """How many are decided or do not apply."""
        return sum(placed.question.is_settled for placed in self.questions)

    @property
    def begun(self) -> int:
        return sum(placed.question.state in {State.ANSWERED, State.TO_CLARIFY} for placed in self.questions)

    @property
    def total(self) -> int:
        return len(self.questions)


def in_order(implementation: Implementation) -> list[BlockOfQuestions]:
    """Every block with its questions, as they stand now, in a fixed number of queries."""
    asked = Question.objects.select_related("list", "responsible__user").order_by("rank", "id")
    blocks = list(
        Block.objects.filter(implementation=implementation)
        .prefetch_related(Prefetch("questions", asked))
        .order_by("number")
    )
    changed = changes_since_decision(implementation, [q for block in blocks for q in block.questions.all()])
    return [
        BlockOfQuestions(
            block,
            [
                Placed(question, f"{block.number}.{place}", changed.get(question.pk, []))
                for place, question in enumerate(block.questions.all(), 1)
            ],
        )
        for block in blocks
    ]


def neighbours(placed: Placed, blocks: list[BlockOfQuestions]) -> tuple[Placed | None, Placed | None]:
    """The question before and the one after, across blocks."""
    everything = [other for block in blocks for other in block.questions]
    at = everything.index(placed)
    return everything[at - 1] if at else None, everything[at + 1] if at + 1 < len(everything) else None


def who_can_answer(implementation: Implementation) -> QuerySet[Membership]:
    """The members that a question can be given to: all but readers, by name."""
    members = Membership.objects.filter(implementation=implementation).exclude(role=Membership.Role.READER)
    return members.select_related("user").order_by("user__name", "pk")


def assign(
    question: Question,
    *,
    by: User | None,
    version: int,
    responsible: Membership | None,
    due: datetime.date | None,
) -> None:
    """Says who has to answer and by when; either may be left open. Raises StaleSave where both were set meanwhile."""
    with change(question.implementation, by, _verb(responsible, due)) as c:
        demand_version(question, version, columns=("responsible_id", "due"))
        if responsible is not None and responsible.implementation_id != question.implementation_id:
            raise ValidationError({"responsible": _("Choose a member of this implementation.")})
        c.params["question"] = question.texts("title", question.implementation.main_language)
        if responsible is not None:
            c.params["responsible"] = str(responsible)
        if due is not None:
            c.params["due"] = in_every_language(lambda: long_day(due))
        c.update(question, responsible=responsible, due=due)


def _verb(responsible: Membership | None, due: datetime.date | None) -> str:
    match responsible is not None, due is not None:
        case True, True:
            return "question.assigned-until"
        case True, False:
            return "question.assigned"
        case False, True:
            return "question.due-set"
    return "question.unassigned"


def progress(implementation: Implementation) -> dict[str, int]:
    """How many questions are settled, begun, overdue, and all, in one query."""
    overdue = Q(due__lt=timezone.localdate()) & ~SETTLED
    return Question.objects.filter(implementation=implementation).aggregate(
        settled=Count("pk", filter=SETTLED),
        begun=Count("pk", filter=BEGUN),
        overdue=Count("pk", filter=overdue),
        total=Count("pk"),
    )


def waiting(implementation: Implementation) -> list[Placed]:
    """The questions that are not settled and that somebody has, or that have a due date, at their places."""
    return [
        placed
        for block in in_order(implementation)
        for placed in block.questions
        if not placed.question.is_settled and (placed.question.responsible_id or placed.question.due)
    ]
