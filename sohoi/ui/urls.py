"""Addresses of the ui app."""

from django.urls import path

from sohoi.ui.views import charts, gallery

app_name = "ui"
urlpatterns = [
    path("", gallery, name="gallery"),
    path("bieu-do/", charts, name="charts"),
]
