"""What can be done with the items of a list: add, edit, move, retire, restore, find.

Every act takes the person who acts (`by`), is one recorded change, and raises what stops it:
ValidationError for unfit values, `NameTaken` for a name that the list has, `StaleSave` where somebody saved meanwhile.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crmsetup.changes import Recorder, change
from crmsetup.models import User
from crmsetup.names import name_key, search_key
from crmsetup.ordering import last_rank, one_place, put_after, rank_after
from crmsetup.stale import demand_version
from lists.models import Facet, List, ListItem
from lists.starting import new_facet


class NameTaken(ValidationError):
    """The list has an item of that name already; `item` is it, and it may be retired."""

    def __init__(self, item: ListItem) -> None:
        self.item = item
        if item.is_retired:
            message = _("«%(name)s» exists, but is retired. Restore it instead.") % {"name": item.name}
        else:
            message = _("«%(name)s» exists already. Capitals and spaces make no difference.") % {"name": item.name}
        super().__init__({"name": ValidationError(message, code="taken")})


def items_of(one: List) -> QuerySet[ListItem]:
    """The list's items in their order, retired ones included, with what their rows show."""
    order = ("sort_key", "id") if one.alphabetical else ("rank", "id")
    facet = [one.entry.facet] if one.entry.facet else []
    return ListItem.objects.filter(list=one).select_related(*facet, "merged_into").order_by(*order)


def in_use(items: QuerySet[ListItem]) -> QuerySet[ListItem]:
    """Those that can still be chosen."""
    return items.filter(retired_at=None)


def found(items: QuerySet[ListItem], words: str) -> QuerySet[ListItem]:
    """Those whose name or translation contains the words; case, accents and æøå are folded."""
    key = search_key(words)
    return items.filter(search_key__contains=key) if key else items


def facet_of(item: ListItem) -> Facet | None:
    """The row with what only this list's items have; None for an ordinary list."""
    name = item.list.entry.facet
    return getattr(item, name, None) if name else None


def add(
    to: List,
    *,
    by: User | None,
    name: str,
    description: str = "",
    translations: Mapping[str, Mapping[str, str]] | None = None,
    facet: Mapping[str, Any] | None = None,
    after: ListItem | None = None,
) -> ListItem:
    """A new item, at the end of the list or after another of its items."""
    with change(to.implementation, by, "item.added", list=to.names()) as c:
        item = ListItem(
            implementation=to.implementation,
            list=to,
            name=name,
            description=description,
        )
        item.translations = item.with_translations(translations or {})
        _refuse_taken(to, name)
        item.full_clean(exclude=["implementation"])
        item.rank = rank_after(c, item, after) if after else last_rank(item.siblings())
        c.params["item"] = item.texts("name", to.implementation.main_language)
        c.create(item)
        _create_facet(c, item, facet or {})
    return item


def edit(
    item: ListItem,
    *,
    by: User | None,
    version: int,
    name: str,
    description: str = "",
    translations: Mapping[str, Mapping[str, str]] | None = None,
    facet: Mapping[str, Any] | None = None,
) -> None:
    """Writes name, description, translations and the facet's columns."""
    implementation = item.list.implementation
    with change(implementation, by, "item.edited", list=item.list.names()) as c:
        demand_version(item, version)
        stored = ListItem.objects.select_related("list").get(pk=item.pk)
        _refuse_taken(item.list, name, but=item)
        was = stored.name
        values = {
            "name": name,
            "description": description,
            "translations": stored.with_translations(translations or {}),
        }
        for field, value in values.items():
            setattr(stored, field, value)
        stored.full_clean()
        touched = c.update(item, **values)
        touched = _update_facet(c, item, facet or {}) or touched
        if touched and item.version == version:
            c.touch(item)  # a facet's change must make the item's older forms stale as well
        c.params["item"] = stored.texts("name", implementation.main_language)
        if stored.name != was:
            c.verb = "item.renamed"
            c.params["old"] = was


def move(item: ListItem, *, by: User | None, after: ListItem | None) -> None:
    """Puts an item directly after another of its list; first where `after` is None."""
    if after is not None and after.list_id != item.list_id:
        raise ValidationError(_("The items stand in different lists."))
    facts = {"list": item.list.names(), "item": _names(item)}
    if after is not None:
        facts["after"] = _names(after)
    with change(item.list.implementation, by, "item.moved" if after else "item.moved-first", **facts) as c:
        put_after(c, item, after)


def move_by(item: ListItem, *, by: User | None, up: bool) -> None:
    """Moves an item one place among those in use."""
    move(item, by=by, after=one_place(list(in_use(items_of(item.list))), item, up=up))


def retire(item: ListItem, *, by: User | None) -> None:
    """Takes an item out of the pick lists; it stays where it is used."""
    with change(item.list.implementation, by, "item.retired", list=item.list.names(), item=_names(item)) as c:
        item.refresh_from_db()
        if not item.is_retired:
            c.update(item, retired_at=c.at)


def restore(item: ListItem, *, by: User | None) -> None:
    """Brings a retired item back, at its old place."""
    with change(item.list.implementation, by, "item.restored", list=item.list.names(), item=_names(item)) as c:
        item.refresh_from_db()
        if item.merged_into_id is not None:
            raise ValidationError(_("A merged item is restored by undoing the merge."))
        c.update(item, retired_at=None)


def _names(item: ListItem) -> dict[str, str]:
    return item.texts("name", item.list.implementation.main_language)


def _refuse_taken(to: List, name: str, but: ListItem | None = None) -> None:
    taken = ListItem.objects.filter(list=to, name_key=name_key(name)).first()
    if taken is not None and taken != but:
        raise NameTaken(taken)


def _create_facet(c: Recorder, item: ListItem, values: Mapping[str, Any]) -> None:
    facet = new_facet(item, values)
    if facet is not None:
        facet.implementation = item.implementation
        facet.clean_fields(exclude=["item", "implementation"])
        facet.clean()
        c.create(facet)


def _update_facet(c: Recorder, item: ListItem, values: Mapping[str, Any]) -> bool:
    facet = facet_of(item)
    if facet is None or not values:
        return False
    for name, value in values.items():
        setattr(facet, name, value)
    facet.clean_fields(exclude=["item", "implementation"])
    facet.clean()
    return c.update(facet, **values)
