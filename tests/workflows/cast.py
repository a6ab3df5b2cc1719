"""Guides that are easy to think about, beside those of the starter set."""

from lists.models import FollowUpType, Status
from workflows import activities, guides, steps
from workflows.models import Guide, Step


def statuses(implementation, kind: str) -> list[Status]:
    """The statuses of a kind in use, in the order of their list."""
    found = Status.objects.filter(implementation=implementation, kind=kind, item__retired_at=None)
    return list(found.select_related("item__list").order_by("item__rank"))


def follow_up_type(implementation, number: int = 0) -> FollowUpType:
    return FollowUpType.objects.filter(implementation=implementation).order_by("item__rank")[number]


def build(implementation, kind: str, name: str, length: int) -> Guide:
    """A guide with the first `length` statuses, each with one activity."""
    guide = guides.add(implementation, by=None, kind=kind, name=name)
    for status in statuses(implementation, kind)[:length]:
        step = steps.add(guide, by=None, status=status)
        activities.add(step, by=None, name=f"Ring om {status}", type=follow_up_type(implementation))
    return guide


def order(guide: Guide) -> list[str]:
    """The names of its statuses, retired ones included."""
    return [str(step) for step in steps.steps_of(guide)]


def step_of(guide: Guide, number: int) -> Step:
    return list(steps.steps_of(guide))[number]


def page_of(guide: Guide, step: Step | None = None) -> str:
    """The address of a guide's page, with this status selected."""
    selected = f"?guide-{guide.pk}={step.pk}" if step else ""
    return f"/i/fjord/guides/{guide.pk}/{selected}"
