"""What this room contributes to the pages of the ground floor."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crmsetup.models import Implementation
from crmsetup.rooms import Entry, Figure, Room, Section, Todo
from lists.counting import Tally, items_in_use, tallies
from lists.models import List
from lists.starting import fill


def navigation(implementation: Implementation) -> list[Section]:
    """Every list with its number of items in use, where the catalogue puts it."""
    entries: dict[str, list[Entry]] = {"lists": [Entry(_("All lists"), _index(implementation))], "workflow": []}
    for one, number in items_in_use(implementation):
        entries[one.entry.section].append(Entry(one.name, _address(implementation, one), number))
    return [Section(_("Lists"), entries["lists"], 30), Section(_("Workflow"), entries["workflow"], 40)]


def figures(implementation: Implementation) -> list[Figure]:
    """How many of the names are translated; without a further language how many items there are."""
    found = tallies(implementation)
    in_use = sum(tally.in_use for tally in found)
    total = in_use * len(implementation.further_languages)
    if not total:
        words = ngettext("item in %(lists)s lists", "items in %(lists)s lists", in_use) % {"lists": len(found)}
        return [Figure(_("Lists"), _index(implementation), in_use, 0, in_use, words, _("No further language is set."))]
    missing = _missing(found)
    words = _("of %(total)s names translated") % {"total": total}
    return [Figure(_("Lists"), _index(implementation), total - missing, 0, total, words, _note(missing))]


def todos(implementation: Implementation) -> list[Todo]:
    """One thing: the names that are not translated, where the first of them is."""
    lacking = [tally for tally in tallies(implementation) if tally.untranslated]
    if not lacking:
        return []
    number = _missing(lacking)
    what = ngettext("Translate %(number)s name", "Translate %(number)s names", number) % {"number": number}
    first = lacking[0].one
    where, url = (
        (first.name, _address(implementation, first)) if len(lacking) == 1 else (_("Lists"), _index(implementation))
    )
    return [Todo(what, _("Who uses the CRM in another language sees the untranslated name."), where, url)]


def _missing(found: list[Tally]) -> int:
    return sum(tally.untranslated for tally in found)


def _note(missing: int) -> str:
    if not missing:
        return _("Every name has a text in every further language.")
    return ngettext("%(number)s name is not translated.", "%(number)s names are not translated.", missing) % {
        "number": missing
    }


def _index(implementation: Implementation) -> str:
    return reverse("lists:list-index", args=[implementation.slug])


def _address(implementation: Implementation, one: List) -> str:
    return reverse("lists:list-show", args=[implementation.slug, one.key])


ROOM = Room("lists", navigation=navigation, figures=figures, todos=todos, fill=fill)
