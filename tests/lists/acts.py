"""Acts on lists, for the test that takes everything back."""

from collections.abc import Mapping
from typing import Any

from lists import items
from lists.models import Category, DocumentTemplate, FollowUpType, List, ListItem
from tests.crmsetup.acts import Act, World, another_place, demand_not_first


def some_list(world: World) -> List:
    return world.one(List.objects.filter(implementation=world.implementation).order_by("id"))


def some_item(world: World, *, of: List | None = None, retired: bool = False) -> ListItem:
    """An item in use, or one that is retired first if it has to be."""
    listed = items.items_of(of or some_list(world)).filter(merged_into=None)
    item = world.one(items.in_use(listed).select_related("list__implementation"))
    if retired:
        items.retire(item, by=world.by)
    return item


def facet_values(world: World, one: List) -> Mapping[str, Any]:
    """Values for what only this list's items have."""
    match one.entry.facet:
        case "category":
            group = world.one(Category.Group.values)
            return {"group": group, "lead_status": group == Category.Group.POTENTIAL and world.maybe()}
        case "status" if one.key == "sale-stage":
            return {"probability": world.number(0, 100)}
        case "follow_up_type":
            return {"form": world.one(FollowUpType.Form.values), "direction": world.one(FollowUpType.Direction.values)}
        case "document_template":
            return {"output": world.one(DocumentTemplate.Output.values)}
    return {}


def add(world: World) -> None:
    to = some_list(world)
    items.add(
        to,
        by=world.by,
        name=world.name(),
        description=world.text(),
        translations={"en": {"name": world.text(), "description": world.text()}},
        facet=facet_values(world, to),
        after=some_item(world, of=to) if world.maybe() else None,
    )


def _write(world: World, item: ListItem, name: str) -> None:
    items.edit(
        item,
        by=world.by,
        version=item.version,
        name=name,
        description=f"{item.description} {world.number(0, 9)}"[-99:],
        translations={"en": {"name": world.text()}},
        facet=facet_values(world, item.list),
    )


def edit(world: World) -> None:
    item = some_item(world)
    _write(world, item, item.name)


def rename(world: World) -> None:
    _write(world, some_item(world), world.name())


def move(world: World) -> None:
    item = some_item(world)
    items.move(item, by=world.by, after=another_place(world, item))


def move_first(world: World) -> None:
    item = some_item(world)
    demand_not_first(item, lambda last: items.move(item, by=world.by, after=last))
    items.move(item, by=world.by, after=None)


def retire(world: World) -> None:
    some_item(world, retired=True)


def restore(world: World) -> None:
    items.restore(some_item(world, retired=True), by=world.by)


ACTS = [
    Act("item.added", add),
    Act("item.edited", edit),
    Act("item.renamed", rename),
    Act("item.moved", move),
    Act("item.moved-first", move_first),
    Act("item.retired", retire),
    Act("item.restored", restore),
]
