"""What guides take from the lists: statuses, follow-up types, document templates."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.utils.translation import gettext as _

from crmsetup.models import Implementation
from lists.models import DocumentTemplate, FollowUpType, ListItem, Status
from workflows.models import Guide

F_ = TypeVar("F_", Status, FollowUpType, DocumentTemplate)

# a list that is sorted A–Å is ordered by its names, another by its ranks
IN_LIST_ORDER = (
    Case(When(item__list__alphabetical=True, then=F("item__sort_key")), default=Value(""), output_field=TextField()),
    "item__rank",
    "item_id",
)


def statuses_for(guide: Guide) -> QuerySet[Status]:
    """The statuses that can be added to a guide: of its kind, in use, and not in it yet."""
    rows = Status.objects.filter(implementation=guide.implementation_id, kind=guide.kind, item__retired_at=None)
    return rows.exclude(steps__guide=guide).select_related("item").order_by(*IN_LIST_ORDER)


def follow_up_types(implementation: Implementation, kept: FollowUpType | None = None) -> QuerySet[FollowUpType]:
    """The follow-up types in use, and the one that is kept where it stands."""
    return _in_use(FollowUpType.objects.filter(implementation=implementation), kept)


def document_templates(
    implementation: Implementation, kept: DocumentTemplate | None = None
) -> QuerySet[DocumentTemplate]:
    """The document templates in use, and the one that is kept where it stands."""
    return _in_use(DocumentTemplate.objects.filter(implementation=implementation), kept)


def demand_in_use(field: str, facet: Status | FollowUpType | DocumentTemplate) -> None:
    """Refuses what its list has retired, as it stands now. Raises ValidationError for the field."""
    if not ListItem.objects.filter(pk=facet.item_id, retired_at=None).exists():
        message = _("«%(name)s» is retired. Choose another, or restore it in its list.")
        raise ValidationError({field: message % {"name": facet.item.name}})


def _in_use(rows: QuerySet[F_], kept: F_ | None) -> QuerySet[F_]:
    wanted = Q(item__retired_at=None) | Q(pk=kept.pk if kept else None)
    return rows.filter(wanted).select_related("item").order_by(*IN_LIST_ORDER)
