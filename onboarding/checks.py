"""Checklist items that see for themselves whether they are done, each with its reason in a sentence.

What an item sees is computed when it is asked for and never stored; only a person's mark is. `look` reads what all
items of an implementation need in a fixed number of queries.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from crmsetup.changes import changed_since, standing_since
from crmsetup.languages import language_name
from crmsetup.models import Implementation
from crmsetup.templatetags.look import long_day
from lists.models import List, ListItem
from onboarding.models import ChecklistItem, Question
from workflows.models import Activity, Document, Guide

State = ChecklistItem.State
MARKED_BY_A_PERSON = "categories_reviewed"
"""The check that looks after a person's mark: the item is ticked by hand, and a later change takes the tick back."""


@dataclass(frozen=True)
class Seen:
    """An item's state as it is now, and why, in the reader's language."""

    state: str
    reason: str = ""


Items = Sequence[ChecklistItem]
Check = Callable[[Implementation, Items], Mapping[int, Seen]]


def look(implementation: Implementation, items: Items) -> dict[int, Seen]:
    """What the implementation's items see, by their ids. What is not applicable stays so, whatever could be seen."""
    seen = {item.pk: _marked(item) for item in items}
    for key, check in CHECKS.items():
        asked = [item for item in items if item.check_key == key and item.state != State.NOT_APPLICABLE]
        if asked:
            seen.update(check(implementation, asked))
    return seen


def sees_for_itself(item: ChecklistItem) -> bool:
    """Whether the item needs nobody to tick it."""
    return item.check_key in CHECKS and item.check_key != MARKED_BY_A_PERSON


def _marked(item: ChecklistItem) -> Seen:
    """What a person said about the item."""
    facts = {"name": item.marked_by, "day": long_day(item.marked_at)}
    if item.marked_at is None:
        return Seen(item.state)
    if item.state == State.DONE:
        return Seen(item.state, _("Ticked off by %(name)s on %(day)s.") % facts)
    if item.state == State.NOT_APPLICABLE:
        return Seen(item.state, _("Marked as not applicable by %(name)s on %(day)s.") % facts)
    return Seen(item.state)


def _all(items: Items, *, done: bool, reason: str) -> dict[int, Seen]:
    return {item.pk: Seen(State.DONE if done else State.OPEN, reason) for item in items}


def _categories_reviewed(implementation: Implementation, items: Items) -> dict[int, Seen]:
    """A person's mark, for as long as the list stands as that person saw it."""
    marks = [item.marked_seq for item in items if item.state == State.DONE and item.marked_seq is not None]
    if not marks:
        return _all(items, done=False, reason=_("Nobody has marked the categories as gone through."))
    scopes = [one.change_scope() for one in List.objects.filter(implementation=implementation, key="category")]
    standing = standing_since(implementation, scopes, min(marks))
    return {item.pk: _reviewed(item, standing, scopes) for item in items}


def _reviewed(item: ChecklistItem, standing: list[tuple[str, int, int]], scopes: list[str]) -> Seen:
    if item.state != State.DONE or item.marked_seq is None:
        return Seen(State.OPEN, _("Nobody has marked the categories as gone through."))
    facts = {"name": item.marked_by, "day": long_day(item.marked_at)}
    if changed_since(standing, scopes, item.marked_seq):
        return Seen(State.OPEN, _("Gone through by %(name)s on %(day)s; the list has changed since.") % facts)
    return Seen(State.DONE, _("Gone through by %(name)s on %(day)s.") % facts)


def _sale_guide_on(implementation: Implementation, items: Items) -> dict[int, Seen]:
    guides = Guide.objects.filter(implementation=implementation, kind="sale", is_on=True, retired_at=None)
    names = [guide.text_in("name", get_language()) for guide in guides.order_by("rank", "id")]
    if not names:
        return _all(items, done=False, reason=_("No sale guide is on."))
    if len(names) == 1:
        return _all(items, done=True, reason=_("The sale guide «%(name)s» is on.") % {"name": names[0]})
    return _all(items, done=True, reason=_("%(number)s sale guides are on.") % {"number": len(names)})


def _companies_decided(implementation: Implementation, items: Items) -> dict[int, Seen]:
    questions = Question.objects.filter(implementation=implementation, block__origin_key="companies")
    states = list(questions.values_list("state", flat=True))
    left = sum(state not in Question.SETTLED for state in states)
    if not states:
        return _all(items, done=False, reason=_("There are no questions about companies and contacts."))
    if not left:
        return _all(items, done=True, reason=_("Every question about companies and contacts is settled."))
    facts = {"left": left, "total": len(states)}
    reason = ngettext(
        "%(left)s of %(total)s questions about companies and contacts remains.",
        "%(left)s of %(total)s questions about companies and contacts remain.",
        left,
    )
    return _all(items, done=False, reason=reason % facts)


def _translations_complete(implementation: Implementation, items: Items) -> dict[int, Seen]:
    if not implementation.further_languages:
        return _all(items, done=True, reason=_("There is no further language to translate into."))
    missing = _untranslated(implementation)
    if not missing:
        return _all(items, done=True, reason=_("Every name has a text in every further language."))
    return _all(items, done=False, reason=" ".join(_lacking(code, number) for code, number in missing.items()))


def _lacking(language: str, number: int) -> str:
    told = ngettext(
        "%(number)s name has no text in %(language)s.", "%(number)s names have no text in %(language)s.", number
    )
    return told % {"number": number, "language": _inside_a_sentence(language_name(language))}


def _inside_a_sentence(language: str) -> str:
    """Only English writes languages with a capital."""
    return language if get_language() == "en" else language[:1].lower() + language[1:]


def _untranslated(implementation: Implementation) -> dict[str, int]:
    """How many names that are in use lack a text, by language; a language that lacks none is left out."""
    languages = implementation.further_languages
    lacking = {code: Count("pk", filter=_lacks_name(code)) for code in languages}
    mine = Q(implementation=implementation)
    shown = Q(step__guide__retired_at=None, step__status__item__retired_at=None)
    counts = [
        ListItem.objects.filter(mine, retired_at=None).aggregate(**lacking),
        Guide.objects.filter(mine, retired_at=None).aggregate(**lacking),
        Activity.objects.filter(mine, shown).aggregate(**lacking),
        Document.objects.filter(mine, shown).aggregate(**lacking),
    ]
    missing = {code: sum(count[code] for count in counts) for code in languages}
    return {code: number for code, number in missing.items() if number}


def _lacks_name(language: str) -> Q:
    return Q(**{f"translations__{language}__name__isnull": True}) | Q(**{f"translations__{language}__name": ""})


CHECKS: dict[str, Check] = {
    "categories_reviewed": _categories_reviewed,
    "sale_guide_on": _sale_guide_on,
    "companies_decided": _companies_decided,
    "translations_complete": _translations_complete,
}
