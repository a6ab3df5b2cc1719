"""A person's own language and theme, in every request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def language_of_the_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a signed-in person sees pages in the language of the account; others by cookie and browser."""
    known = {code for code, _label in settings.LANGUAGES}

    def answered(request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language in known:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return get_response(request)

    return answered
