"""How long things take: read from what people type, and put into words."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CLOCK = re.compile(r"(?P<hours>\d{1,4}):(?P<minutes>[0-5]\d)")
HOURS = re.compile(
    r"(?P<hours>\d{1,4}(?:[.,]\d{1,4})?)\s*(?:t|h|timer?|hours?|hrs?)\.?"
    r"(?:\s*(?:og|and)?\s*(?P<minutes>\d{1,6})\s*(?:m|min|minutt(?:er)?|minutes?)?\.?)?",
    re.IGNORECASE,
)
MINUTES = re.compile(r"(?P<minutes>\d{1,6})\s*(?:m|min|minutt(?:er)?|minutes?)?\.?", re.IGNORECASE)


def minutes_of(text: str) -> int:
    """The minutes that somebody typed: "90", "1:30", "1 h 30 min", "1 t 30 m", "1,5 timer". Raises ValueError."""
    for pattern in (CLOCK, HOURS, MINUTES):
        found = pattern.fullmatch(text.strip())
        if found:
            parts = found.groupdict()
            hours = float((parts.get("hours") or "0").replace(",", "."))
            return round(60 * hours) + int(parts["minutes"] or 0)
    raise ValueError(text)


def minutes_in_words(minutes: int) -> str:
    """«1 t 30 m»."""
    return _("%(hours)d h %(minutes)02d m") % {"hours": minutes // 60, "minutes": minutes % 60}


def span_in_words(number: int, unit: str) -> str:
    """«3 måneder»; the unit is days, weeks or months."""
    words = {
        "days": ngettext("%(number)s day", "%(number)s days", number),
        "weeks": ngettext("%(number)s week", "%(number)s weeks", number),
        "months": ngettext("%(number)s month", "%(number)s months", number),
    }
    return words[unit] % {"number": number}
