"""What is wrong with the data of a starter set, each fault with its place in the file, in the active language."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crmsetup.names import name_key

SCHEMA = Path(__file__).parent / "startersets" / "schema.json"
LANGUAGES = ("nb", "en")
STATUS_LISTS = {"sale": "sale-stage", "project": "project-status"}
KINDS = {
    "array": gettext_lazy("A list is needed here."),
    "boolean": gettext_lazy("true or false is needed here."),
    "integer": gettext_lazy("A whole number is needed here."),
    "object": gettext_lazy("Names and values in braces are needed here."),
    "string": gettext_lazy("A text is needed here."),
}


def faults(data: Any) -> Iterator[str]:
    """Every fault as "place: what is wrong". What stands where it should is looked at for names and references."""
    found = sorted(_validator().iter_errors(data), key=lambda error: list(map(str, error.path)))
    yield from (f"{_place(error.path)}: {_told(error)}" for error in found)
    if not found:
        yield from _repetitions(data)
        yield from _dangling(data)


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # takes a tenth of a second, and only this needs it

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _place(path: Iterable[Any]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).lstrip(".") or _("the whole file")


def _told(error: Any) -> str | Promise:
    """What the schema does not allow, in words."""
    wanted, found = error.validator_value, error.instance
    match error.validator:
        case "required":
            return _("«%(key)s» is missing.") % {"key": next(key for key in wanted if key not in found)}
        case "additionalProperties":
            known = error.schema.get("properties", {})
            return _("«%(key)s» does not belong here.") % {"key": next(key for key in found if key not in known)}
        case "type":
            return KINDS[wanted]
        case "const" | "enum":
            possible = ", ".join(json.dumps(one) for one in ([wanted] if error.validator == "const" else wanted))
            return _("«%(value)s» is not possible here, but: %(possible)s.") % {
                "value": _short(found),
                "possible": possible,
            }
        case "minimum" | "maximum":
            return _("%(value)s is too small or too large; the limit is %(limit)s.") % {"value": found, "limit": wanted}
        case "minLength":
            return KINDS["string"]
        case "maxLength":
            return _("The text has %(length)s characters; %(limit)s have room.") % {
                "length": len(found),
                "limit": wanted,
            }
        case "pattern":
            return _("«%(value)s» is not written as it has to be.") % {"value": _short(found)}
        case "minItems":
            return _("At least %(limit)s have to stand here.") % {"limit": wanted}
        case "not":
            return _("«%(key)s» does not belong here.") % {"key": wanted["required"][0]}
    return _short(error.message)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _repetitions(data: Mapping[str, Any]) -> Iterator[str]:
    """Keys, names and numbers that may stand in one place once."""
    for name, items in data["lists"].items():
        yield from _repeated_names(f"lists.{name}", items)
    for kind in STATUS_LISTS:
        yield from _repeated_names("guides", [guide for guide in data["guides"] if guide["kind"] == kind])
    for g, guide in enumerate(data["guides"]):
        yield from _repeated(f"guides[{g}].steps", "status", [step["status"] for step in guide["steps"]])
    yield from _repeated("blocks", "number", [block["number"] for block in data["blocks"]])
    yield from _repeated("blocks", "key", [block["key"] for block in data["blocks"]])
    for b, block in enumerate(data["blocks"]):
        yield from _repeated(f"blocks[{b}].questions", "key", [question["key"] for question in block["questions"]])
        for q, question in enumerate(block["questions"]):
            choices = [choice["key"] for choice in question.get("choices", [])]
            yield from _repeated(f"blocks[{b}].questions[{q}].choices", "key", choices)
    yield from _repeated("checklist", "key", [item["key"] for item in data["checklist"]])


def _repeated_names(place: str, rows: list[Any]) -> Iterator[str]:
    yield from _repeated(place, "key", [row["key"] for row in rows])
    for language in LANGUAGES:
        yield from _repeated(place, f"name.{language}", [name_key(row["name"][language]) for row in rows])


def _repeated(place: str, what: str, values: Iterable[Any]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            told = _("«%(value)s» stands there %(times)s times as %(what)s.")
            yield f"{place}: {told % {'value': value, 'times': times, 'what': what}}"


def _dangling(data: Mapping[str, Any]) -> Iterator[str]:
    """References to what the file does not have."""
    keys = {name: {item["key"] for item in items} for name, items in data["lists"].items()}
    for place, name, key in [*_named_by_guides(data), *_named_by_questions(data)]:
        if key is None and name not in keys:
            yield f"{place}: " + _("«%(name)s» is no list of this file.") % {"name": name}
        elif key is not None and key not in keys.get(name, set()):
            yield f"{place}: " + _("«%(key)s» is not in lists.%(name)s.") % {"key": key, "name": name}


def _named_by_guides(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """Each place where a guide names an item, with the list and the item's key."""
    for g, guide in enumerate(data["guides"]):
        for s, step in enumerate(guide["steps"]):
            place = f"guides[{g}].steps[{s}]"
            yield f"{place}.status", STATUS_LISTS[guide["kind"]], step["status"]
            for a, activity in enumerate(step["activities"]):
                yield f"{place}.activities[{a}].type", "follow-up-type", activity["type"]
            for d, document in enumerate(step["documents"]):
                if "template" in document:
                    yield f"{place}.documents[{d}].template", "document-template", document["template"]


def _named_by_questions(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    for b, block in enumerate(data["blocks"]):
        for q, question in enumerate(block["questions"]):
            if "list" in question:
                yield f"blocks[{b}].questions[{q}].list", question["list"], None
