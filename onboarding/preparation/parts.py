"""What the configuration-preparation document is made of: text and numbers in one language, ready to be set."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crmsetup.templatetags.look import percent
from workflows.drawing import Drawing, chevrons


@dataclass(frozen=True)
class Target:
    """A list or a guide that is the answer to a question, and where it stands in the document."""

    anchor: str
    words: str  # "the list Category"


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
    is_settled: bool
    is_open: bool
    responsible: str
    due: datetime.date | None
    decided_at: datetime.date | None
    decided_by: str  # empty where it was the responsible person
    heading: str  # what the answer is: "Decision"
    choice: str
    answer: str
    reason: str
    values: tuple[str, ...]
    targets: tuple[Target, ...]

    @property
    def is_long(self) -> bool:
        """Whether it need not stand on one page."""
        return len(self.answer) + len(self.reason) > 1500 or len(self.values) > 60


@dataclass(frozen=True)
class BlockPart:
    """A block of the preparation."""

    anchor: str
    number: int
    title: str
    intro: str
    questions: tuple[QuestionPart, ...]

    @property
    def settled(self) -> int:
        return sum(question.is_settled for question in self.questions)


@dataclass(frozen=True)
class Row:
    """A list item as the cells of its row; `retired` says why it cannot be chosen."""

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
    """An activity of a step, its purpose and marks in one line."""

    name: str
    purpose: str
    type: str
    days: int
    duration: str


@dataclass(frozen=True)
class DocumentPart:
    """A document of a step, its purpose, subject and reference in one line."""

    name: str
    purpose: str
    template: str


@dataclass(frozen=True)
class StepPart:
    """A status at its place in a guide."""

    name: str
    place: str  # "Stage 1 of 6"
    probability: int | None
    purpose: str
    entry: str
    exit: str
    days: int | None
    activities: tuple[ActivityPart, ...]
    documents: tuple[DocumentPart, ...]


@dataclass(frozen=True)
class GuidePart:
    """A guide, on pages of its own."""

    anchor: str
    name: str
    intro: str
    is_sale: bool
    facts: tuple[str, ...]
    steps: tuple[StepPart, ...]

    @property
    def drawing(self) -> Drawing:
        """The line of chevrons, with the ways a sale ends."""
        return chevrons([(step.name, percent(step.probability)) for step in self.steps], self._ends())

    def _ends(self) -> list[tuple[str, str]]:
        if not self.is_sale:
            return []
        won, lost = pgettext("how a sale ends", "Won"), pgettext("how a sale ends", "Lost")
        return [(won, percent(100)), (lost, percent(0))]

    @property
    def drawing_in_words(self) -> str:
        """The same for those who do not see it."""
        names = [f"{step.name} {percent(step.probability)}".strip() for step in self.steps]
        told = _("The guide in order: %(names)s.") % {"names": ", ".join(names)}
        return f"{told} {_('Then won, 100%, or lost, 0%.')}" if self.is_sale else told


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
    def questions(self) -> list[QuestionPart]:
        """All questions."""
        return [question for block in self.blocks for question in block.questions]

    @property
    def open_questions(self) -> list[QuestionPart]:
        """What is not decided, or was decided before it changed; gathered from all blocks."""
        return [question for question in self.questions if question.is_open]

    @property
    def settled(self) -> int:
        """How many questions are decided or do not apply."""
        return sum(block.settled for block in self.blocks)

    @property
    def lists_number(self) -> int:
        """The number of the part with the lists: the parts after the blocks are numbered on."""
        return max((block.number for block in self.blocks), default=0) + 1

    @property
    def guides_number(self) -> int:
        return self.lists_number + 1

    @property
    def open_number(self) -> int:
        return self.guides_number + bool(self.guides)

    @property
    def checklist_number(self) -> int:
        return self.open_number + 1
