"""What the pages of a guide share: finding a row, showing the guide with a form in it, saving, and the way back."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crmsetup.access import May, MemberRequest, may
from crmsetup.changes import noting
from crmsetup.history import latest
from crmsetup.responses import next_address, say_done, status_of
from crmsetup.stale import StaleSave, stale_page
from workflows import guides
from workflows.forms import MoveForm, TextsForm, carry_out
from workflows.models import Activity, Document, Guide, Step
from workflows.showing import Opened, guide_id, shown, with_selected

Row = TypeVar("Row", bound=Model)
BROUGHT = "#messages,#guide-head,#guide-history"  # what a swap of the body brings along


def find(request: MemberRequest, model: type[Row], pk: int, *related: str) -> Row:
    """A row of this implementation. Raises Http404."""
    rows = model._base_manager.select_related("implementation", *related)
    return get_object_or_404(rows, implementation=request.implementation, pk=pk)


def find_step(request: MemberRequest, pk: int) -> Step:
    """A step with its guide and status. Raises Http404."""
    return find(request, Step, pk, "guide__implementation", "status__item")


def find_inside(request: MemberRequest, model: type[Row], pk: int) -> Row:
    """An activity or a document with the step that it stands in. Raises Http404."""
    return find(request, model, pk, "step__guide__implementation", "step__status__item")


def posted(request: MemberRequest) -> QueryDict | None:
    """What was sent by a form; None where a page is only looked at."""
    return request.POST if request.method == "POST" else None


def show(
    request: MemberRequest,
    guide: Guide,
    *,
    step: Step | None = None,
    opened: Opened | None = None,
    status: int = 200,
) -> HttpResponse:
    """The guide's page with this step selected, else the one that the address asks for, and with what is opened."""
    request.entry = reverse("workflows:guide-list", args=[request.implementation.slug, guide.kind])
    whole = guides.whole(Guide.objects.filter(pk=guide.pk)).get()
    context = {
        "guide": whole,
        "guides": {"title": guides.KINDS[guide.kind], "url": request.entry},
        "shown": shown(
            whole,
            at=whole.get_absolute_url(),
            query=_query(request, whole, step),
            may_edit=may(request.membership, May.EDIT) and not whole.retired_at,
            opened=opened,
            brings=BROUGHT,
        ),
        "changes": latest(request.implementation, whole.change_scope()),
        "scope": whole.change_scope(),
    }
    return render(request, "workflows/guide.html", context, status=status)


def back(request: MemberRequest, guide: Guide, *, step: Step | None = None, fragment: str = "") -> HttpResponse:
    """To where the person came from; `step` is selected there."""
    return redirect(_way_back(request, guide, step, fragment))


def save(
    request: MemberRequest,
    row: Guide | Step | Activity | Document,
    form: TextsForm,
    act: Callable[..., Any],
    *,
    guide: Guide,
    step: Step | None = None,
) -> HttpResponse:
    """Shows the row as a form, or saves it: back with a message, the form again (422), or both versions (409)."""
    way_back = _way_back(request, guide, step)
    if request.method == "POST":
        try:
            with noting() as made:
                saved = carry_out(form, act)
        except StaleSave as stale:
            theirs = form.stored(stale.row)
            return stale_page(request, form, stale.row, theirs=theirs, action=request.path, back=way_back)
        if saved:
            say_done(request, _("“%(item)s” is saved.") % {"item": row}, made)
            return redirect(way_back)
    opened = Opened(form.focused(), row, way_back)
    return show(request, guide, step=step, opened=opened, status=status_of(form))


def add(
    request: MemberRequest,
    form: BaseForm,
    act: Callable[..., Any],
    *,
    guide: Guide,
    step: Step | None = None,
) -> HttpResponse:
    """Adds what was typed into the last row: back with a message, or the row again (422)."""
    added: list[Any] = []
    with noting() as made:
        done = carry_out(form, lambda **values: added.append(act(**values)))
    if not done:
        return show(request, guide, step=step, opened=Opened(form), status=422)
    say_done(request, _("“%(item)s” is added.") % {"item": added[0]}, made)
    return back(request, guide, step=added[0] if isinstance(added[0], Step) else step)


def move(request: MemberRequest, row: Any, module: Any, others: QuerySet[Any], *, step: Step) -> HttpResponse:
    """Moves a row one place or after another of its order, by the functions of its module."""
    form = MoveForm(request.POST, others=others)
    if not form.is_valid():
        messages.error(request, _("Nothing was moved: what it was to stand after is not there any more."))
        return show(request, step.guide, step=step, status=422)
    wanted = form.cleaned_data
    with noting() as made:
        if wanted["up"] or wanted["down"]:
            module.move_by(row, by=request.user, up=wanted["up"])
        else:
            module.move(row, by=request.user, after=wanted["after"])
    say_done(request, _("“%(item)s” is moved.") % {"item": row}, made)
    return back(request, step.guide, step=step)


def _way_back(request: MemberRequest, guide: Guide, step: Step | None, fragment: str = "") -> str:
    address = next_address(request) or guide.get_absolute_url() + (f"#{fragment}" if fragment else "")
    return with_selected(address, step) if step else address


def _query(request: MemberRequest, guide: Guide, step: Step | None) -> QueryDict:
    """The part of the address that says which status is selected: this page's, or that of the page one came from."""
    name = guide_id(guide)
    came_from = QueryDict(urlsplit(next_address(request)).query)
    wanted = step.pk if step else request.GET.get(name) or came_from.get(name)
    query = QueryDict(mutable=True)
    if wanted:
        query[name] = str(wanted)
    return query
