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
    path("<uuid:pk>/sua-buoc/", views.home_correct, name="correct"),
    path("<uuid:pk>/go-buoc/", views.home_take_back, name="take_back"),
    path("<uuid:pk>/ket-thuc/", views.home_withdraw, name="end"),
    path("<uuid:pk>/rut/", views.home_recall, name="recall"),
    path("<uuid:pk>/kinh-phi/", views.add_contribution, name="add_contribution"),
    path("kinh-phi/<uuid:pk>/", views.edit_contribution, name="edit_contribution"),
    path("kinh-phi/<uuid:pk>/xoa/", views.remove_contribution, name="remove_contribution"),
]
