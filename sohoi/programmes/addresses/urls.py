"""Addresses of the addresses room."""

from django.urls import path

from sohoi.programmes.addresses import views

app_name = "addresses"
urlpatterns = [
    path("", views.address_list, name="list"),
    path("moi/", views.address_create, name="create"),
    path("<uuid:pk>/", views.address_detail, name="detail"),
    path("<uuid:pk>/sua/", views.address_edit, name="edit"),
    path("<uuid:pk>/ket-thuc/", views.address_close, name="close"),
    path("<uuid:pk>/thanh-vien/", views.member_add, name="member_add"),
    path("<uuid:pk>/tap-huan/", views.training_add, name="training"),
    path("<uuid:pk>/ra-soat/", views.review_add, name="review"),
    path("thanh-vien/<uuid:pk>/", views.member_page, name="member"),
    path("thanh-vien/<uuid:pk>/thoi/", views.member_end, name="member_end"),
]
