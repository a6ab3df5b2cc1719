"""The addresses of this room, below /i/<slug>/."""

from django.urls import URLPattern, path

from onboarding.views import checklist, handouts

app_name = "onboarding"

checklist_patterns = [
    path("checklist/", checklist.checklist_show, name="checklist"),
    path("checklist/<int:pk>/", checklist.checklist_item_edit, name="checklist-item-edit"),
    path("checklist/<int:pk>/tick/", checklist.checklist_item_tick, name="checklist-item-tick"),
]

handout_patterns = [
    path("handouts/", handouts.handout_list, name="handout-list"),
    path("handouts/preparation.pdf", handouts.preparation_pdf_download, name="preparation-pdf"),
]

urlpatterns: list[URLPattern] = [*checklist_patterns, *handout_patterns]
