"""A guide seen whole: the line of its statuses and everything about the selected one.

What `shown` gives is rendered by `workflows/guide_body.html`, on the guide's own page or on any other. Several guides
can stand on one page: their ids and the names in the page's query begin with `guide-<pk>`.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lists.catalogue import STATUS_KINDS
from workflows.forms import ActivityForm, DocumentForm, NewStepForm
from workflows.models import Activity, Document, Guide, Step


@dataclass(frozen=True)
class Opened:
    """What is a form now: a row that is being edited, or (without `row`) a new one that has to be put right.

    `back` is where one goes who saves or gives up.
    """

    form: BaseForm
    row: Guide | Step | Activity | Document | None = None
    back: str = ""


@dataclass(frozen=True)
class Place:
    """A status at its place in the line; `url` is where it is the selected one."""

    step: Step
    number: int
    url: str
    is_selected: bool

    @property
    def also_in(self) -> list[Guide]:
        """The other guides that have the status."""
        places: list[Step] = self.step.status.places  # type: ignore[attr-defined]  # of guides.whole
        return [other.guide for other in places if other.guide_id != self.step.guide_id]

    @property
    def also_in_links(self) -> SafeString:
        """The same as links, for a sentence."""
        links = [(guide.get_absolute_url(), guide.name) for guide in self.also_in]
        return format_html_join(", ", '<a href="{}" hx-boost="false">{}</a>', links)


@dataclass(frozen=True)
class Line:
    """A guide as one row of the list of guides, counting what is in its steps in use."""

    guide: Guide

    @property
    def activities(self) -> int:
        return sum(len(step.activities.all()) for step in self.guide.steps_in_use)

    @property
    def documents(self) -> int:
        return sum(len(step.documents.all()) for step in self.guide.steps_in_use)


@dataclass(frozen=True)
class Shown:
    """A guide as a page shows it. `here` is the page's address with this status selected, without a fragment."""

    guide: Guide
    here: str
    may_edit: bool
    places: list[Place]
    hidden: list[Step]  # their status is retired
    opened: Opened | None = None
    new_step: NewStepForm | None = None
    new_activity: ActivityForm | None = None
    new_document: DocumentForm | None = None
    brings: str = "#messages"  # what a swap of the body brings along

    @property
    def id(self) -> str:
        """What the ids of the body begin with, and the name of the selected step in the query."""
        return guide_id(self.guide)

    @property
    def language(self) -> str:
        """The language that names and texts are written in."""
        return self.guide.implementation.main_language

    @property
    def list_key(self) -> str:
        """The list that the guide takes its statuses from."""
        return next(key for key, kind in STATUS_KINDS.items() if kind == self.guide.kind)

    @property
    def is_at_rest(self) -> bool:
        """Whether things can be moved and added: not while something is a form, whose text would be lost."""
        return self.may_edit and not (self.opened and self.opened.row)

    @property
    def columns(self) -> int:
        """How many columns the table of activities has."""
        return 5 + self.guide.is_sale + self.may_edit

    @property
    def selected(self) -> Place | None:
        """The status that is looked at; none in an empty guide."""
        return next((place for place in self.places if place.is_selected), None)

    @property
    def following(self) -> Place | None:
        """The status after the selected one; none after the last."""
        number = self.selected.number if self.selected else 0
        return next((place for place in self.places if place.number == number + 1), None)


def guide_id(guide: Guide) -> str:
    """What the ids of a guide's body and its part of a page's query are called."""
    return f"guide-{guide.pk}"


def shown(
    guide: Guide, *, at: str, query: QueryDict, may_edit: bool, opened: Opened | None = None, brings: str = "#messages"
) -> Shown:
    """The guide as its page at `at` shows it; `query` (of that page) selects the status.

    Best given a guide of `guides.whole`. Without `may_edit` it asks the database for nothing more.
    """
    steps = guide.steps_in_use
    selected = _selected(guide, steps, query)
    return Shown(
        guide=guide,
        here=_address(at, query, guide, selected),
        may_edit=may_edit,
        places=[
            Place(step, number, _address(at, query, guide, step), step == selected)
            for number, step in enumerate(steps, 1)
        ],
        hidden=[step for step in guide.steps.all() if step.is_hidden],
        opened=opened,
        brings=brings,
        **(_new_rows(guide, selected, opened) if may_edit and not (opened and opened.row) else {}),
    )


def with_selected(address: str, step: Step) -> str:
    """The same address with this step selected."""
    parts = urlsplit(address)
    return _address(urlunsplit(parts._replace(query="", fragment="")), QueryDict(parts.query), step.guide, step) + (
        f"#{parts.fragment}" if parts.fragment else ""
    )


def _selected(guide: Guide, steps: list[Step], query: QueryDict) -> Step | None:
    wanted = query.get(guide_id(guide), "")
    return next((step for step in steps if str(step.pk) == wanted), steps[0] if steps else None)


def _address(at: str, query: QueryDict, guide: Guide, step: Step | None) -> str:
    wanted = query.copy()
    wanted.pop(guide_id(guide), None)
    if step is not None:
        wanted[guide_id(guide)] = str(step.pk)
    return f"{at}?{wanted.urlencode()}" if wanted else at


def _new_rows(guide: Guide, selected: Step | None, opened: Opened | None) -> dict[str, Any]:
    wrong = opened.form if opened and opened.row is None else None
    new_step = (
        wrong if isinstance(wrong, NewStepForm) else NewStepForm(guide=guide, auto_id=f"{guide_id(guide)}-new-%s")
    )
    if selected is None:
        return {"new_step": new_step}
    return {
        "new_step": new_step,
        "new_activity": wrong if isinstance(wrong, ActivityForm) else new_activity(selected),
        "new_document": wrong if isinstance(wrong, DocumentForm) else new_document(selected),
    }


def new_status(guide: Guide, data: QueryDict | None = None) -> NewStepForm:
    """The form for one more status."""
    return NewStepForm(data, guide=guide, auto_id=f"{guide_id(guide)}-new-%s")


def new_activity(step: Step, data: QueryDict | None = None) -> ActivityForm:
    """The last row of a step's activities: a form for one more, of the type that the one before it has."""
    before = [activity.type_id for activity in step.activities.all()]
    form_id = f"step-{step.pk}-new-activity"
    form = ActivityForm(data, initial={"type": before[-1]} if before else {}, **_of(step, form_id))
    return form.as_row(form_id, _("New activity"))


def new_document(step: Step, data: QueryDict | None = None) -> DocumentForm:
    """The last row of a step's documents: a form for one more."""
    form_id = f"step-{step.pk}-new-document"
    return DocumentForm(data, **_of(step, form_id)).as_row(form_id, _("New document"))


def _of(step: Step, form_id: str) -> dict[str, Any]:
    return {"step": step, "languages": step.guide.implementation.further_languages, "auto_id": f"{form_id}-%s"}
