"""Pages of accounts: the task list, who may do what, and the administration of users."""

import secrets
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from sohoi.accounts import actions
from sohoi.accounts.documents import appointment_rows, role_rows, task_rows
from sohoi.accounts.forms import AppointmentForm, UserForm
from sohoi.accounts.models import Appointment, User
from sohoi.accounts.queries import accounts_within, matching, tasks_of
from sohoi.kit.pages import confirm_page, edit_page
from sohoi.kit.policies import requires, signed_in
from sohoi.kit.rooms import rooms
from sohoi.org.models import today

NEW_PASSWORD = "new_password"  # noqa: S105 - the name of a session key


@signed_in
def tasks(request: HttpRequest) -> HttpResponse:
    """What must I do, by when."""
    quick = [
        {"title": item.title, "url": item.url}
        for room in rooms()
        for item in room.menu
        if item.url_name != "accounts:tasks"
        and (not item.permission or request.user.may(item.permission))
    ]
    context = {"tasks": task_rows(tasks_of(request.user)), "quick": quick[:6]}
    return render(request, "accounts/tasks.html", context)


@signed_in
def roles(request: HttpRequest) -> HttpResponse:
    """Every role in words: what it is for and what it may do."""
    return render(request, "accounts/roles.html", {"roles": role_rows()})


@requires("accounts.manage")
def users(request: HttpRequest) -> HttpResponse:
    found = accounts_within(request.user.reach("accounts.manage"))
    listed = matching(found, request.GET.get("q", ""))
    context = {"users": appointment_rows(listed), "search": request.GET.get("q", "")}
    return render(request, "accounts/users.html", context)


def _user(request: HttpRequest, pk: UUID) -> User:
    return get_object_or_404(accounts_within(request.user.reach("accounts.manage")), pk=pk)


@requires("accounts.manage")
def user(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account. A new one-time password is shown on this page once, and nowhere else."""
    found = _user(request, pk)
    shown = request.session.pop(NEW_PASSWORD, {})
    (row,) = appointment_rows([found])
    context = {"account": found, "row": row, "password": shown.get(str(found.pk))}
    return render(request, "accounts/user.html", context)


def _user_url(found: User) -> str:
    return reverse("accounts:user", args=[found.pk])


@requires("accounts.manage")
def user_add(request: HttpRequest) -> HttpResponse:
    def add(data: dict) -> User:
        password = secrets.token_urlsafe(9)
        found = actions.add_user(by=request.user, password=password, **data)
        request.session[NEW_PASSWORD] = {str(found.pk): password}
        return found

    return edit_page(
        request,
        form=UserForm(request.POST or None),
        action=add,
        template="ui/edit.html",
        done=_user_url,
        message=gettext("Đã thêm tài khoản. Giao vai trò cho tài khoản này."),
        context={"title": gettext("Thêm tài khoản"), "back_url": reverse("accounts:users")},
    )


@requires("accounts.manage")
def user_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)

    def renew(_data: dict) -> None:
        password = secrets.token_urlsafe(9)
        actions.set_password(user=found, password=password, by=request.user)
        request.session[NEW_PASSWORD] = {str(found.pk): password}

    return confirm_page(
        request,
        action=renew,
        title=gettext("Đặt mật khẩu mới cho %(name)s") % {"name": found.username},
        consequences=[
            gettext("Mật khẩu cũ không dùng được nữa."),
            gettext("Mật khẩu mới hiện ra một lần để trao tận tay."),
        ],
        back_url=_user_url(found),
        message=gettext("Đã đặt mật khẩu mới."),
        verb=gettext("Đặt mật khẩu mới"),
    )


@requires("accounts.manage")
def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)
    form = AppointmentForm(request.POST or None, initial={"valid_from": today()})
    form.roots = request.user.reach("accounts.manage")
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.appoint(user=found, by=request.user, **data),
        template="ui/edit.html",
        done=lambda _appointment: _user_url(found),
        message=gettext("Đã giao vai trò."),
        context={
            "title": gettext("Giao vai trò cho %(name)s") % {"name": found.full_name},
            "back_url": _user_url(found),
        },
    )


@requires("accounts.manage")
def appointment_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    within = accounts_within(request.user.reach("accounts.manage"))
    appointment = get_object_or_404(Appointment.objects.filter(user__in=within), pk=pk)
    return confirm_page(
        request,
        action=lambda _data: actions.end_appointment(
            appointment=appointment, on=today(), by=request.user
        ),
        title=gettext("Thôi giao vai trò"),
        consequences=[gettext("Từ hôm nay tài khoản không còn quyền của vai trò này.")],
        back_url=_user_url(appointment.user),
        message=gettext("Đã thôi giao vai trò."),
        verb=gettext("Thôi giao"),
    )


@requires("accounts.manage")
def user_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)
    if found == request.user:
        return redirect(_user_url(found))
    return confirm_page(
        request,
        action=lambda _data: actions.close_account(user=found, by=request.user),
        title=gettext("Đóng tài khoản %(name)s") % {"name": found.username},
        consequences=[
            gettext("Tài khoản không đăng nhập được nữa."),
            gettext("Những gì tài khoản này đã ghi vẫn giữ nguyên tên người ghi."),
        ],
        back_url=_user_url(found),
        message=gettext("Đã đóng tài khoản."),
        verb=gettext("Đóng tài khoản"),
    )
