"""Where guides use the items of lists, in words."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from lists.uses import Teller, Use
from workflows.models import Activity, Document, Guide, Step


def of_steps(steps: QuerySet[Step]) -> list[Use]:
    """A status at its place in a guide."""
    found = steps.select_related("guide__implementation").order_by("guide__rank", "guide_id")
    return [_in_guide(_("The guide “%(guide)s”"), step.guide) for step in found]


def of_activities(activities: QuerySet[Activity]) -> list[Use]:
    """A follow-up type of activities."""
    return [_inside(activity) for activity in _in_order(activities)]


def of_documents(documents: QuerySet[Document]) -> list[Use]:
    """A template of documents."""
    return [_inside(document) for document in _in_order(documents)]


TELLERS: dict[type[Model], Teller] = {Step: of_steps, Activity: of_activities, Document: of_documents}


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    place = ("step__guide__rank", "step__guide_id", "step__rank", "step_id", "rank", "id")
    return rows.select_related("step__guide__implementation").order_by(*place)


def _inside(row: Activity | Document) -> Use:
    return _in_guide(_("“%(row)s” in the guide “%(guide)s”"), row.step.guide, row=row.name)


def _in_guide(sentence: str, guide: Guide, **facts: str) -> Use:
    words = sentence % {"guide": guide.name, **facts}
    told = _("%(words)s (retired)") % {"words": words} if guide.retired_at else words
    return Use(told, guide.get_absolute_url())
