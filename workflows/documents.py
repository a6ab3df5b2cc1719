"""What can be done with the documents of a step: add, edit, move and remove them.

Every act takes the person who acts (`by`), is one recorded change, and raises what stops it: ValidationError for unfit
values, `StaleSave` where somebody saved meanwhile.
"""

from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crmsetup.changes import Recorder, change
from crmsetup.models import User
from crmsetup.ordering import one_place, put_after, rank_of_new
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
        document.rank = rank_of_new(c, document, after)
        c.params.update(_facts(c, document))
        return c.create(document)


def edit(document: Document, *, by: User | None, version: int, **values: Unpack[DocumentValues]) -> None:
    """Writes the given values. A template that was retired meanwhile may stay."""
    with change(document.implementation, by, "document.edited") as c:
        was, now = rewrite(c, document, version, values)
        if now.template and now.template_id != was.template_id:
            demand_in_use("template", now.template)
        c.params |= {"document": names(c, now), **place(c, document.step)}
        if now.name != was.name:
            c.verb = "document.renamed"
            c.params |= {"old": was.name, "document": now.name}  # in the main language


def move(document: Document, *, by: User | None, after: Document | None) -> None:
    """Puts a document directly after another of its step; first where `after` is None."""
    _demand_same_step(document, after)
    with change(document.implementation, by, "document.moved") as c:
        _put(c, document, after)


def move_by(document: Document, *, by: User | None, up: bool) -> None:
    """Moves a document one place; one that stands outermost stays where it is."""
    with change(document.implementation, by, "document.moved") as c:
        _put(c, document, one_place(list(documents_of(document.step)), document, up=up))


def remove(document: Document, *, by: User | None) -> None:
    """Takes a document out of its step."""
    with change(document.implementation, by, "document.removed") as c:
        c.params.update(_facts(c, document))
        c.delete(document)


def _facts(c: Recorder, document: Document) -> dict[str, Any]:
    return {"document": names(c, document), **place(c, document.step)}


def _put(c: Recorder, document: Document, after: Document | None) -> None:
    c.params.update(_facts(c, document))
    if after is None:
        c.verb = "document.moved-first"
    else:
        c.params["after"] = names(c, after)
    put_after(c, document, after)


def _demand_same_step(document: Document, after: Document | None) -> None:
    if after is not None and after.step_id != document.step_id:
        raise ValidationError({"after": _("It stands in another place.")})
