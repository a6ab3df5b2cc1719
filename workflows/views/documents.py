"""What is done with the documents of a step, on the guide's page."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crmsetup.access import May, MemberRequest, member_page
from crmsetup.changes import noting
from crmsetup.responses import say_done
from workflows import documents
from workflows.forms import DocumentForm
from workflows.models import Document
from workflows.showing import new_document
from workflows.views.page import add, back, find_inside, find_step, move, posted, save


@member_page(May.EDIT)
@require_POST
def document_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Adds a document at the end of a step."""
    step = find_step(request, pk)
    form = new_document(step, request.POST)
    return add(request, form, partial(documents.add, step, by=request.user), guide=step.guide, step=step)


@member_page(May.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The document as a form in its place."""
    document = find_inside(request, Document, pk)
    form = DocumentForm(
        posted(request),
        instance=document,
        step=document.step,
        languages=request.implementation.further_languages,
        auto_id=f"document-{document.pk}-%s",
    )
    act = partial(documents.edit, document, by=request.user)
    return save(request, document, form, act, guide=document.step.guide, step=document.step)


@member_page(May.EDIT)
@require_POST
def document_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Moves the document within its step."""
    document = find_inside(request, Document, pk)
    return move(request, document, documents, document.siblings(), step=document.step)


@member_page(May.EDIT)
@require_POST
def document_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Takes the document out of its step."""
    document = find_inside(request, Document, pk)
    with noting() as made:
        documents.remove(document, by=request.user)
    say_done(request, _("“%(item)s” is removed.") % {"item": document}, made)
    return back(request, document.step.guide, step=document.step)
