"""Addresses of the records app."""

from django.urls import path

from sohoi.records import views

app_name = "records"
urlpatterns = [path("<str:kind>/<uuid:pk>/hoan-tac/", views.undo, name="undo")]
