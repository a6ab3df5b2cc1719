"""What can be done with guides: make, edit, retire and restore them; and how they are found.

Every act takes the person who acts (`by`), is one recorded change, and raises what stops it: ValidationError for unfit
values, `NameTaken` for a name that another guide of its kind has, `StaleSave` where somebody saved meanwhile.
"""

from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from crmsetup.changes import change
from crmsetup.models import Implementation, User
from crmsetup.names import name_key
from crmsetup.ordering import last_rank
from workflows.models import Activity, Document, Guide, Kind, Step
from workflows.writing import Translations, demand_fit, fill, names, rewrite

KINDS: dict[str, Any] = {Kind.SALE: _lazy("Sale guides"), Kind.PROJECT: _lazy("Project guides")}


class GuideValues(TypedDict, total=False):
    """What a guide says of itself."""

    name: str
    description: str
    translations: Translations | None
    duration: int | None
    duration_unit: str
    suggest_next: bool


class NameTaken(ValidationError):
    """There is a guide of that name and kind already; `guide` is it, and it may be retired."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        if guide.retired_at:
            message = _("«%(name)s» exists, but is retired. Restore it instead.") % {"name": guide.name}
        else:
            message = _("«%(name)s» exists already. Capitals and spaces make no difference.") % {"name": guide.name}
        super().__init__({"name": ValidationError(message, code="taken")})


def of_kind(implementation: Implementation, kind: str) -> QuerySet[Guide]:
    """The guides for sales or for projects in their order, retired ones included."""
    return Guide.objects.filter(implementation=implementation, kind=kind).order_by("rank", "id")


def in_use(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """Those that are not retired."""
    return guides.filter(retired_at=None)


def whole(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """The guides with all that is in them, in five queries however many there are.

    Each step's status has in `places` the steps of it in all guides that are not retired.
    """
    places = Step.objects.filter(guide__retired_at=None).select_related("guide__implementation")
    steps = Step.objects.select_related("status__item").order_by("rank", "id")
    inside = (
        Prefetch("activities", Activity.objects.select_related("type__item").order_by("rank", "id")),
        Prefetch("documents", Document.objects.select_related("template__item").order_by("rank", "id")),
        Prefetch("status__steps", places.order_by("guide__rank", "guide_id"), to_attr="places"),
    )
    return guides.select_related("implementation").prefetch_related(
        Prefetch("steps", steps.prefetch_related(*inside)),
    )


def add(implementation: Implementation, *, by: User | None, kind: str, **values: Unpack[GuideValues]) -> Guide:
    """A new guide after the others of its kind, off and without statuses."""
    with change(implementation, by, "guide.added") as c:
        guide = fill(Guide(implementation=implementation, kind=kind), values)
        _refuse_taken(guide, guide.name)
        demand_fit(guide)
        guide.rank = last_rank(guide.siblings())
        c.params["guide"] = names(c, guide)
        return c.create(guide)


def edit(guide: Guide, *, by: User | None, version: int, **values: Unpack[GuideValues]) -> None:
    """Writes the given values."""
    with change(guide.implementation, by, "guide.edited") as c:
        _refuse_taken(guide, values.get("name", guide.name))
        was, now = rewrite(c, guide, version, values)
        c.params["guide"] = names(c, now)
        if now.name != was.name:
            c.verb = "guide.renamed"
            c.params |= {"old": was.name, "guide": now.name}  # in the main language


def retire(guide: Guide, *, by: User | None) -> None:
    """Takes a guide out of use, and switches it off with it."""
    with change(guide.implementation, by, "guide.retired") as c:
        guide.refresh_from_db()
        c.params["guide"] = names(c, guide)
        if not guide.retired_at:
            c.update(guide, retired_at=c.at, is_on=False)


def restore(guide: Guide, *, by: User | None) -> None:
    """Brings a retired guide back, at its old place and off."""
    with change(guide.implementation, by, "guide.restored") as c:
        c.params["guide"] = names(c, guide)
        c.update(guide, retired_at=None)


def _refuse_taken(guide: Guide, name: str) -> None:
    taken = guide.siblings().filter(name_key=name_key(name)).exclude(pk=guide.pk).first()
    if taken is not None:
        raise NameTaken(taken)
