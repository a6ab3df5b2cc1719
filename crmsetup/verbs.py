"""The table of verbs: for every kind of change its sentence, and whether it can be undone.

Each room adds its own verbs from its `verbs.py`. A change stores facts (`params`); they are worded when read, in the
reader's language. A fact is a string, a number, or `{language: text}` where the thing itself has names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crmsetup.names import localized

if TYPE_CHECKING:
    from crmsetup.models import Change

type_text = str | Promise


@dataclass(frozen=True)
class Verb:
    """`sentence` names the person as `%(by)s` and the facts by their names."""

    sentence: type_text
    undoable: bool = True
    why_not: type_text = ""


_verbs: dict[str, Verb] = {}


def register(verbs: Mapping[str, Verb]) -> None:
    """Adds a room's verbs. Raises ValueError where a name is taken by another verb."""
    for name, verb in verbs.items():
        if _verbs.get(name, verb) is not verb:
            raise ValueError(f"the verb {name!r} is registered twice")
        _verbs[name] = verb


def all_verbs() -> Mapping[str, Verb]:
    """The whole table."""
    return dict(_verbs)


def verb(name: str) -> Verb:
    """One row of the table. Raises KeyError for a verb that is not in it."""
    return _verbs[name]


class _Facts(dict[str, Any]):
    """Facts for a sentence; one that an old change lacks reads as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def _worded(sentence: type_text, by: Any, params: Mapping[str, Any]) -> str:
    facts = {key: value if isinstance(value, int | float) else localized(value) for key, value in params.items()}
    return str(sentence) % _Facts(facts, by=by)


def sentence(change: "Change") -> SafeString:
    """What the change did, as one sentence of HTML with the person's name emphasised."""
    by = "\x00"
    text = plain_sentence(change, by=by)
    before, _sep, after = text.partition(by)
    return format_html("{}<strong>{}</strong>{}", before, change.by_name or _("The system"), after)


def plain_sentence(change: "Change", by: str | None = None) -> str:
    """What the change did, as one sentence of plain text, its consequences in further sentences."""
    person = by if by is not None else change.by_name or _("The system")
    inner = change.params.get("of")
    if inner:
        what = _what(inner["verb"], inner["params"])
        frame = verb(change.verb).sentence
        main = str(frame) % {"by": person, "what": what}
    else:
        main = _worded(verb(change.verb).sentence, person, change.params)
    return " ".join([main, *consequences(change)])


def consequences(change: "Change") -> list[str]:
    """What the change brought about besides what it was for, each in a sentence."""
    return [_worded(verb(fact["verb"]).sentence, "", fact["params"]).strip() for fact in change.params.get("also", [])]


def _what(name: str, params: Mapping[str, Any]) -> str:
    return _worded(verb(name).sentence, params.get("by_name", "…"), params)


_ACCESS = gettext_lazy("Access is given and taken on the members' page.")
_ON_ITS_WAY = gettext_lazy("The e-mail is on its way. Withdraw the invitation instead.")

VERBS = {
    "undone": Verb(gettext_lazy("%(by)s took back: %(what)s")),
    "redone": Verb(gettext_lazy("%(by)s did again: %(what)s")),
    "implementation.created": Verb(
        gettext_lazy("%(by)s created the implementation of %(implementation)s."),
        undoable=False,
        why_not=gettext_lazy("An implementation is not removed by undoing its creation."),
    ),
    "implementation.filled": Verb(
        gettext_lazy("%(by)s filled the implementation from the starter set «%(starter_set)s»."),
        undoable=False,
        why_not=gettext_lazy("A starter set is taken in as a whole; retire what you do not need."),
    ),
    "implementation.edited": Verb(gettext_lazy("%(by)s edited the settings of %(implementation)s.")),
    "implementation.archived": Verb(gettext_lazy("%(by)s archived %(implementation)s.")),
    "implementation.brought-back": Verb(gettext_lazy("%(by)s brought %(implementation)s back from the archive.")),
    "implementation.logo-set": Verb(gettext_lazy("%(by)s put in a logo for %(implementation)s.")),
    "implementation.logo-removed": Verb(gettext_lazy("%(by)s took the logo of %(implementation)s away.")),
    "member.added": Verb(
        gettext_lazy("%(by)s made %(member)s a member, as %(role)s."), undoable=False, why_not=_ACCESS
    ),
    "member.role-changed": Verb(gettext_lazy("%(by)s made %(member)s %(role)s instead of %(old)s.")),
    "member.ended": Verb(gettext_lazy("%(by)s ended the membership of %(member)s.")),
    "member.left": Verb(
        gettext_lazy("%(by)s left the implementation."),
        undoable=False,
        why_not=gettext_lazy("Somebody who has left comes back by an invitation."),
    ),
    "member.handed-over": Verb(gettext_lazy("What %(member)s was responsible for (%(number)s) went to %(heir)s.")),
    "member.handed-to-nobody": Verb(
        gettext_lazy("What %(member)s was responsible for (%(number)s) waits for somebody else.")
    ),
    "invitation.sent": Verb(
        gettext_lazy("%(by)s invited %(email)s, as %(role)s."), undoable=False, why_not=_ON_ITS_WAY
    ),
    "invitation.sent-again": Verb(
        gettext_lazy("%(by)s sent the invitation to %(email)s again."), undoable=False, why_not=_ON_ITS_WAY
    ),
    "invitation.withdrawn": Verb(gettext_lazy("%(by)s withdrew the invitation to %(email)s.")),
    "invitation.accepted": Verb(
        gettext_lazy("%(by)s accepted the invitation and is a member now, as %(role)s."),
        undoable=False,
        why_not=_ACCESS,
    ),
}
