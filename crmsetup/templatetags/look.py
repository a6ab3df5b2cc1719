"""The words of the look that templates use: marks, icons, meters, dates, numbers."""

import datetime as dt
import re
from functools import cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from lucide.templatetags.lucide import lucide

register = template.Library()

MARKS = frozenset({"open", "half", "full", "done", "late", "out", "auto", "stone"})
_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
FAR = dt.timedelta(days=300)  # a day further away than this is told with its year


@register.simple_tag
def sign(mark: str, label: Any = "") -> SafeString:
    """The mark of a state, drawn from the sprite. With a label it speaks, without one a word has to stand beside it."""
    if mark not in MARKS:
        raise ValueError(f"There is no mark {mark!r}; there are {', '.join(sorted(MARKS))}.")
    if label:
        return format_html(
            '<svg class="sign {0}" role="img" aria-label="{1}"><use href="#m-{0}"/></svg>', mark, str(label)
        )
    return format_html('<svg class="sign {0}" aria-hidden="true"><use href="#m-{0}"/></svg>', mark)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A Lucide icon as decoration beside a word; an icon alone needs an aria-label on its link or button."""
    attributes = {"class": "i", "aria_hidden": "true", "focusable": "false"}
    return SafeString(lucide(name, size=None, **attributes))


@register.simple_tag
def icon_sprite(*names: str) -> SafeString:
    """Lucide icons drawn once, for a table in which every row has them; see `icon_of_sprite`."""
    symbols = "".join(_SVG.sub(rf'<symbol id="i-{name}" viewBox="0 0 24 24">\1</symbol>', icon(name)) for name in names)
    return format_html('<svg class="sprite" aria-hidden="true">{}</svg>', SafeString(symbols))


@register.simple_tag
@cache
def icon_of_sprite(name: str) -> SafeString:
    """An icon that the page has in an `icon_sprite`."""
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def meter(done: int, begun: int, total: int, label: Any) -> SafeString:
    """A bar: `done` solid, `begun` hatched after it, the rest of `total` empty. The label says the numbers in words."""
    full, part = _share(done, total), _share(done + begun, total)
    return format_html(
        '<svg class="meter" role="img" aria-label="{}">'
        '<rect class="all" x="0.5" y="0.5" width="100%" height="7"/>{}{}</svg>',
        str(label),
        _bar("part", part, 'x="0.5" y="0.5" height="7"') if begun else "",
        _bar("full", full, 'height="8"') if done else "",
    )


def _share(number: int, total: int) -> str:
    return f"{min(number / total, 1) * 100:.1f}" if total else "0"


def _bar(kind: str, share: str, place: str) -> SafeString:
    return format_html('<rect class="{}" {} width="{}%"/>', kind, SafeString(place), share)


@register.filter
def short_day(value: dt.date | None) -> str:
    """A date in a table: «23. nov.», with its year when it is far away; nothing for nothing."""
    if value is None:
        return ""
    day = _day(value)
    text = _day_and_month(day)
    return text if abs(day - timezone.localdate()) < FAR else f"{text} {day.year}"


@register.filter
def long_day(value: dt.date | None) -> str:
    """A date in a sentence: «23. november 2026»; nothing for nothing."""
    # Translators: the letters are those of Django's date filter.
    return dateformat.format(_day(value), pgettext("date in a sentence", "j F Y")) if value else ""


@register.filter
def clock(value: dt.datetime | None) -> str:
    """The time of day: «10.42»; nothing for nothing."""
    # Translators: the letters are those of Django's date filter.
    return dateformat.format(_local(value), pgettext("time of day", "H:i")) if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """When something happened, in a list of such lines: «i dag 10.42», «i går 09.05», «20. nov. 14.20»."""
    if value is None:
        return ""
    age = (timezone.localdate() - _day(value)).days
    if age == 0:
        return _("today %(time)s") % {"time": clock(value)}
    if age == 1:
        return _("yesterday %(time)s") % {"time": clock(value)}
    return f"{short_day(value)} {clock(value)}"


@register.filter
def percent(value: float | None) -> str:
    """«20 %» with a no-break space in Norwegian; nothing for nothing."""
    return "" if value is None else _("%(number)s%%") % {"number": value}


@register.filter
@stringfilter
def quoted(value: str) -> str:
    """The text between the quotation marks of the language: «Partner»."""
    return _("“%(text)s”") % {"text": value}


@register.filter
def first_telling(form: BaseForm) -> bool:
    """Whether this form's errors are told for the first time: the summary above it and the form itself both would."""
    told = getattr(form, "errors_are_told", False)
    form.errors_are_told = True  # type: ignore[attr-defined]
    return not told


@register.filter
def undo_number(tags: str) -> int | None:
    """The number of the change that a message offers to take back: 12 of "undo:12"."""
    found = next((tag for tag in (tags or "").split() if tag.startswith("undo:")), "")
    return int(found.removeprefix("undo:")) if found else None


@register.simple_tag
def face(name: str) -> str:
    """The address of a font file, for the fonts that every page needs at once."""
    return static(f"vendor/fonts/{name}.woff2")


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value: dt.date) -> dt.date:
    return _local(value).date() if isinstance(value, dt.datetime) else value


def _day_and_month(day: dt.date) -> str:
    months = (
        pgettext("short month", "Jan"),
        pgettext("short month", "Feb"),
        pgettext("short month", "Mar"),
        pgettext("short month", "Apr"),
        pgettext("short month", "May"),
        pgettext("short month", "June"),
        pgettext("short month", "July"),
        pgettext("short month", "Aug"),
        pgettext("short month", "Sep"),
        pgettext("short month", "Oct"),
        pgettext("short month", "Nov"),
        pgettext("short month", "Dec"),
    )
    return pgettext("day and month", "%(day)s %(month)s") % {"day": day.day, "month": months[day.month - 1]}
