"""The addresses of this room, below /i/<slug>/."""

from django.urls import path

from lists import views

app_name = "lists"
urlpatterns = [
    path("lists/", views.list_index, name="list-index"),
    path("lists/<slug:key>/", views.list_show, name="list-show"),
    path("lists/<slug:key>/edit/", views.list_edit, name="list-edit"),
    path("lists/<slug:key>/<int:pk>/", views.item_edit, name="item-edit"),
]
