"""All addresses. What belongs to an implementation lives below /i/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from crmsetup.views import history, implementations, invitations, logo, members, preferences

implementation_patterns = [
    path("", implementations.implementation_overview, name="implementation-overview"),
    path("settings/", implementations.implementation_edit, name="implementation-edit"),
    path("archive/", implementations.implementation_archive, name="implementation-archive"),
    path("bring-back/", implementations.implementation_bring_back, name="implementation-bring-back"),
    path("settings/logo/", logo.logo_edit, name="logo-edit"),
    path("settings/logo/remove/", logo.logo_remove, name="logo-remove"),
    path("logo/<str:digest>.png", logo.logo_show, name="logo-show"),
    path("members/", members.member_list, name="member-list"),
    path("members/leave/", members.member_leave, name="member-leave"),
    path("members/<int:pk>/", members.member_edit, name="member-edit"),
    path("members/<int:pk>/end/", members.member_end, name="member-end"),
    path("members/invite/", invitations.invitation_create, name="invitation-create"),
    path("members/invitations/<int:pk>/send-again/", invitations.invitation_send_again, name="invitation-send-again"),
    path("members/invitations/<int:pk>/withdraw/", invitations.invitation_withdraw, name="invitation-withdraw"),
    path("history/", history.change_list, name="change-list"),
    path("history/<int:seq>/undo/", history.change_undo, name="change-undo"),
]

ground_patterns: list[URLPattern | URLResolver] = [
    path("", implementations.implementation_choose, name="implementation-choose"),
    path("new/", implementations.implementation_create, name="implementation-create"),
    path("invitation/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
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
