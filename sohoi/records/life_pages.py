"""The pages of a life: its buttons, its next step, its end, and how a step is mended."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.org.models import today
from sohoi.records.forms import CorrectStepForm, EndForm, StepForm, TakeBackForm
from sohoi.records.models import Record
from sohoi.records.pages import Link, act_page


def life_links(
    record: Record, *, edit: bool, decide: bool, end: str = "", mend: str = "correct"
) -> list[Link | None]:
    """The buttons of a life for who may edit and who may decide; `end` is what ending is called,
    `mend` the room's page where a step written wrongly is mended."""
    room, life = record._meta.app_label, record.life
    following = life.next(record)
    return [
        Link(_("Sửa"), f"{room}:edit") if edit else None,
        Link(_("Sửa bước đã ghi"), f"{room}:{mend}") if decide and life.last(record) else None,
        Link(end, f"{room}:end") if decide and end and life.may_end(record) else None,
        Link(_("Ghi bước “%(step)s”") % {"step": following.state.label}, f"{room}:step", True)
        if decide and following
        else None,
    ]


def step_page(
    request: HttpRequest,
    record: Record,
    *,
    action: Callable[..., Any],
    form: type[forms.Form] = StepForm,
    only: Mapping[str, Iterable[str]] | None = None,
) -> HttpResponse:
    """The next step; `only` names the states at which a field of the form is asked for."""
    step = record.life.next(record)
    if step is None:
        return redirect(record)
    asked = form(request.POST or None, initial={"on": today(), "step": step.state})
    for name, states in (only or {}).items():
        if step.state not in states:
            del asked.fields[name]
    title = _("Ghi bước “%(step)s”: %%(name)s") % {"step": step.state.label}
    message = _("Đã ghi bước mới.")
    return act_page(request, record, form=asked, action=action, title=title, message=message)


def end_page(
    request: HttpRequest,
    record: Record,
    *,
    action: Callable[..., Any],
    called: str,
    consequences: Iterable[str],
    form: type[forms.Form] = EndForm,
) -> HttpResponse:
    """The life is ended, with a day and a reason; `called` is what the Union calls it."""
    return act_page(
        request,
        record,
        form=form(request.POST or None, initial={"on": today()}),
        action=action,
        title=f"{called}: %(name)s",
        consequences=[*consequences, _("Hồ sơ, lịch sử và lý do vẫn được giữ.")],
        message=_("Đã ghi: %(called)s.") % {"called": called.lower()},
        verb=called,
    )


def correct_page(
    request: HttpRequest, record: Record, *, action: Callable[..., Any]
) -> HttpResponse:
    """The day of a step is corrected; from here the last one is taken back."""
    recorded = record.life.recorded(record)
    form = CorrectStepForm(request.POST or None, initial={"step": recorded[-1].state})
    form.fields["step"].choices = [(step.state.value, step.state.label) for step in recorded]
    other = {
        "url": reverse(f"{record._meta.app_label}:take_back", args=[record.pk]),
        "title": _("Bước ghi sau cùng là ghi nhầm, gỡ bước đó"),
    }
    return act_page(
        request,
        record,
        form=form,
        action=action,
        title=_("Sửa bước đã ghi: %(name)s"),
        message=_("Đã sửa ngày."),
        other=other if record.life.last(record) else None,
    )


def take_back_page(
    request: HttpRequest,
    record: Record,
    *,
    action: Callable[..., Any],
    consequences: Iterable[str] = (),
) -> HttpResponse:
    """The last step was written by mistake."""
    last = record.life.last(record)
    if last is None:
        return redirect(record)
    return act_page(
        request,
        record,
        form=TakeBackForm(request.POST or None, initial={"step": last.state}),
        action=action,
        title=_("Gỡ bước “%(step)s”: %%(name)s") % {"step": last.state.label},
        consequences=[
            _("Hồ sơ trở lại bước trước; số liệu tính từ bước này thay đổi theo."),
            *consequences,
            _("Ngày đã ghi, lý do gỡ và người gỡ được giữ trong lịch sử."),
        ],
        message=_("Đã gỡ bước."),
        verb=_("Gỡ bước"),
    )
