"""Acts on guides, for the test that takes everything back."""

from types import ModuleType
from typing import Any

from tests.crmsetup.acts import Act, World, another_place, demand_not_first
from workflows import activities, documents, guides, picking, steps, switching
from workflows.models import Activity, Document, Guide, Kind, Step


def some_guide(world: World) -> Guide:
    return world.one(Guide.objects.filter(implementation=world.implementation, retired_at=None).order_by("id"))


def a_guide(world: World, length: int = 3) -> Guide:
    """A new guide with so many statuses."""
    kind = world.one(Kind.values)
    guide = guides.add(world.implementation, by=world.by, kind=kind, **guide_values(world))
    for _number in range(length):
        steps.add(guide, by=world.by, status=world.one(picking.statuses_for(guide)), after=None)
    return guide


def guide_values(world: World) -> dict[str, Any]:
    return {
        "name": world.name(),
        "description": world.text(),
        "translations": {"en": {"name": world.name()}},
        "duration": world.one([None, 1, 90]),
        "duration_unit": world.one(Guide.Unit.values),
        "suggest_next": world.maybe(),
    }


def edit_guide(world: World) -> None:
    guide = some_guide(world)
    values = guide_values(world) | {"name": guide.name}
    guides.edit(guide, by=world.by, version=guide.version, **values)


def rename_guide(world: World) -> None:
    guide = some_guide(world)
    guides.edit(guide, by=world.by, version=guide.version, **guide_values(world))


def retire_guide(world: World) -> Guide:
    guide = a_guide(world, length=0) if world.maybe() else some_guide(world)
    guides.retire(guide, by=world.by)
    return guide


def switch_on(world: World) -> Guide:
    guide = a_guide(world, length=2)
    switching.switch_on(guide, by=world.by)
    return guide


def shorten(world: World) -> None:
    guide = switch_on(world)
    steps.remove(world.one(steps.steps_of(guide)), by=world.by)


def some_step(world: World) -> Step:
    """A step of a guide in use; a new guide's where there is none."""
    found = Step.objects.filter(guide__implementation=world.implementation, guide__retired_at=None).order_by("id")
    return world.one(found or steps.steps_of(a_guide(world)))


def add_step(world: World) -> None:
    guide = a_guide(world, length=2)
    status, after = world.one(picking.statuses_for(guide)), world.one(steps.steps_of(guide))
    steps.add(guide, by=world.by, status=status, after=after if world.maybe() else None)


def edit_step(world: World) -> None:
    step = some_step(world)
    values = {"purpose": world.name(), "expected_days": world.one([None, 0, 14]), "exit_criteria": world.text()}
    steps.edit(step, by=world.by, version=step.version, translations={"en": {"purpose": world.name()}}, **values)


def step_to_move(world: World) -> Step:
    return world.one(steps.steps_of(a_guide(world)))


def activity_values(world: World, step: Step) -> dict[str, Any]:
    sale = step.kind == Kind.SALE
    return {
        "name": world.name(),
        "type": world.one(picking.follow_up_types(world.implementation)),
        "purpose": world.text(),
        "days": world.number(0, 9999),
        "minutes": world.number(0, 99),
        "default_text": world.text(),
        "auto_suggest": sale and world.maybe(),
        "milestone": not sale and world.maybe(),
        "translations": {"en": {"name": world.name()}},
    }


def document_values(world: World, step: Step) -> dict[str, Any]:
    return {
        "name": world.name(),
        "template": world.one([None, *picking.document_templates(world.implementation)]),
        "default_subject": world.text(),
        "our_ref": world.name(),
    }


VALUES = {activities: activity_values, documents: document_values}


def some_content(world: World, room: ModuleType, count: int = 1) -> Activity | Document:
    """An activity or a document of a step that has at least `count` of them."""
    step = some_step(world)
    made = [room.add(step, by=world.by, **VALUES[room](world, step)) for _number in range(count)]
    return world.one(made)


def edit_content(world: World, room: ModuleType, *, rename: bool) -> None:
    row = some_content(world, room)
    values = VALUES[room](world, row.step) | ({} if rename else {"name": row.name, "purpose": world.name()})
    room.edit(row, by=world.by, version=row.version, **values)


def move(world: World, room: ModuleType, row: Any) -> None:
    room.move(row, by=world.by, after=another_place(world, row))


def move_first(world: World, room: ModuleType, row: Any) -> None:
    demand_not_first(row, lambda last: room.move(row, by=world.by, after=last))
    room.move(row, by=world.by, after=None)


def of_content(thing: str, room: ModuleType) -> list[Act]:
    """The acts on the activities or the documents of a step."""
    return [
        Act(f"{thing}.added", lambda world: some_content(world, room)),
        Act(f"{thing}.edited", lambda world: edit_content(world, room, rename=False)),
        Act(f"{thing}.renamed", lambda world: edit_content(world, room, rename=True)),
        Act(f"{thing}.moved", lambda world: move(world, room, some_content(world, room, 3))),
        Act(f"{thing}.moved-first", lambda world: move_first(world, room, some_content(world, room, 2))),
        Act(f"{thing}.removed", lambda world: room.remove(some_content(world, room), by=world.by)),
    ]


ACTS = [
    Act("guide.added", a_guide),
    Act("guide.edited", edit_guide),
    Act("guide.renamed", rename_guide),
    Act("guide.retired", retire_guide),
    Act("guide.restored", lambda world: guides.restore(retire_guide(world), by=world.by)),
    Act("guide.switched-on", switch_on),
    Act("guide.switched-off", lambda world: switching.switch_off(switch_on(world), by=world.by)),
    Act("guide.switched-itself-off", shorten),
    Act("step.added", add_step),
    Act("step.edited", edit_step),
    Act("step.moved", lambda world: move(world, steps, step_to_move(world))),
    Act("step.moved-first", lambda world: move_first(world, steps, step_to_move(world))),
    Act("step.removed", lambda world: steps.remove(some_step(world), by=world.by)),
    *of_content("activity", activities),
    *of_content("document", documents),
]
