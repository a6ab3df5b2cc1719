"""The preparation's questions in their order: how they stand, and who answers them by when."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from crmsetup import members
from crmsetup.changes import change
from crmsetup.languages import in_every_language
from crmsetup.models import Implementation, Membership, User
from crmsetup.stale import demand_version
from crmsetup.templatetags.look import long_day
from onboarding.decisions import changes_since_decision
from onboarding.models import Block, Question

State = Question.State
SETTLED = Q(state__in=Question.SETTLED)
BEGUN = Q(state__in=[State.ANSWERED, State.TO_CLARIFY])
NOBODY = "nobody"
SHOW = [
    ("", _lazy("All")),
    ("open", _lazy("Not decided")),
    ("overdue", _lazy("Overdue")),
    ("changed", _lazy("Decided, changed since")),
    *State.choices,
]
"""What the list of questions can be narrowed to."""


@dataclass(frozen=True)
class Placed:
    """A question at its place in the preparation, in the reader's language."""

    question: Question
    place: int  # in its block, from 1
    number: str  # "1.3"
    changed_by: list[int] = field(default_factory=list)  # numbers of changes of what was decided, newest first

    @property
    def title(self) -> str:
        return self._text("title")

    @property
    def text(self) -> str:
        return self._text("text")

    @property
    def why(self) -> str:
        return self._text("why")

    @property
    def decides(self) -> str:
        return self._text("decides")

    @property
    def example(self) -> str:
        return self._text("example")

    def _text(self, field: str) -> str:
        return self.question.text_in(field, get_language())

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def url(self) -> str:
        return self.question.get_absolute_url()

    @property
    def mark(self) -> str:
        return "half" if self.changed_by else self.question.mark

    @property
    def state(self) -> str:
        return _("Decided, changed since") if self.changed_by else self.question.get_state_display()

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
    return [BlockOfQuestions(block, _placed(implementation, block, changed)) for block in blocks]


def _placed(implementation: Implementation, block: Block, changed: Mapping[int, list[int]]) -> list[Placed]:
    placed = []
    for place, question in enumerate(block.questions.all(), 1):
        question.implementation = implementation  # spares a query for each address
        placed.append(Placed(question, place, f"{block.number}.{place}", changed.get(question.pk, [])))
    return placed


def find(blocks: list[BlockOfQuestions], pk: int) -> tuple[BlockOfQuestions, Placed]:
    """The question with its block. Raises Question.DoesNotExist."""
    for block in blocks:
        for placed in block.questions:
            if placed.question.pk == pk:
                return block, placed
    raise Question.DoesNotExist


def shown(blocks: list[BlockOfQuestions], show: str, responsible: str) -> list[tuple[BlockOfQuestions, list[Placed]]]:
    """The blocks with those of their questions that a filter leaves; blocks with none are left out."""
    left = [(block, [one for one in block.questions if _fits(one, show, responsible)]) for block in blocks]
    return [(block, questions) for block, questions in left if questions]


def _fits(placed: Placed, show: str, responsible: str) -> bool:
    question = placed.question
    if responsible and responsible != str(question.responsible_id or NOBODY):
        return False
    match show:
        case "":
            return True
        case "open":
            return not question.is_settled
        case "overdue":
            return placed.is_overdue
        case "changed":
            return bool(placed.changed_by)
    return question.state == show


def neighbours(placed: Placed, blocks: list[BlockOfQuestions]) -> tuple[Placed | None, Placed | None]:
    """The question before and the one after, across blocks."""
    everything = [other for block in blocks for other in block.questions]
    at = everything.index(placed)
    return everything[at - 1] if at else None, everything[at + 1] if at + 1 < len(everything) else None


def who_can_answer(question: Question) -> QuerySet[Membership]:
    """The members that the question can be given to: all but readers, and whoever has it now; by name."""
    return members.who_can_answer(question.implementation, holder_id=question.responsible_id)


def who_has_questions(blocks: list[BlockOfQuestions]) -> list[Membership]:
    """The members that questions have been given to, by name."""
    found = {q.responsible for block in blocks for q in (placed.question for placed in block.questions)}
    return sorted((member for member in found if member), key=lambda member: (str(member), member.pk))


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


def progress_of_many(ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """How many questions of each implementation are settled, and how many there are, in one query."""
    counted = Question.objects.filter(implementation__in=ids).values_list("implementation").order_by()
    numbers = counted.annotate(settled=Count("pk", filter=SETTLED), total=Count("pk"))
    return {pk: (settled, total) for pk, settled, total in numbers}


def waiting(implementation: Implementation) -> list[Placed]:
    """The questions that are not settled and that somebody has, or that have a due date, at their places."""
    return [
        placed
        for block in in_order(implementation)
        for placed in block.questions
        if not placed.question.is_settled and (placed.question.responsible_id or placed.question.due)
    ]
