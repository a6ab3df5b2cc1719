"""The lists of the document, each as a table."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from crmsetup.languages import language_name
from crmsetup.models import Implementation
from crmsetup.templatetags.look import percent
from lists.models import List, ListItem
from onboarding.preparation.parts import ListPart, Row

COLUMNS = 2  # as many further languages have a column of their own; more stand below each other in one


def lists_of(implementation: Implementation) -> list[List]:
    """The implementation's lists with all their items, retired ones included."""
    items = ListItem.objects.select_related(
        "category", "status", "follow_up_type", "document_template", "merged_into"
    ).order_by("rank", "id")
    lists = List.objects.filter(implementation=implementation).order_by("rank", "id")
    return list(lists.prefetch_related(Prefetch("items", items)))


def in_use(one: List) -> list[ListItem]:
    """The items that can be chosen, in the order of the list."""
    return [item for item in _in_order(one) if not item.is_retired]


def _in_order(one: List) -> list[ListItem]:
    items = list(one.items.all())
    return sorted(items, key=lambda item: (item.sort_key, item.pk)) if one.alphabetical else items


def list_part(implementation: Implementation, one: List, language: str) -> ListPart:
    """A list with its items in use and, after them, the retired ones."""
    others = [code for code in implementation.languages if code != language]
    rows = [_row(one, item, language, others, implementation.main_language) for item in _in_order(one)]
    return ListPart(
        anchor=f"list-{one.key}",
        name=one.name,
        purpose=str(one.entry.purpose),
        columns=(*_language_columns(others), *_facet_columns(one)),
        rows=tuple(row for row in rows if not row.retired),
        retired=tuple(row for row in rows if row.retired),
    )


def _row(one: List, item: ListItem, language: str, others: list[str], main: str) -> Row:
    return Row(
        name=item.text_in("name", language),
        cells=(*_language_cells(item, others, main), *_facet_cells(one, item)),
        description=item.text_in("description", language),
        retired=_retired(item, language),
    )


def _retired(item: ListItem, language: str) -> str:
    if item.merged_into is not None:
        return _("Merged into «%(name)s».") % {"name": item.merged_into.text_in("name", language)}
    return _("Retired: cannot be chosen, stays where it is used.") if item.is_retired else ""


def _language_columns(others: list[str]) -> list[str]:
    return [language_name(code) for code in others] if len(others) <= COLUMNS else [_("Other languages")]


def _language_cells(item: ListItem, others: list[str], main: str) -> list[str]:
    names = [item.name if code == main else item.translations.get(code, {}).get("name", "") for code in others]
    if len(others) <= COLUMNS:
        return [name or "–" for name in names]
    return ["\n".join(f"{language_name(code)}: {name or '–'}" for code, name in zip(others, names, strict=True))]


def _facet_columns(one: List) -> tuple[str, ...]:
    match one.key:
        case "category":
            return (_("Category group"),)
        case "sale-stage":
            return (_("Probability"),)
        case "follow-up-type":
            return (_("Form"),)
        case "document-template":
            return (_("What comes out"),)
    return ()


def _facet_cells(one: List, item: ListItem) -> tuple[str, ...]:
    match one.key:
        case "category":
            group = item.category.get_group_display() or "–"
            lead = _("lead status") if item.category.lead_status else ""
            return (f"{group}, {lead}" if lead else group,)
        case "sale-stage":
            return (percent(item.status.probability),)
        case "follow-up-type":
            facet: Any = item.follow_up_type
            known = facet.direction != "none"
            direction = f", {facet.get_direction_display().lower()}" if known else ""
            return (f"{facet.get_form_display()}{direction}",)
        case "document-template":
            return (item.document_template.get_output_display(),)
    return ()
