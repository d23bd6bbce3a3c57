"""Pages of accounts: the task list, who may do what, and the administration of users."""

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sohoi.accounts import actions
from sohoi.accounts.documents import (
    ACCOUNT_FILTERS,
    ACCOUNTS,
    appointment_rows,
    appointment_told,
    held_today,
    role_rows,
    task_list,
)
from sohoi.accounts.forms import AppointmentForm, CorrectionForm, UserForm
from sohoi.accounts.models import Appointment, User
from sohoi.accounts.queries import accounts_within, starts_of, tasks_of, with_roles
from sohoi.accounts.roles import ROLES
from sohoi.audit.pages import undo_page
from sohoi.audit.queries import Part, history_of
from sohoi.audit.undo import url_after
from sohoi.kit.lists import Listing
from sohoi.kit.pages import confirm_page, edit_page
from sohoi.kit.policies import requires, signed_in
from sohoi.org.models import today
from sohoi.ui.forms import ReasonForm
from sohoi.ui.lists.pages import list_page

MOST_TASKS, MOST_STARTS = 20, 6
PARTS = (Part(Appointment, "user", _("vai trò"), silent=()),)
NEW_PASSWORD = "new_password"  # noqa: S105 - the name of a session key


@signed_in
def tasks(request: HttpRequest) -> HttpResponse:
    """What must I do, by when; with `tat-ca` all of it."""
    most = None if "tat-ca" in request.GET else MOST_TASKS
    starts = [(item.title, item.url) for item in starts_of(request.user)]
    context = {
        "tasks": task_list(tasks_of(request.user), most=most),
        "starts": starts[:MOST_STARTS],
        "held": held_today(request.user),
    }
    return render(request, "accounts/tasks.html", context)


@signed_in
def roles(request: HttpRequest) -> HttpResponse:
    """Every role in words: what it is for and what it may do."""
    return render(request, "accounts/roles.html", {"roles": role_rows()})


@requires("accounts.manage")
def users(request: HttpRequest) -> HttpResponse:
    """The accounts he looks after, in the order of given names."""
    listing = Listing(
        title=gettext("Tài khoản"),
        columns=ACCOUNTS,
        order=("sort_key",),
        record_url=_user_url,
        filters=ACCOUNT_FILTERS,
        create_url=reverse("accounts:user_add"),
        create_title=gettext("Thêm tài khoản"),
        empty_title=gettext("Chưa có tài khoản nào"),
    )
    found = accounts_within(request.user.reach("accounts.manage"))
    return list_page(request, queryset=with_roles(found), listing=listing, key="tai-khoan")


def _user(request: HttpRequest, pk: UUID) -> User:
    return get_object_or_404(accounts_within(request.user.reach("accounts.manage")), pk=pk)


