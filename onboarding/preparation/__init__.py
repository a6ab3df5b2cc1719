"""The configuration-preparation document as data: what the handout shows, in one language.

`collect` reads it from the database in a fixed number of queries; the templates set it. Everything in it is text and
numbers, so its canonical JSON is what the cache of handouts is keyed by.
"""

import datetime
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from crmsetup import logos
from crmsetup.languages import handout_languages, language_name
from crmsetup.models import Implementation
from onboarding import checklist
from onboarding.preparation.guides import guide_part, guides_of
from onboarding.preparation.lists import list_part, lists_of
from onboarding.preparation.parts import CheckPart, Preparation
from onboarding.preparation.questions import block_parts


class LanguageNotThere(ValueError):
    """The implementation has no handouts in that language."""

    def __init__(self, language: str, there: Iterable[str]) -> None:
        names = ", ".join(f"{language_name(code)} ({code})" for code in there)
        super().__init__(
            _("There is no handout in «%(language)s». There is one in: %(names)s.")
            % {"language": language, "names": names}
        )


def collect(implementation: Implementation, language: str, day: datetime.date) -> Preparation:
    """The document of an implementation in one of its languages, as of `day`. Raises LanguageNotThere."""
    there = handout_languages(implementation.languages)
    if language not in there:
        raise LanguageNotThere(language, there)
    with translation.override(language):
        lists, guides = lists_of(implementation), guides_of(implementation)
        return Preparation(
            language=language,
            company=implementation.name,
            logo=logos.digest(implementation),
            contact=implementation.contact_name,
            crm_version=implementation.crm_version,
            go_live=implementation.go_live,
            day=day,
            blocks=block_parts(implementation, language, lists, guides),
            lists=tuple(list_part(implementation, one, language) for one in lists),
            guides=tuple(guide_part(guide, language) for guide in guides),
            checklist=tuple(_check_part(row) for row in checklist.board(implementation).rows),
        )


def _check_part(row: checklist.Row) -> CheckPart:
    return CheckPart(
        title=row.title,
        mark=row.mark,
        state=row.word,
        reason=row.seen.reason,
        note=row.item.note,
        responsible=str(row.item.responsible or ""),
        due=row.item.due,
    )
