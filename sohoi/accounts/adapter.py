"""What allauth asks us: nobody registers herself, and no e-mail is needed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.accounts import unsent

_WEAK = {
    "password_too_short": _("Mật khẩu còn ngắn: cần ít nhất %(min_length)d ký tự."),
    "password_too_common": _("Mật khẩu này nhiều người dùng, dễ bị đoán. Chọn mật khẩu khác."),
    "password_too_similar": _("Mật khẩu quá giống tên. Chọn mật khẩu khác."),
}


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are added by an administrator."""

    # allauth speaks no Vietnamese.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra lại cả hai rồi thử lại."
        ),
        "too_many_login_attempts": _(
            "Sai quá nhiều lần. Chờ năm phút rồi thử lại, hoặc báo người quản trị."
        ),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Back to a form she had filled, if one waits for her."""
        return unsent.waiting(request) or super().get_login_redirect_url(request)

    def clean_password(self, password: str, user: Any = None) -> str:
        """Django's validators judge; what they say is said in our words."""
        try:
            return super().clean_password(password, user)
        except ValidationError as errors:
            raise ValidationError(
                [
                    ValidationError(_WEAK.get(e.code, e.message), code=e.code, params=e.params)
                    for e in errors.error_list
                ]
            ) from errors

    def populate_username(self, request: HttpRequest, user) -> None:
        """User names are given by the administrator and never derived."""

    def respond_user_inactive(self, request: HttpRequest, user) -> HttpResponse:
        """Told only to somebody who knows the password of the closed account."""
        messages.error(
            request, gettext("Tài khoản này đã đóng. Báo người quản trị nếu cần mở lại.")
        )
        return redirect("account_login")
