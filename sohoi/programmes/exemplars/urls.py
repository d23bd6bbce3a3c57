"""Addresses of the exemplars room."""

from django.urls import path

from sohoi.programmes.exemplars import views

app_name = "exemplars"
urlpatterns = [
    path("", views.exemplar_list, name="list"),
    path("moi/", views.exemplar_create, name="create"),
    path("<uuid:pk>/", views.exemplar_detail, name="detail"),
    path("<uuid:pk>/sua/", views.exemplar_edit, name="edit"),
    path("<uuid:pk>/go/", views.exemplar_remove, name="remove"),
    path("<uuid:pk>/buoc/", views.exemplar_step, name="step"),
    path("<uuid:pk>/sua-buoc/", views.exemplar_correct, name="correct"),
    path("<uuid:pk>/go-buoc/", views.exemplar_take_back, name="take_back"),
    path("<uuid:pk>/tuyen-truyen/", views.publish, name="publish"),
    path("tuyen-truyen/<uuid:pk>/", views.publication, name="publication"),
    path("tuyen-truyen/<uuid:pk>/sua/", views.edit_publication, name="edit_publication"),
    path("tuyen-truyen/<uuid:pk>/xoa/", views.remove_publication, name="remove_publication"),
]
