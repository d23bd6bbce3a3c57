"""Addresses of the organisation."""

from django.urls import path

from sohoi.org import views

app_name = "org"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("<uuid:pk>/", views.unit, name="unit"),
    path("<uuid:pk>/truc-thuoc/", views.below, name="below"),
]
