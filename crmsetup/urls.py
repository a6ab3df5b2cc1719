"""All addresses. What belongs to an implementation lives below /i/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from crmsetup.views import history, implementations, preferences

implementation_patterns = [
    path("", implementations.implementation_overview, name="implementation-overview"),
    path("settings/", implementations.implementation_edit, name="implementation-edit"),
    path("history/", history.change_list, name="change-list"),
    path("history/<int:seq>/undo/", history.change_undo, name="change-undo"),
]

ground_patterns: list[URLPattern | URLResolver] = [
    path("", implementations.implementation_choose, name="implementation-choose"),
    path("new/", implementations.implementation_create, name="implementation-create"),
    path("preferences/", preferences.preferences_save, name="preferences-save"),
    path("i/<slug:slug>/", include(implementation_patterns)),
]

urlpatterns = [
    path("", include((ground_patterns, "crmsetup"))),
    path("account/", include("crmsetup.account_urls")),
    path("i/<slug:slug>/", include("lists.urls")),
    path("i/<slug:slug>/", include("workflows.urls")),
    path("i/<slug:slug>/", include("onboarding.urls")),
]

handler400 = "crmsetup.views.errors.bad_request"
handler403 = "crmsetup.views.errors.forbidden"
handler404 = "crmsetup.views.errors.not_found"
