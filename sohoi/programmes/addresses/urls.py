"""Addresses of the addresses room."""

from django.urls import path

from sohoi.programmes.addresses import views

app_name = "addresses"
urlpatterns = [
    path("", views.address_list, name="list"),
    path("moi/", views.address_create, name="create"),
    path("<uuid:pk>/", views.address_detail, name="detail"),
    path("<uuid:pk>/sua/", views.address_edit, name="edit"),
    path("<uuid:pk>/go/", views.address_remove, name="remove"),
    path("<uuid:pk>/ket-thuc/", views.address_close, name="end"),
    path("<uuid:pk>/go-buoc/", views.address_take_back, name="take_back"),
    path("<uuid:pk>/thanh-vien/", views.add_member, name="add_member"),
    path("<uuid:pk>/tap-huan/", views.train, name="train"),
    path("<uuid:pk>/ra-soat/", views.review, name="review"),
    path("thanh-vien/<uuid:pk>/", views.member_page, name="member"),
    path("thanh-vien/<uuid:pk>/thoi/", views.end_member, name="end_member"),
    path("thanh-vien/<uuid:pk>/sua/", views.edit_member, name="edit_member"),
    path("thanh-vien/<uuid:pk>/xoa/", views.remove_member, name="remove_member"),
    path("tap-huan/<uuid:pk>/sua/", views.edit_training, name="edit_training"),
    path("tap-huan/<uuid:pk>/xoa/", views.remove_training, name="remove_training"),
    path("ra-soat/<uuid:pk>/xoa/", views.remove_review, name="remove_review"),
]
