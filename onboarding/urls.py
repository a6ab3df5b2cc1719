"""The addresses of this room, below /i/<slug>/."""

from django.urls import URLPattern, path

from onboarding.views import handouts

app_name = "onboarding"

handout_patterns = [
    path("handouts/preparation.pdf", handouts.preparation_pdf_download, name="preparation-pdf"),
]

urlpatterns: list[URLPattern] = [*handout_patterns]
