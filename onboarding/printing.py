"""The handouts of this room."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crmsetup.handouts import handout
from crmsetup.languages import handout_languages, language_name
from crmsetup.models import Change, Implementation
from lists.models import List
from onboarding.models import ChecklistItem, Question
from onboarding.preparation import collect
from workflows.models import Guide

TEMPLATE = "onboarding/handout/preparation.html"
PARTS = (
    "templates/onboarding/handout/*.html",
    "static/css/print.css",
    "static/img/cover.svg",
    "static/img/print/*.svg",
    "locale/*/LC_MESSAGES/django.po",
    "crmsetup/pdf*.py",
    "crmsetup/templatetags/look.py",
    "onboarding/preparation/*.py",
    "workflows/drawing.py",
)


@dataclass(frozen=True)
class Offer:
    """A document that can be downloaded, as its row in the list of handouts."""

    title: str
    text: str
    downloads: list[tuple[str, str]]  # (the language's name, the address)
    changed: Change | None  # the newest change of what it tells


def preparation_pdf(implementation: Implementation, language: str) -> bytes:
    """The configuration-preparation PDF in one of the implementation's languages. Raises LanguageNotThere."""
    document = collect(implementation, language, timezone.localdate())
    return handout(implementation, TEMPLATE, document, language, PARTS)


def preparation_offer(implementation: Implementation) -> Offer:
    """What the configuration-preparation PDF contains now."""
    address = reverse("onboarding:preparation-pdf", args=[implementation.slug])
    contents = {
        "questions": Question.objects.filter(implementation=implementation).count(),
        "lists": List.objects.filter(implementation=implementation).count(),
        "guides": Guide.objects.filter(implementation=implementation, retired_at=None).count(),
        "items": ChecklistItem.objects.filter(implementation=implementation).count(),
    }
    told = _(
        "Everything that was asked and decided (questions: %(questions)s), the lists as tables (%(lists)s), "
        "a page for every guide (%(guides)s), what is not decided yet, and the checklist (items: %(items)s)."
    )
    return Offer(
        title=_("Preparation of the CRM"),
        text=told % contents,
        downloads=[
            (language_name(code), f"{address}?language={code}") for code in handout_languages(implementation.languages)
        ],
        changed=implementation.changes.order_by("-seq").first(),
    )
