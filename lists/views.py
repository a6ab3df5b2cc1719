"""Pages of the lists: all of them, one as a table, and one item with everything about it."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crmsetup.access import Forbidden, May, MemberRequest, may, member_page
from crmsetup.responses import status_of
from lists.counting import tallies
from lists.editing import Editor, editor, facts_of, perform
from lists.editing.acting import save
from lists.forms import ItemForm
from lists.history import latest_of
from lists.items import items_of
from lists.models import List, ListItem
from lists.uses import uses


@member_page()
@require_safe
def list_index(request: MemberRequest) -> HttpResponse:
    """All lists with what they hold and what they lack."""
    return render(request, "lists/index.html", {"tallies": tallies(request.implementation)})


@member_page()
@require_safe
def list_show(request: MemberRequest, key: str) -> HttpResponse:
    """A list as a table; who may edit can type into it."""
    return _page(request, _editor(request, _list(request, key), request.GET))


@member_page(May.EDIT)
@require_POST
def list_edit(request: MemberRequest, key: str) -> HttpResponse:
    """The acts of the list's editor."""
    one = _list(request, key)
    done = perform(request, one, **_addresses(one))
    return done if isinstance(done, HttpResponse) else _page(request, done, status=422)


@member_page()
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """The list with everything about one item beside it; who may edit saves it here."""
    one = _list(request, key)
    item = get_object_or_404(items_of(one), pk=pk)
    if request.method != "POST":
        return _panel(request, one, item, ItemForm(one=one, instance=item, auto_id="item-%s"))
    if not may(request.membership, May.EDIT):
        raise Forbidden
    form = ItemForm(request.POST, one=one, instance=item, auto_id="item-%s")
    here = item.get_absolute_url()
    saved = save(request, form, item, acts=here, back=here)
    if isinstance(saved, HttpResponse):
        return saved
    return redirect(here) if saved else _panel(request, one, get_object_or_404(items_of(one), pk=pk), form)


def _list(request: MemberRequest, key: str) -> List:
    return get_object_or_404(
        List.objects.select_related("implementation"), implementation=request.implementation, key=key
    )


def _addresses(one: List) -> dict[str, str]:
    place = [one.implementation.slug, one.key]
    return {"at": reverse("lists:list-show", args=place), "acts": reverse("lists:list-edit", args=place)}


def _editor(request: MemberRequest, one: List, query: QueryDict) -> Editor:
    return editor(one, may_edit=may(request.membership, May.EDIT), query=query, **_addresses(one))


def _page(request: MemberRequest, shown: Editor, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "lists/list.html", {"editor": shown, "list": shown.one, **more}, status=status)


def _panel(request: MemberRequest, one: List, item: ListItem, form: ItemForm) -> HttpResponse:
    shown = _editor(request, one, QueryDict("retired=1" if item.is_retired else f"near={item.pk}"))
    shown.chosen, shown.swaps = item.pk, False
    more = {"facts": facts_of(item), "uses": uses(item), "changes": latest_of(item)}
    return _page(request, shown, status=status_of(form), item=item, form=form, **more)
