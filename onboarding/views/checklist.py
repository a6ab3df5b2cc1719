"""The pages of the checklist."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crmsetup.access import Forbidden, May, MemberRequest, may, may_answer, member_page
from crmsetup.changes import noting
from crmsetup.history import latest
from crmsetup.responses import say_done
from crmsetup.stale import StaleSave, stale_page
from onboarding import checklist
from onboarding.checklist import Board, Row
from onboarding.forms.checklist import ItemForm, MarkForm, TickForm
from onboarding.models import ChecklistItem

SHOWN = ("all", "open", "overdue", "mine")


@member_page()
@require_safe
def checklist_show(request: MemberRequest) -> HttpResponse:
    """All items with what they see of themselves; `show` narrows them."""
    return _page(request)


@member_page(May.ANSWER)
@require_POST
def checklist_item_tick(request: MemberRequest, pk: int) -> HttpResponse:
    """One button of the list: ticks an item off, or takes the tick back."""
    item = _item(request, pk)
    form = TickForm(request.POST, instance=item)
    if not form.is_valid():
        return _page(request, wrong=form, status=422)
    action = reverse("onboarding:checklist-item-tick", args=[request.implementation.slug, pk])
    return _save(request, item, form, action) or _page(request, wrong=form, status=422)


@member_page()
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_item_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """An item in the panel beside the list."""
    item = _item(request, pk)
    form = _form(request, item)
    if request.method == "POST":
        if form is None:
            raise Forbidden
        saved = _save(request, item, form, item.get_absolute_url()) if form.is_valid() else None
        return saved or _page(request, item, form, status=422)
    return _page(request, item, form)


def _item(request: MemberRequest, pk: int) -> ChecklistItem:
    mine = ChecklistItem.objects.filter(implementation=request.implementation)
    return get_object_or_404(mine.select_related("implementation", "responsible__user"), pk=pk)


def _form(request: MemberRequest, item: ChecklistItem) -> MarkForm | None:
    """What the person may write about the item; None where that is nothing."""
    if may(request.membership, May.EDIT):
        return ItemForm(request.POST or None, instance=item)
    if may_answer(request.membership, item.responsible_id):
        return MarkForm(request.POST or None, instance=item)
    return None


def _save(request: MemberRequest, item: ChecklistItem, form: TickForm, action: str) -> HttpResponse | None:
    """Does what a valid form says and goes back to the list; None where it was refused and the form says why."""
    values = dict(form.cleaned_data)
    version = values.pop("version")
    back = _address(request)
    try:
        with noting() as made:
            _act(request, item, version, values)
    except StaleSave as stale:
        theirs = {name: getattr(stale.row, name) for name in values}
        return stale_page(request, form, stale.row, theirs=theirs, action=action, back=back)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    say_done(request, _("“%(item)s” is saved.") % {"item": item}, made)
    return redirect(back)


def _act(request: MemberRequest, item: ChecklistItem, version: int, values: dict[str, Any]) -> None:
    """As much as the form asked: everything, the state with its note, or the state alone."""
    if "due" in values:
        checklist.edit(item, by=request.user, version=version, **values)
    else:
        checklist.tick(item, by=request.user, version=version, **{"note": item.note, **values})


def _page(
    request: MemberRequest,
    item: ChecklistItem | None = None,
    form: MarkForm | None = None,
    *,
    wrong: TickForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list, with an item in the panel or a refused tick on top."""
    board, show = checklist.board(request.implementation), _show(request)
    shown = {name: _narrowed(request, board, name) for name in SHOWN}
    labels = {"all": _("All"), "open": pgettext("several items", "Open"), "overdue": _("Overdue"), "mine": _("Mine")}
    context = {
        "board": board,
        "rows": shown[show],
        "views": [
            {"label": labels[name], "count": len(shown[name]), "url": _address(request, name), "current": name == show}
            for name in SHOWN
        ],
        "show": show,
        "tickable": {row.item.pk for row in board.rows if _tickable(request, row)},
        "chosen": next((row for row in board.rows if row.item == item), None),
        "form": form,
        "wrong": wrong,
        "changes": latest(request.implementation, item.change_scope()) if item else [],
    }
    return render(request, "onboarding/checklist.html", context, status=status)


def _narrowed(request: MemberRequest, board: Board, show: str) -> list[Row]:
    wanted: dict[str, Callable[[Row], bool]] = {
        "all": lambda row: True,
        "open": lambda row: row.is_open,
        "overdue": lambda row: row.is_overdue,
        "mine": lambda row: row.item.responsible_id == request.membership.pk,
    }
    return [row for row in board.rows if wanted[show](row)]


def _tickable(request: MemberRequest, row: Row) -> bool:
    """Whether the person sees a button for it in the list."""
    return row.by_hand and not row.is_out and may_answer(request.membership, row.item.responsible_id)


def _show(request: MemberRequest) -> str:
    """Which view of the list the person is in."""
    wanted = request.POST.get("show") or request.GET.get("show", "")
    return wanted if wanted in SHOWN else "all"


def _address(request: MemberRequest, show: str = "") -> str:
    """The address of the list in one of its views, by default the one that the person is in."""
    show = show or _show(request)
    address = reverse("onboarding:checklist", args=[request.implementation.slug])
    return address if show == "all" else f"{address}?{urlencode({'show': show})}"
