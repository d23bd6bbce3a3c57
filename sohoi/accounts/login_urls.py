"""Sign-in, sign-out, password and language: the only doors of allauth that are open."""

from allauth.account import views as allauth
from django.urls import path
from django.views.i18n import set_language

from sohoi.kit.policies import open_to_all, signed_in

_door = open_to_all(reason="Nobody is signed in before signing in.")
_language = open_to_all(reason="The language of the sign-in page can be changed too.")

urlpatterns = [
    path("dang-nhap/", _door(allauth.LoginView.as_view()), name="account_login"),
    path("thoat/", signed_in(allauth.LogoutView.as_view()), name="account_logout"),
    path(
        "doi-mat-khau/",
        signed_in(allauth.PasswordChangeView.as_view(success_url="/")),
        name="account_change_password",
    ),
    path("ngon-ngu/", _language(set_language), name="set_language"),
]
