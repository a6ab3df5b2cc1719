"""All addresses. What belongs to an implementation lives below /i/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from crmsetup import views

implementation_patterns = [
    path("", views.implementation_overview, name="implementation-overview"),
    path("settings/", views.implementation_edit, name="implementation-edit"),
    path("history/", views.change_list, name="change-list"),
    path("history/<int:seq>/undo/", views.change_undo, name="change-undo"),
]

ground_patterns: list[URLPattern | URLResolver] = [
    path("", views.implementation_choose, name="implementation-choose"),
    path("new/", views.implementation_create, name="implementation-create"),
    path("preferences/", views.preferences_save, name="preferences-save"),
    path("i/<slug:slug>/", include(implementation_patterns)),
]

urlpatterns = [
    path("", include((ground_patterns, "crmsetup"))),
    path("account/", include("crmsetup.account_urls")),
    path("i/<slug:slug>/", include("lists.urls")),
    path("i/<slug:slug>/", include("workflows.urls")),
    path("i/<slug:slug>/", include("onboarding.urls")),
]

handler400 = "crmsetup.views.bad_request"
handler403 = "crmsetup.views.forbidden"
handler404 = "crmsetup.views.not_found"
