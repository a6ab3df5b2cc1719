"""A guide is on only while it has two statuses in use."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from crmsetup.changes import Recorder, change
from crmsetup.models import User
from lists.models import ListItem
from workflows.models import Guide, Step
from workflows.writing import names

FEWEST = 2


def switch_on(guide: Guide, *, by: User | None) -> None:
    """Lets the CRM follow the guide. Raises ValidationError where too few statuses are in use, or it is retired."""
    with change(guide.implementation, by, "guide.switched-on") as c:
        guide.refresh_from_db()
        c.params["guide"] = names(c, guide)
        if guide.retired_at:
            raise ValidationError(_("The guide is retired. Restore it before you switch it on."))
        if short(Guide.objects.filter(pk=guide.pk)).exists():
            raise ValidationError(_too_short(guide))
        c.update(guide, is_on=True)


def switch_off(guide: Guide, *, by: User | None) -> None:
    """Lets the CRM no longer follow the guide; what is in it stays."""
    with change(guide.implementation, by, "guide.switched-off") as c:
        c.params["guide"] = names(c, guide)
        c.update(guide, is_on=False)


def switch_off_short_guides(c: Recorder) -> None:
    """At the end of every change: guides that are left with too few statuses switch themselves off, with a word."""
    if not _may_shorten(c):
        return
    for guide in short(Guide.objects.filter(implementation=c.implementation, is_on=True)):
        c.update(guide, is_on=False)
        c.also("guide.switched-itself-off", guide=names(c, guide))


def short(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    """Those with too few statuses in use to be on."""
    used = Count("steps", filter=Q(steps__status__item__retired_at=None))
    return guides.annotate(statuses_in_use=used).filter(statuses_in_use__lt=FEWEST)


def _may_shorten(c: Recorder) -> bool:
    """Whether the change took a step away, retired an item or switched a guide on: only that can leave one short."""
    step, item, guide = (model._meta.label_lower for model in (Step, ListItem, Guide))
    return any(
        (row.model == step and row.after is None)
        or (row.model == item and (row.after or {}).get("retired_at"))
        or (row.model == guide and (row.after or {}).get("is_on"))
        for row in c.rows
    )


def _too_short(guide: Guide) -> str:
    if guide.is_sale:
        return _("A guide needs at least two stages in use before it can be switched on.")
    return _("A guide needs at least two statuses in use before it can be switched on.")
