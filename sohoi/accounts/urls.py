"""Addresses of the accounts app."""

from django.urls import path

from sohoi.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("vai-tro/", views.roles, name="roles"),
    path("tai-khoan/", views.users, name="users"),
    path("tai-khoan/moi/", views.user_add, name="user_add"),
    path("tai-khoan/<uuid:pk>/", views.user, name="user"),
    path("tai-khoan/<uuid:pk>/sua/", views.user_correct, name="user_correct"),
    path("tai-khoan/<uuid:pk>/mat-khau/", views.user_password, name="user_password"),
    path("tai-khoan/<uuid:pk>/vai-tro/", views.appoint, name="appoint"),
    path("tai-khoan/<uuid:pk>/dong/", views.user_close, name="user_close"),
    path("tai-khoan/<uuid:pk>/mo-lai/", views.user_reopen, name="user_reopen"),
    path("tai-khoan/<uuid:pk>/hoan-tac/", views.user_undo, name="user_undo"),
    path("vai-tro/<uuid:pk>/thoi/", views.appointment_end, name="appointment_end"),
    path("vai-tro/<uuid:pk>/huy/", views.appointment_cancel, name="appointment_cancel"),
]
