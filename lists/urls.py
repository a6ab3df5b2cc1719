"""The addresses of this room, below /i/<slug>/."""

from django.urls import URLPattern

app_name = "lists"
urlpatterns: list[URLPattern] = []
