"""Starter sets: the data files that a new implementation is filled from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from crmsetup import rooms
from crmsetup.changes import Recorder, change
from crmsetup.models import Implementation, Membership, User
from crmsetup.names import localized, name_key
from crmsetup.starterset_faults import SCHEMA, faults

FOLDER = Path(__file__).parent / "startersets"


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
    """`(key, name)` of every starter set, for a form; a broken one is known by its key."""
    return [(key, _name(key)) for key in available()]


def _name(key: str) -> str:
    try:
        return load(key).name
    except BrokenStarterSet:
        return key


def load(key: str) -> StarterSet:
    """The starter set of that key. Raises BrokenStarterSet, also where there is none."""
    if key not in available():
        told = _("There is no starter set «%(key)s»; there are: %(known)s.")
        raise BrokenStarterSet(told % {"key": key, "known": ", ".join(available())})
    return read(FOLDER / f"{key}.json")


def read(path: Path) -> StarterSet:
    """A starter set from a file. Raises BrokenStarterSet with the file's name and the place in it."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BrokenStarterSet(f"{path.name}: {error.strerror}") from error
    except ValueError as error:
        raise BrokenStarterSet(f"{path.name}: " + _("This is not JSON: %(error)s.") % {"error": error}) from error
    fault = next(faults(data), None)
    if fault:
        raise BrokenStarterSet(f"{path.name}: {fault}")
    return StarterSet(data["key"], data)


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
