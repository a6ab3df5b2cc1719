"""The languages that names can be translated into, and those that pages and handouts are written in."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

# Standard tags; the CRM's own codes (NO, US, SW …) are mapped from these where it is written to.
CONTENT_LANGUAGES = {
    "nb": _("Norwegian bokmål"),
    "nn": _("Norwegian nynorsk"),
    "en": _("English"),
    "sv": _("Swedish"),
    "da": _("Danish"),
    "fi": _("Finnish"),
    "de": _("German"),
    "nl": _("Dutch"),
    "fr": _("French"),
    "es": _("Spanish"),
    "it": _("Italian"),
    "pl": _("Polish"),
}


def interface_languages() -> list[tuple[str, str]]:
    """Choices: the languages that pages and handouts are written in."""
    return [(code, str(label)) for code, label in settings.LANGUAGES]


def language_name(code: str) -> str:
    """The language's name in the active language; the code itself where it is unknown."""
    return str(CONTENT_LANGUAGES.get(code, code))


def inside_a_sentence(code: str) -> str:
    """The language's name as it stands inside a sentence: only English writes languages with a capital."""
    name = language_name(code)
    return name if get_language() == "en" else name[:1].lower() + name[1:]


def handout_languages(languages: Iterable[str]) -> list[str]:
    """Those of an implementation's languages that a handout can be written in."""
    written = {code for code, _label in settings.LANGUAGES}
    return [language for language in languages if language in written]


def in_every_language(words: Callable[[], Any]) -> dict[str, str]:
    """What `words` gives in each language that pages are written in: a fact for a sentence that is worded when read."""
    found = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            found[language] = str(words())
    return found
