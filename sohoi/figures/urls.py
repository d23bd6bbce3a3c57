"""Addresses of the figures."""

from django.urls import path

from sohoi.figures.views import board

app_name = "figures"
urlpatterns = [
    path("", board.board, name="board"),
    path("<str:key>/", board.figure, name="figure"),
]
