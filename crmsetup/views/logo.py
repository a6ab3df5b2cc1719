"""The logo of an implementation: putting it in, taking it away, and the picture itself."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crmsetup import logos
from crmsetup.access import May, MemberRequest, member_page
from crmsetup.changes import noting
from crmsetup.forms.logo import LogoForm
from crmsetup.models import StoredFile
from crmsetup.responses import say_done, status_of


@member_page(May.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def logo_edit(request: MemberRequest) -> HttpResponse:
    """Shows the logo and takes another."""
    implementation = request.implementation
    sent = request.method == "POST"
    form = LogoForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        with noting() as made:
            logos.put(implementation, by=request.user, picture=form.cleaned_data["picture"])
        say_done(request, _("The logo is in its place."), made)
        return redirect("crmsetup:logo-edit", implementation.slug)
    context = {"form": form, "logo": logos.digest(implementation)}
    return render(request, "crmsetup/logo.html", context, status=status_of(form))


@member_page(May.MANAGE)
@require_POST
def logo_remove(request: MemberRequest) -> HttpResponse:
    """Takes the logo away."""
    with noting() as made:
        logos.remove(request.implementation, by=request.user)
    say_done(request, _("The logo is taken away."), made)
    return redirect("crmsetup:logo-edit", request.implementation.slug)


@member_page()
@require_safe
def logo_show(request: MemberRequest, digest: str) -> HttpResponse:
    """The picture. Its address changes with it, so browsers keep it for good."""
    file = get_object_or_404(
        StoredFile, implementation=request.implementation, pk=request.implementation.logo_id, sha256=digest
    )
    answer = HttpResponse(bytes(file.bytes), content_type=file.type)
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
