"""The addresses of this room, below /i/<slug>/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from workflows.models import Kind
from workflows.views import activities, documents, guides, steps


class KindConverter(StringConverter):
    """Sale or project, as it stands in an address."""

    regex = "|".join(Kind.values)


register_converter(KindConverter, "kind")

app_name = "workflows"
urlpatterns = [
    path("<kind:kind>-guides/", guides.guide_list, name="guide-list"),
    path("<kind:kind>-guides/new/", guides.guide_add, name="guide-add"),
    path("guides/<int:pk>/", guides.guide_show, name="guide-show"),
    path("guides/<int:pk>/edit/", guides.guide_edit, name="guide-edit"),
    path("guides/<int:pk>/on/", guides.guide_switch_on, name="guide-switch-on"),
    path("guides/<int:pk>/off/", guides.guide_switch_off, name="guide-switch-off"),
    path("guides/<int:pk>/retire/", guides.guide_retire, name="guide-retire"),
    path("guides/<int:pk>/restore/", guides.guide_restore, name="guide-restore"),
    path("guides/<int:pk>/steps/new/", steps.step_add, name="step-add"),
    path("steps/<int:pk>/edit/", steps.step_edit, name="step-edit"),
    path("steps/<int:pk>/move/", steps.step_move, name="step-move"),
    path("steps/<int:pk>/remove/", steps.step_remove, name="step-remove"),
    path("steps/<int:pk>/activities/new/", activities.activity_add, name="activity-add"),
    path("activities/<int:pk>/edit/", activities.activity_edit, name="activity-edit"),
    path("activities/<int:pk>/move/", activities.activity_move, name="activity-move"),
    path("activities/<int:pk>/remove/", activities.activity_remove, name="activity-remove"),
    path("steps/<int:pk>/documents/new/", documents.document_add, name="document-add"),
    path("documents/<int:pk>/edit/", documents.document_edit, name="document-edit"),
    path("documents/<int:pk>/move/", documents.document_move, name="document-move"),
    path("documents/<int:pk>/remove/", documents.document_remove, name="document-remove"),
]
