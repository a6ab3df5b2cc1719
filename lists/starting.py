"""Filling the lists of a new implementation from a starter set."""

from collections.abc import Mapping
from typing import Any

from crmsetup.changes import Recorder
from crmsetup.ordering import GAP
from crmsetup.startersets import main_and_translations
from lists.catalogue import ENTRIES, STATUS_KINDS
from lists.models import Category, DocumentTemplate, Facet, FollowUpType, List, ListItem, Status


def fill(c: Recorder, data: Mapping[str, Any]) -> None:
    """Makes every list of the catalogue, with the items that the starter set has for it."""
    lists = c.create_many(List(key=entry.key, rank=GAP * place) for place, entry in enumerate(ENTRIES, 1))
    for one in lists:
        given = data["lists"].get(one.key, [])
        items = c.create_many(_item(c, one, item, place) for place, item in enumerate(given, 1))
        facets = [facet for item, values in zip(items, given, strict=True) if (facet := new_facet(item, values))]
        c.create_many(facets)


def _item(c: Recorder, to: List, given: Mapping[str, Any], place: int) -> ListItem:
    texts = main_and_translations(c, name=given["name"], description=given.get("description", {}))
    return ListItem(list=to, rank=GAP * place, origin_key=given["key"], **texts)


def new_facet(item: ListItem, values: Mapping[str, Any]) -> Facet | None:
    """The facet that an item of this list has, unsaved; None for an ordinary list."""
    match item.list.entry.facet:
        case "category":
            return Category(item=item, group=values.get("group", ""), lead_status=bool(values.get("lead_status")))
        case "status":
            return Status(item=item, kind=STATUS_KINDS[item.list.key], probability=values.get("probability"))
        case "follow_up_type":
            known = {name: values[name] for name in ("form", "direction") if values.get(name)}
            return FollowUpType(item=item, **known)
        case "document_template":
            known = {"output": values["output"]} if values.get("output") else {}
            return DocumentTemplate(item=item, **known)
    return None
