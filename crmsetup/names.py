"""Names of configurable things: the keys that compare, sort and find them, and their texts in several languages.

The keys are computed in Python, so that SQLite and PostgreSQL agree.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NAME_MAX = 239  # what the CRM's list tables hold
DESCRIPTION_MAX = 254

_AFTER_Z = {"æ": "z\uf001", "ä": "z\uf001", "ø": "z\uf002", "ö": "z\uf002", "å": "z\uf003"}
_FOLD = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "é": "e", "ß": "ss"})


def clean_name(name: str) -> str:
    """The name as it is stored: NFC, trimmed, inner space collapsed."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def name_key(name: str) -> str:
    """What two names must differ in: `clean_name`, case-folded."""
    return clean_name(name).casefold()


def sort_key(name: str) -> str:
    """Sorts as Norwegian does: … z æ ø å, and aa as å. Other accents sort as their base letter."""
    text = name_key(name).replace("aa", "å")
    return "".join(_AFTER_Z.get(letter) or _base(letter) for letter in text)


def search_key(*texts: str) -> str:
    """All texts folded into one line for substring search; a query goes through the same function."""
    return " ".join(_base(name_key(text).translate(_FOLD)) for text in texts if text)


def _clean(field: str, text: str) -> str:
    return clean_name(text) if field == "name" else text.strip()


def _base(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def localized(texts: Any, language: str | None = None) -> str:
    """The text of a `{language: text}` mapping in `language` (the active one by default), else the first that is there.

    A plain string is given back as it is.
    """
    if not isinstance(texts, Mapping):
        return "" if texts is None else str(texts)
    wanted = texts.get(language or get_language() or "")
    return str(wanted or next((text for text in texts.values() if text), ""))


class Translated(models.Model):
    """A row with texts in the implementation's main language and translations of them.

    `translations` is `{language: {field: text}}`; an empty text is left out.
    """

    translated_fields: ClassVar[tuple[str, ...]] = ("name", "description")
    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def text_in(self, field: str, language: str | None = None) -> str:
        """The text of `field` in `language`; the main language's where there is no translation."""
        translated = self.translations.get(language, {}).get(field) if language else ""
        return translated or getattr(self, field)

    def texts(self, field: str, main_language: str) -> dict[str, str]:
        """`{language: text}` of one field, the main language first."""
        others = {language: texts[field] for language, texts in self.translations.items() if texts.get(field)}
        return {main_language: getattr(self, field), **others}

    def with_translations(self, given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """The stored translations with the given texts written over them, empty ones left out."""
        languages = [*self.translations, *(language for language in given if language not in self.translations)]
        merged = {lang: {**self.translations.get(lang, {}), **given.get(lang, {})} for lang in languages}
        cleaned = {lang: {f: _clean(f, t) for f, t in texts.items()} for lang, texts in merged.items()}
        kept = {lang: {f: t for f, t in texts.items() if t} for lang, texts in cleaned.items()}
        return {language: texts for language, texts in kept.items() if texts}

    def clean(self) -> None:
        """A translation fits where the text itself does."""
        for texts in self.translations.values():
            for field, text in texts.items():
                most = getattr(self._meta.get_field(field), "max_length", None)
                if most and len(text) > most:
                    raise ValidationError(
                        {"translations": _("A translation has at most %(most)s characters.") % {"most": most}}
                    )

    def is_translated(self, field: str, language: str) -> bool:
        """Whether `field` has a text of its own in `language`."""
        return bool(self.translations.get(language, {}).get(field))
