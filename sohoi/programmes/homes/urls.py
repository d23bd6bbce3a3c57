"""Addresses of the homes room."""

from django.urls import path

from sohoi.programmes.homes import views

app_name = "homes"
urlpatterns = [
    path("", views.home_list, name="list"),
    path("moi/", views.home_create, name="create"),
    path("<uuid:pk>/", views.home_detail, name="detail"),
    path("<uuid:pk>/sua/", views.home_edit, name="edit"),
    path("<uuid:pk>/buoc/", views.home_step, name="step"),
    path("<uuid:pk>/rut/", views.home_withdraw, name="withdraw"),
    path("<uuid:pk>/kinh-phi/", views.contribution_add, name="contribution"),
    path("kinh-phi/<uuid:pk>/xoa/", views.contribution_remove, name="contribution_remove"),
]
