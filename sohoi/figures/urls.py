"""Addresses of the figures."""

from django.urls import path

from sohoi.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.board, name="board"),
    path("<str:key>/", views.figure, name="figure"),
]
