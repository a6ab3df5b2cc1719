"""What the forms of the editor do when they are posted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from crmsetup.access import MemberRequest
from crmsetup.changes import noting
from crmsetup.names import localized
from crmsetup.responses import say_done
from crmsetup.stale import StaleSave, stale_page
from lists import items
from lists.editing.paging import following
from lists.editing.showing import Editor, Filters, Opened, item_row, new_row, shown
from lists.forms import ItemForm
from lists.models import List, ListItem
from lists.uses import uses


@dataclass(frozen=True)
class Posted:
    """A posted form of the editor that stands at `at`."""

    request: MemberRequest
    one: List
    at: str
    acts: str

    @property
    def filters(self) -> Filters:
        return Filters.of(self.request.POST)

    def item(self, name: str = "item") -> ListItem:
        """The item of this list that the body names. Raises Http404 for any other."""
        return self.named(name)[0]

    def named(self, *names: str) -> list[ListItem]:
        """The items of this list that the body names. Raises Http404 for any other."""
        given = [self.request.POST.get(name, "") for name in names]
        wanted = [Q(pk=int(pk)) for pk in given if pk.isdecimal()]
        found = {item.pk: item for item in self.one.items.filter(reduce(or_, wanted))} if wanted else {}
        try:
            return [found[int(pk)] for pk in given]
        except (ValueError, KeyError) as missing:
            raise Http404 from missing

    def then(self) -> ListItem | None:
        """The item that the person goes on to, if it is a particular one."""
        return self.item("then") if self.request.POST.get("then", "").isdecimal() else None

    def back(self, *, fragment: str = "", **opened: str | int) -> HttpResponse:
        """To the page that the editor stands on, filtered as before, with this row open."""
        filters = replace(self.filters, page=0) if opened else self.filters  # a row is on the page where it stands
        query = urlencode({**filters.params, **opened})
        return redirect(f"{self.at}?{query}{fragment}" if query else f"{self.at}{fragment}")

    def back_to(self, item: ListItem) -> HttpResponse:
        """To the item's row."""
        near = {"near": item.pk} if self.filters.page else {}
        return self.back(fragment=f"#item-{item.pk}", **near)

    def again(self, opened: Opened) -> Editor:
        """The editor with the row that could not be saved."""
        return shown(self.one, at=self.at, acts=self.acts, may_edit=True, filters=self.filters, opened=opened)


def perform(request: MemberRequest, one: List, *, at: str, acts: str) -> HttpResponse | Editor:
    """Carries out a posted form: the way back to `at`, or the page of a stale save (409).

    Gives the editor where something has to be put right; its host shows it with status 422. Raises Http404 for an
    item that is not of this list, BadRequest for an act that there is not.
    """
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise BadRequest("an editor has no such act")
    return act(Posted(request, one, at, acts))


def save(request: MemberRequest, form: ItemForm, item: ListItem, *, acts: str, back: str) -> HttpResponse | bool:
    """Writes an item as it was typed, and says so.

    False where the form has to be put right; a page where somebody saved meanwhile.
    """
    try:
        with noting() as made:
            act = partial(items.edit, item, by=request.user)
            done = form.carry_out(lambda **values: act(version=form.cleaned_data["version"], **values))
    except StaleSave as stale:
        return stale_page(request, form, stale.row, theirs=form.stored(stale.row), action=acts, back=back)
    if done:
        say_done(request, _("“%(item)s” is saved.") % {"item": form.cleaned_data["name"]}, made)
    return done


def _add(posted: Posted) -> HttpResponse | Editor:
    after = posted.item("after") if posted.request.POST.get("after") else None
    then = posted.then()
    form = new_row(posted.one, posted.request.POST)
    made: list[ListItem] = []
    with noting() as changes:
        act = partial(items.add, posted.one, by=posted.request.user, after=after)
        if not form.carry_out(lambda **values: made.append(act(**values))):
            return posted.again(Opened("new", after, form))
    say_done(posted.request, _("“%(item)s” is added.") % {"item": made[0].name}, changes)
    if then:
        return posted.back(edit=then.pk)
    return posted.back(new="", after=made[0].pk) if after else posted.back(new="")


def _save(posted: Posted) -> HttpResponse | Editor:
    item, then = posted.item(), posted.then()
    form = item_row(posted.one, item, posted.request.POST)
    back = f"{posted.at}?{urlencode({**posted.filters.params, 'edit': item.pk})}"
    saved = save(posted.request, form, item, acts=posted.acts, back=back)
    if isinstance(saved, HttpResponse):
        return saved
    if not saved:
        return posted.again(Opened("edit", item, form))
    return _after_saving(posted, item, then)


def _after_saving(posted: Posted, item: ListItem, then: ListItem | None) -> HttpResponse:
    """Where the person goes on: in another row, with what else is to be done to this one, or nowhere."""
    if then:
        return posted.back(edit=then.pk)
    match posted.request.POST.get("then"):
        case "next":
            return _to_next(posted, item)
        case "new":
            return posted.back(new="")
        case "below":
            return posted.back(new="", after=item.pk)
        case "move":
            return posted.back(move=item.pk)
    return posted.back_to(item)


def _to_next(posted: Posted, item: ListItem) -> HttpResponse:
    """To the next row that is shown; after the last to a new one."""
    pk = following(posted.one, item, posted.filters.words)
    if pk is not None:
        return posted.back(edit=pk)
    return posted.back_to(item) if posted.filters.words else posted.back(new="")


def _up(posted: Posted) -> HttpResponse:
    item = posted.item()
    return _moved(posted, item, partial(items.move_by, item, up=True))


def _down(posted: Posted) -> HttpResponse:
    item = posted.item()
    return _moved(posted, item, partial(items.move_by, item, up=False))


def _move(posted: Posted) -> HttpResponse:
    names = ["item", "after"] if posted.request.POST.get("after") else ["item"]
    item, *after = posted.named(*names)
    return _moved(posted, item, partial(items.move, item, after=after[0] if after else None))


def _moved(posted: Posted, item: ListItem, act: Callable[..., None]) -> HttpResponse:
    with noting() as made:
        act(by=posted.request.user)
    if made:
        say_done(posted.request, _now_stands(made[-1].params), made)
    return posted.back_to(item)


def _now_stands(facts: Mapping[str, Any]) -> str:
    item, after = localized(facts["item"]), localized(facts.get("after"))
    if not after:
        return _("“%(item)s” now stands first.") % {"item": item}
    return _("“%(item)s” now stands after “%(after)s”.") % {"item": item, "after": after}


def _retire(posted: Posted) -> HttpResponse:
    """Asks first where something uses the item."""
    item = posted.item()
    if "sure" not in posted.request.POST and not item.is_retired and uses(item):
        return posted.back(retire=item.pk)
    with noting() as made:
        items.retire(item, by=posted.request.user)
    told = _("“%(item)s” is retired. It stays where it is used, but can no longer be chosen.")
    say_done(posted.request, told % {"item": item.name}, made)
    return posted.back()


def _restore(posted: Posted) -> HttpResponse:
    item = posted.item()
    try:
        with noting() as made:
            items.restore(item, by=posted.request.user)
    except ValidationError as refused:
        messages.error(posted.request, " ".join(refused.messages))
        return posted.back()
    say_done(posted.request, _("“%(item)s” is in use again, at its old place.") % {"item": item.name}, made)
    return posted.back_to(item)


ACTS: dict[str, Callable[[Posted], HttpResponse | Editor]] = {
    "add": _add,
    "save": _save,
    "up": _up,
    "down": _down,
    "move": _move,
    "retire": _retire,
    "restore": _restore,
}