@requires("accounts.manage")
def user(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account. A new one-time password is shown on this page once, and nowhere else."""
    found = _user(request, pk)
    shown = request.session.pop(NEW_PASSWORD, {})
    (row,) = appointment_rows([found])
    context = {
        "account": found,
        "row": row,
        "password": shown.get(str(found.pk)),
        "history": history_of(found, parts=PARTS),
    }
    return render(request, "accounts/user.html", context)


def _user_url(found: User) -> str:
    return reverse("accounts:user", args=[found.pk])


def _undo(request: HttpRequest, found: User) -> Callable[[Any], str]:
    """The button of a message; a first password or a new one has none, since it was shown."""
    return lambda _done: url_after("accounts:user_undo", found.pk, about=found.pk, by=request.user)


@requires("accounts.manage")
@require_POST
def user_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)
    return undo_page(
        request,
        undo=lambda at: actions.undo(user=found, at=at, by=request.user),
        back=lambda: _user_url(found),
    )


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


def _tell_first(request: HttpRequest, found: User, form: AppointmentForm) -> HttpResponse:
    """What the appointment will mean, before it is given; or the form once more, as it was."""
    context = {
        "form": form,
        "title": gettext("Giao vai trò cho %(name)s") % {"name": found.full_name},
        "back_url": _user_url(found),
    }
    if "change" in request.POST:
        return render(request, "ui/edit.html", context)
    context["sent"] = [(name, request.POST.get(name, "")) for name in form.fields]
    context["consequences"] = appointment_told(found, **form.cleaned_data)
    return render(request, "accounts/appoint.html", context)


@requires("accounts.manage")
def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)
    roots = request.user.reach("accounts.manage")
    form = AppointmentForm(request.POST or None, initial={"valid_from": today()}, roots=roots)
    if form.is_valid() and "agreed" not in request.POST:
        return _tell_first(request, found, form)
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.appoint(user=found, by=request.user, **data),
        template="ui/edit.html",
        done=lambda _appointment: _user_url(found),
        message=gettext("Đã giao vai trò."),
        undo=_undo(request, found),
        context={
            "title": gettext("Giao vai trò cho %(name)s") % {"name": found.full_name},
            "back_url": _user_url(found),
        },
    )


@requires("accounts.manage")
def user_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)
    named = {"full_name": found.full_name, "username": found.username}
    return edit_page(
        request,
        form=CorrectionForm(request.POST or None, initial=named),
        action=lambda data: actions.correct_user(user=found, by=request.user, **data),
        template="ui/edit.html",
        done=lambda _none: _user_url(found),
        message=gettext("Đã sửa tên tài khoản."),
        undo=_undo(request, found),
        context={
            "title": gettext("Sửa tên tài khoản %(name)s") % {"name": named["username"]},
            "back_url": _user_url(found),
        },
    )


def _appointment(request: HttpRequest, pk: UUID) -> Appointment:
    within = accounts_within(request.user.reach("accounts.manage"))
    held = Appointment.objects.filter(user__in=within).select_related("user")
    return get_object_or_404(held, pk=pk)


def _about(appointment: Appointment, title: str) -> str:
    """Whose role it is: an account may hold several, and several people the same."""
    role = ROLES[appointment.role].title if appointment.role in ROLES else appointment.role
    return title % {"role": role, "name": appointment.user.full_name}


@requires("accounts.manage")
def appointment_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    appointment = _appointment(request, pk)
    return confirm_page(
        request,
        form=ReasonForm(request.POST or None),
        action=lambda data: actions.end_appointment(
            appointment=appointment, on=today(), by=request.user, **data
        ),
        title=_about(appointment, gettext("Thôi giao vai trò %(role)s của %(name)s")),
        consequences=[
            gettext("Từ hôm nay tài khoản không còn quyền của vai trò này."),
            gettext("Giao nhầm thì chọn “Huỷ, giao nhầm” ở trang tài khoản."),
        ],
        back_url=_user_url(appointment.user),
        message=gettext("Đã thôi giao vai trò."),
        undo=_undo(request, appointment.user),
        verb=gettext("Thôi giao"),
    )


@requires("accounts.manage")
def appointment_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    appointment = _appointment(request, pk)
    return confirm_page(
        request,
        form=ReasonForm(request.POST or None),
        action=lambda data: actions.cancel_appointment(
            appointment=appointment, by=request.user, **data
        ),
        title=_about(appointment, gettext("Huỷ vai trò %(role)s giao nhầm cho %(name)s")),
        consequences=[
            gettext(
                "Tài khoản mất quyền của vai trò này ngay; vai trò được coi như chưa từng giao."
            ),
            gettext("Những gì tài khoản này đã ghi vẫn giữ nguyên tên người ghi."),
        ],
        back_url=_user_url(appointment.user),
        message=gettext("Đã huỷ vai trò giao nhầm."),
        undo=_undo(request, appointment.user),
        verb=gettext("Huỷ vai trò"),
    )


@requires("accounts.manage")
def user_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)
    if found == request.user:
        return redirect(_user_url(found))
    return confirm_page(
        request,
        form=ReasonForm(request.POST or None),
        action=lambda data: actions.close_account(user=found, by=request.user, **data),
        title=gettext("Đóng tài khoản %(name)s") % {"name": found.username},
        consequences=[
            gettext("Tài khoản không đăng nhập được nữa."),
            gettext("Những gì tài khoản này đã ghi vẫn giữ nguyên tên người ghi."),
        ],
        back_url=_user_url(found),
        message=gettext("Đã đóng tài khoản."),
        undo=_undo(request, found),
        verb=gettext("Đóng tài khoản"),
    )


@requires("accounts.manage")
def user_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _user(request, pk)
    return confirm_page(
        request,
        form=ReasonForm(request.POST or None),
        action=lambda data: actions.reopen_account(user=found, by=request.user, **data),
        title=gettext("Mở lại tài khoản %(name)s") % {"name": found.username},
        consequences=[
            gettext("Tài khoản đăng nhập lại được bằng mật khẩu cũ, với các vai trò còn hiệu lực."),
            gettext("Nếu ngờ mật khẩu đã lộ, đặt mật khẩu mới ngay sau khi mở lại."),
        ],
        back_url=_user_url(found),
        message=gettext("Đã mở lại tài khoản."),
        undo=_undo(request, found),
        verb=gettext("Mở lại tài khoản"),
    )
