"""How a page answers after a form: with which status, and where the person goes on."""

from collections.abc import Sequence

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from crmsetup.models import Change
from crmsetup.verbs import consequences


def next_address(request: HttpRequest) -> str:
    """Where the person wants to go on (`next` of the form, else of the address); empty if that is no page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def status_of(form: BaseForm) -> int:
    """422 for a form that was sent and is wrong, else 200."""
    return 422 if form.is_bound and not form.is_valid() else 200


def say_done(request: HttpRequest, sentence: str, made: Sequence[Change]) -> None:
    """Says on the next page what was done and what followed from it, and offers to take it back.

    `made` is what `changes.noting` gathered; where nothing was touched, nothing is said.
    """
    if made:
        told = " ".join([sentence, *consequences(made[-1])])
        messages.success(request, told, extra_tags=f"undo:{made[-1].seq}")
