"""The pages of the handouts: what there is, and downloading it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crmsetup.access import May, MemberRequest, member_page
from crmsetup.languages import handout_languages, language_name
from onboarding.preparation import LanguageNotThere
from onboarding.printing import preparation_offer, preparation_pdf


@member_page()
@require_safe
def handout_list(request: MemberRequest) -> HttpResponse:
    """The documents that can be downloaded, each in the implementation's languages."""
    context = {"offers": [preparation_offer(request.implementation)]}
    return render(request, "onboarding/handout_list.html", context)


@member_page(May.SEE)
@require_safe
def preparation_pdf_download(request: MemberRequest) -> HttpResponse:
    """The configuration-preparation PDF in `?language=`, the main language by default."""
    implementation = request.implementation
    language = request.GET.get("language") or implementation.main_language
    try:
        made = preparation_pdf(implementation, language)
    except LanguageNotThere as error:
        there = [(code, language_name(code)) for code in handout_languages(implementation.languages)]
        return render(request, "onboarding/handout_missing.html", {"reason": error, "languages": there}, status=404)
    answer = HttpResponse(made, content_type="application/pdf")
    # Translators: the name of the file that is downloaded; keep it short, with letters that every system has.
    name = f"{implementation.slug}-{_('preparation')}-{language}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
