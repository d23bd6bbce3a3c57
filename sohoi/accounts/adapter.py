"""What allauth asks us: nobody registers herself, and no e-mail is needed."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


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

    def populate_username(self, request: HttpRequest, user) -> None:
        """User names are given by the administrator and never derived."""

    def respond_user_inactive(self, request: HttpRequest, user) -> HttpResponse:
        """Told only to somebody who knows the password of the closed account."""
        messages.error(
            request, gettext("Tài khoản này đã đóng. Báo người quản trị nếu cần mở lại.")
        )
        return redirect("account_login")
