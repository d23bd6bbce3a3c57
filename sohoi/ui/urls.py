"""Addresses of the ui app."""

from django.urls import path

from sohoi.ui.views import gallery

app_name = "ui"
urlpatterns = [path("", gallery, name="gallery")]
