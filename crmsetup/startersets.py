"""Starter sets: the data files that a new implementation is filled from."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from crmsetup import rooms
from crmsetup.changes import Recorder, change
from crmsetup.models import Implementation, Membership, User
from crmsetup.names import localized, name_key

FOLDER = Path(__file__).parent / "startersets"
SCHEMA = FOLDER / "schema.json"


class BrokenStarterSet(Exception):
    """The file is not a starter set; the message names the place."""


@dataclass(frozen=True)
class StarterSet:
    """A starter set that was read and found right."""

    key: str
    data: Mapping[str, Any]

    @property
    def names(self) -> Mapping[str, str]:
        """Its name by language."""
        return self.data["name"]  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return localized(self.names)


def available() -> list[str]:
    """The keys of the starter sets in the repository."""
    return sorted(path.stem for path in FOLDER.glob("*.json") if path != SCHEMA)


def choices() -> list[tuple[str, str]]:
    """`(key, name)` of every starter set, for a form."""
    return [(key, load(key).name) for key in available()]


def load(key: str) -> StarterSet:
    """The starter set of that key. Raises BrokenStarterSet, also where there is none."""
    if key not in available():
        raise BrokenStarterSet(f"there is no starter set «{key}»; there are: {', '.join(available())}")
    return read(FOLDER / f"{key}.json")


def read(path: Path) -> StarterSet:
    """A starter set from a file. Raises BrokenStarterSet with the file's name and the place in it."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BrokenStarterSet(f"{path.name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BrokenStarterSet(f"{path.name} is not JSON: {error}") from error
    problem = next(_problems(data), None)
    if problem:
        raise BrokenStarterSet(f"{path.name}: {problem}")
    return StarterSet(data["key"], data)


def _problems(data: Any) -> Iterator[str]:
    from jsonschema import Draft202012Validator  # takes a tenth of a second, and only this needs it

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    errors = sorted(Draft202012Validator(schema).iter_errors(data), key=lambda error: list(map(str, error.path)))
    yield from (f"{_place(error.path)}: {error.message}" for error in errors)
    if not errors:
        yield from _same_names(data)
        yield from _dangling(data)


def _place(path: Any) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".") or "the file"


def _same_names(data: Mapping[str, Any]) -> Iterator[str]:
    for key, items in data["lists"].items():
        yield from _repeated(f"lists.{key}", "key", [item["key"] for item in items])
        for language in ("nb", "en"):
            names = [name_key(item["name"][language]) for item in items if item["name"].get(language)]
            yield from _repeated(f"lists.{key}", f"name.{language}", names)


def _repeated(place: str, what: str, values: list[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{place}: the {what} «{value}» stands there {times} times"


def _dangling(data: Mapping[str, Any]) -> Iterator[str]:
    """References to list items that the file does not have."""
    keys = {name: {item["key"] for item in items} for name, items in data["lists"].items()}
    stages = {"sale": "sale-stage", "project": "project-status"}
    for g, guide in enumerate(data["guides"]):
        for s, step in enumerate(guide["steps"]):
            place = f"guides[{g}].steps[{s}]"
            found = [(f"{place}.status", stages[guide["kind"]], step["status"])]
            for a, activity in enumerate(step["activities"]):
                found.append((f"{place}.activities[{a}].type", "follow-up-type", activity["type"]))
            for d, document in enumerate(step["documents"]):
                if document.get("template"):
                    found.append((f"{place}.documents[{d}].template", "document-template", document["template"]))
            for where, name, key in found:
                if key not in keys.get(name, set()):
                    yield f"{where}: «{key}» is not in lists.{name}"
    for b, block in enumerate(data["blocks"]):
        for q, question in enumerate(block["questions"]):
            if question["kind"] == "list" and question.get("list") not in keys:
                yield f"blocks[{b}].questions[{q}].list: «{question.get('list')}» is not a list of this file"


@transaction.atomic
def create_implementation(
    *,
    name: str,
    administrator: User,
    starter_set: StarterSet,
    main_language: str = "nb",
    further_languages: list[str] | None = None,
    slug: str = "",
    by: User | None = None,
    **fields: Any,
) -> Implementation:
    """Makes an implementation with its first administrator and fills it. Raises ValidationError for unfit values."""
    made = Implementation(
        name=name,
        slug=slug or free_slug(name),
        main_language=main_language,
        further_languages=[code for code in further_languages or [] if code != main_language],
        **fields,
    )
    made.full_clean()
    made.save()
    by = by or administrator
    with change(made, by, "implementation.created", implementation=made.name) as c:
        c.create(Membership(user=administrator, role=Membership.Role.ADMINISTRATOR))
    with change(made, by, "implementation.filled", starter_set=dict(starter_set.names)) as c:
        fill(c, starter_set)
    return made


def fill(c: Recorder, starter_set: StarterSet) -> None:
    """Every room takes what is its own, lower rooms first."""
    for room in rooms.all_rooms():
        room.fill(c, starter_set.data)


def free_slug(name: str) -> str:
    """An address for a company's name that nobody has yet."""
    folded = name_key(name).replace("æ", "ae").replace("ø", "o").replace("å", "a")
    base = slugify(folded)[:50] or "implementation"
    taken = set(Implementation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in _numbered(base) if slug not in taken)


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def main_and_translations(c: Recorder, **texts: Mapping[str, str]) -> dict[str, Any]:
    """Column values of a translated row: the main language's texts, and `translations` to the further languages."""
    main = c.implementation.main_language
    values: dict[str, Any] = {field: localized(by_language, main) for field, by_language in texts.items()}
    values["translations"] = {
        language: translated
        for language in c.implementation.further_languages
        if (translated := {field: text[language] for field, text in texts.items() if text.get(language)})
    }
    return values
