"""What can be done with the documents of a step: add, edit, move and remove them.

Every act takes the person who acts (`by`), is one recorded change, and raises what stops it: ValidationError for unfit
values, `StaleSave` where somebody saved meanwhile.
"""

from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crmsetup.changes import change
from crmsetup.models import User
from crmsetup.ordering import last_rank, one_place, put_after, rank_after
from lists.models import DocumentTemplate
from workflows.models import Document, Step
from workflows.picking import demand_in_use
from workflows.writing import Translations, demand_fit, fill, names, place, rewrite


class DocumentValues(TypedDict, total=False):
    """What is said of a document."""

    name: str
    purpose: str
    template: DocumentTemplate | None
    default_subject: str
    our_ref: str
    translations: Translations | None


def documents_of(step: Step) -> QuerySet[Document]:
    """The step's documents in their order."""
    return Document.objects.filter(step=step).order_by("rank", "id")


def add(step: Step, *, by: User | None, after: Document | None = None, **values: Unpack[DocumentValues]) -> Document:
    """A new document, at the end of the step or after another."""
    with change(step.implementation, by, "document.added") as c:
        document = fill(Document(implementation=step.implementation, step=step), values)
        _demand_same_step(document, after)
        demand_fit(document)
        if document.template:
            demand_in_use("template", document.template)
        document.rank = rank_after(c, document, after) if after else last_rank(document.siblings())
        c.params.update(_facts(document))
        return c.create(document)


def edit(document: Document, *, by: User | None, version: int, **values: Unpack[DocumentValues]) -> None:
    """Writes the given values. A template that was retired meanwhile may stay."""
    with change(document.implementation, by, "document.edited") as c:
        was = rewrite(c, document, version, values)
        if document.template and document.template_id != was.template_id:
            demand_in_use("template", document.template)
        c.params.update(_facts(document))
        if document.name != was.name:
            c.verb = "document.renamed"
            c.params["old"] = was.name


def move(document: Document, *, by: User | None, after: Document | None) -> None:
    """Puts a document directly after another of its step; first where `after` is None."""
    _demand_same_step(document, after)
    facts = _facts(document) | ({"after": names(after)} if after else {})
    with change(document.implementation, by, "document.moved" if after else "document.moved-first", **facts) as c:
        put_after(c, document, after)


def move_by(document: Document, *, by: User | None, up: bool) -> None:
    """Moves a document one place."""
    move(document, by=by, after=one_place(list(documents_of(document.step)), document, up=up))


def remove(document: Document, *, by: User | None) -> None:
    """Takes a document out of its step."""
    with change(document.implementation, by, "document.removed", **_facts(document)) as c:
        c.delete(document)


def _facts(document: Document) -> dict[str, Any]:
    return {"document": names(document), **place(document.step)}


def _demand_same_step(document: Document, after: Document | None) -> None:
    if after is not None and after.step_id != document.step_id:
        raise ValidationError({"after": _("It stands in another place.")})
