"""What every page's shell needs: navigation, the person, languages and theme."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from crmsetup import members, rooms
from crmsetup.access import May, may
from crmsetup.models import Implementation, Membership


@dataclass
class Shell:
    """The frame around a page."""

    implementation: Implementation | None
    membership: Membership | None
    navigation: list[dict[str, Any]]
    theme: str
    language: str
    other_languages: list[dict[str, str]]
    path: str
    may: dict[str, bool] = field(default_factory=dict)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `shell`, made when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell:
    membership = getattr(request, "membership", None)
    implementation = getattr(request, "implementation", None)
    place = getattr(request, "entry", request.path)
    return Shell(
        implementation=implementation,
        membership=membership,
        navigation=_navigation(implementation, membership, place) if implementation and membership else [],
        theme=getattr(getattr(request, "user", None), "theme", ""),
        language=get_language() or "nb",
        other_languages=_other_languages(),
        path=request.get_full_path() if request.method == "GET" else getattr(request, "page", request.path),
        may={str(what): membership is not None and may(membership, what) for what in May},
    )


def _navigation(implementation: Implementation, membership: Membership, path: str) -> list[dict[str, Any]]:
    first = rooms.Section(
        "", [rooms.Entry(_("Overview"), reverse("crmsetup:implementation-overview", args=[implementation.slug]))], 0
    )
    own = [
        rooms.Entry(_("History"), reverse("crmsetup:change-list", args=[implementation.slug])),
        rooms.Entry(
            _("Members"),
            reverse("crmsetup:member-list", args=[implementation.slug]),
            members.current(implementation).count(),
        ),
    ]
    if may(membership, May.MANAGE):
        own.append(rooms.Entry(_("Settings"), reverse("crmsetup:implementation-edit", args=[implementation.slug])))
    sections = [first, *rooms.navigation(implementation), rooms.Section(_("The implementation"), own, 90)]
    current = _current([entry.url for section in sections for entry in section.entries], path)
    return [
        {
            "label": section.label,
            "entries": [
                {"label": e.label, "url": e.url, "count": e.count, "current": e.url == current} for e in section.entries
            ],
        }
        for section in sections
    ]


def _current(urls: list[str], path: str) -> str:
    """The entry whose address the page's address begins with; the longest wins."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")


def _other_languages() -> list[dict[str, str]]:
    """Each language that pages are written in but this one, by its own name."""
    here = get_language()
    return [_by_its_own_name(code) for code, _label in settings.LANGUAGES if code != here]


def _by_its_own_name(code: str) -> dict[str, str]:
    with override(code):
        label = str(dict(settings.LANGUAGES)[code])
    return {"code": code, "label": label.split(" ", maxsplit=1)[0].capitalize()}
