"""How a page answers after a form: with which status, and where the person goes on."""

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_address(request: HttpRequest) -> str:
    """Where the person wants to go on; empty where that is not one of our pages."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def status_of(form: BaseForm) -> int:
    """422 for a form that was sent and is wrong, else 200."""
    return 422 if form.is_bound and not form.is_valid() else 200
