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
    path("<uuid:pk>/thanh-vien/", views.member_add, name="member_add"),
    path("<uuid:pk>/tap-huan/", views.training_add, name="training"),
    path("<uuid:pk>/ra-soat/", views.review_add, name="review"),
    path("thanh-vien/<uuid:pk>/", views.member_page, name="member"),
    path("thanh-vien/<uuid:pk>/thoi/", views.member_end, name="member_end"),
    path("thanh-vien/<uuid:pk>/sua/", views.member_edit, name="member_edit"),
    path("thanh-vien/<uuid:pk>/xoa/", views.member_remove, name="member_remove"),
    path("tap-huan/<uuid:pk>/sua/", views.training_edit, name="training_edit"),
    path("tap-huan/<uuid:pk>/xoa/", views.training_remove, name="training_remove"),
    path("ra-soat/<uuid:pk>/xoa/", views.review_remove, name="review_remove"),
]
