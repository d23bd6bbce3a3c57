"""Addresses of the organisation."""

from django.urls import path

from sohoi.org import views

app_name = "org"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("tim/", views.pick, name="pick"),
    path("<uuid:pk>/", views.unit, name="unit"),
    path("<uuid:pk>/truc-thuoc/", views.below, name="below"),
    path("sap-xep/", views.reorganisations, name="reorganisations"),
    path("sap-xep/phuong-an/", views.reorganise, name="reorganise"),
    path("sap-xep/<uuid:pk>/tep/", views.plan_file, name="plan_file"),
]
