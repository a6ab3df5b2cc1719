"""The addresses of this room, below /i/<slug>/."""

from django.urls import URLPattern

app_name = "onboarding"
urlpatterns: list[URLPattern] = []
