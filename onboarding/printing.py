"""The handouts of this room."""

from django.utils import timezone

from crmsetup.handouts import handout
from crmsetup.models import Implementation
from onboarding.preparation import collect

TEMPLATE = "onboarding/handout/preparation.html"
PARTS = (
    "templates/onboarding/handout/*.html",
    "static/css/print.css",
    "static/img/cover.svg",
    "static/img/print/*.svg",
    "locale/*/LC_MESSAGES/django.po",
    "crmsetup/pdf*.py",
)


def preparation_pdf(implementation: Implementation, language: str) -> bytes:
    """The configuration-preparation PDF in one of the implementation's languages. Raises LanguageNotThere."""
    document = collect(implementation, language, timezone.localdate())
    return handout(implementation, TEMPLATE, document, language, PARTS)
