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
from crmsetup.names import clean_name, name_key, search_key
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
    return one.items.select_related(*facet, "merged_into").order_by(*order)


def in_use(items: QuerySet[ListItem]) -> QuerySet[ListItem]:
    """Those that can still be chosen."""
    return items.filter(retired_at=None)


def found(items: QuerySet[ListItem], words: str) -> QuerySet[ListItem]:
    """Those whose name or translation contains the words; case, accents and æøå are folded."""
    return items.filter(search_key__contains=search_key(words))


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
    _demand_same_list(to, after)
    with change(to.implementation, by, "item.added", list=to.names()) as c:
        item = ListItem(
            implementation=to.implementation,
            list=to,
            name=clean_name(name),
            description=description,
        )
        item.translations = item.with_translations(translations or {})
        _refuse_taken(to, name)
        item.full_clean(exclude=["implementation"])
        if after is not None:
            after.refresh_from_db(fields=["rank"])
        item.rank = rank_after(c, item, after) if after else last_rank(item.siblings())
        c.params["item"] = _names(c, item)
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
    with change(item.list.implementation, by, "item.edited", list=item.list.names()) as c:
        demand_version(item, version)
        stored = ListItem.objects.select_related("list").get(pk=item.pk)
        _refuse_taken(item.list, name, but=item)
        was = stored.name
        values = {
            "name": clean_name(name),
            "description": description,
            "translations": stored.with_translations(translations or {}),
        }
        for field, value in values.items():
            setattr(stored, field, value)
        stored.full_clean()
        fitting = _fitting_facet(item, facet or {})
        c.update(item, **values)
        if fitting is not None:
            c.update(fitting, **(facet or {}))
        c.params["item"] = _names(c, stored)
        if stored.name != was:
            c.verb = "item.renamed"
            c.params |= {"old": was, "item": stored.name}  # it is the name in the main language that changed
    item.refresh_from_db(fields=["version"])


def age_items_with_their_facets(c: Recorder) -> None:
    """At the end of every change, an undo too: what touched a facet makes older forms of its item stale."""
    written = c.touched(ListItem)
    for model in Facet.__subclasses__():
        rows: Any = model._base_manager.filter(pk__in=c.touched(model))
        for facet in rows.exclude(item__in=written).select_related("item"):
            c.touch(facet.item)


def move(item: ListItem, *, by: User | None, after: ListItem | None) -> None:
    """Puts an item directly after another of its list; first where `after` is None."""
    _demand_same_list(item.list, after)
    with change(item.list.implementation, by, "item.moved", list=item.list.names()) as c:
        _put(c, item, after)


def move_by(item: ListItem, *, by: User | None, up: bool) -> None:
    """Moves an item one place among those in use; a retired item and one that stands outermost stay where they are."""
    with change(item.list.implementation, by, "item.moved", list=item.list.names()) as c:
        ordered = list(in_use(items_of(item.list)))
        if item in ordered:
            _put(c, item, one_place(ordered, item, up=up))


def _put(c: Recorder, item: ListItem, after: ListItem | None) -> None:
    c.params["item"] = _names(c, item)
    if after is None:
        c.verb = "item.moved-first"
    else:
        c.params["after"] = _names(c, after)
    put_after(c, item, after)


def retire(item: ListItem, *, by: User | None) -> None:
    """Takes an item out of the pick lists; it stays where it is used."""
    with change(item.list.implementation, by, "item.retired", list=item.list.names()) as c:
        item.refresh_from_db()
        c.params["item"] = _names(c, item)
        if not item.is_retired:
            c.update(item, retired_at=c.at)


def restore(item: ListItem, *, by: User | None) -> None:
    """Brings a retired item back, at its old place."""
    with change(item.list.implementation, by, "item.restored", list=item.list.names()) as c:
        item.refresh_from_db()
        c.params["item"] = _names(c, item)
        if item.merged_into_id is not None:
            raise ValidationError(_("A merged item is restored by undoing the merge."))
        c.update(item, retired_at=None)


def _names(c: Recorder, item: ListItem) -> dict[str, str]:
    return item.texts("name", c.implementation.main_language)


def _demand_same_list(one: List, other: ListItem | None) -> None:
    if other is not None and other.list_id != one.pk:
        raise ValidationError(_("The items stand in different lists."))


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


def _fitting_facet(item: ListItem, values: Mapping[str, Any]) -> Facet | None:
    """The item's facet with the values, none of them written yet. Raises ValidationError where they do not fit."""
    facet = facet_of(item)
    if facet is None:
        return None
    for name, value in values.items():
        setattr(facet, name, value)
    facet.clean_fields(exclude=["item", "implementation"])
    facet.clean()
    return facet
