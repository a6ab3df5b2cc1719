"""A person's own language and theme."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST

from crmsetup.access import open_page
from crmsetup.forms.preferences import PreferencesForm
from crmsetup.models import User
from crmsetup.responses import next_address


@open_page
@require_POST
def preferences_save(request: HttpRequest) -> HttpResponse:
    """Language and theme: in the account of who is signed in, else in a cookie."""
    response = redirect(next_address(request) or reverse("account_login"))
    if request.user.is_authenticated:
        form = PreferencesForm(request.POST, instance=request.user)
        if form.is_valid() and form.changed_data:
            User.objects.filter(pk=request.user.pk).update(**form.cleaned_data)
    language = request.POST.get("language", "")
    if translation.check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
