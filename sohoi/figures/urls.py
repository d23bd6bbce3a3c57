"""Addresses of the figures."""

from django.urls import path

from sohoi.figures.definitions import views as definitions
from sohoi.figures.explorer import views as explorer
from sohoi.figures.quality import views as quality
from sohoi.figures.reading import views as reading

app_name = "figures"
urlpatterns = [
    path("", reading.board, name="board"),
    path("chi-tieu/", definitions.definition_list, name="definitions"),
    path("chi-tieu/moi/", definitions.definition_add, name="definition_add"),
    path("chi-tieu/<str:key>/", definitions.definition, name="definition"),
    path("chi-tieu/<str:key>/sua/", definitions.definition_edit, name="definition_edit"),
    path("chi-tieu/<str:key>/ngung/", definitions.definition_close, name="definition_close"),
    path("chi-tieu/<str:key>/hoan-tac/", definitions.definition_undo, name="definition_undo"),
    path("chat-luong/", quality.quality, name="quality"),
    path("kham-pha/", explorer.explorer, name="explorer"),
    path("kham-pha/<str:key>/", explorer.explorer_cell, name="explorer_cell"),
    path("<str:key>/", reading.figure, name="figure"),
]
