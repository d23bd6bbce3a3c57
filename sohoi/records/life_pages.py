"""The pages of a life: its next step, its end, and how a step is mended."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sohoi.kit.rooms import verbs
from sohoi.records.columns import url_of
from sohoi.records.models import Record
from sohoi.records.pages import act_page


def step_page(
    request: HttpRequest, record: Record, *, only: Mapping[str, Iterable[str]] | None = None
) -> HttpResponse:
    """The next step; `only` names the states at which a field of the form is asked for."""
    step, verb = record.life.next(record), f"{record._meta.app_label}.step"
    if step is None:
        return redirect(record)
    form = verbs()[verb].form(request.POST or None, initial={"step": step.state})
    for name, states in (only or {}).items():
        if step.state not in states:
            del form.fields[name]
    title = _("Ghi bước “%(step)s”: %%(name)s") % {"step": step.state.label}
    return act_page(request, record, verb, form=form, title=title, message=_("Đã ghi bước mới."))


def end_page(
    request: HttpRequest,
    record: Record,
    *,
    consequences: Iterable[str],
    verb: str = "",
    called: str = "",
) -> HttpResponse:
    """The life is ended, with a reason; by another verb it is `called` something else."""
    called = called or str(record.life.ending)
    return act_page(
        request,
        record,
        verb or f"{record._meta.app_label}.end",
        title=f"{called}: %(name)s",
        consequences=[*consequences, _("Hồ sơ, lịch sử và lý do vẫn được giữ.")],
        message=_("Đã ghi: %(called)s.") % {"called": called.lower()},
        button=called,
    )


def correct_page(request: HttpRequest, record: Record) -> HttpResponse:
    """The day of a step is corrected; from here the last one is taken back."""
    recorded, room = record.life.recorded(record), record._meta.app_label
    verb = f"{room}.correct"
    form = verbs()[verb].form(request.POST or None, initial={"step": recorded[-1].state})
    form.fields["step"].choices = [(step.state.value, step.state.label) for step in recorded]
    other = {
        "url": url_of(f"{room}.take_back", record),
        "title": _("Bước ghi sau cùng là ghi nhầm, gỡ bước đó"),
    }
    return act_page(
        request,
        record,
        verb,
        form=form,
        title=_("Sửa bước đã ghi: %(name)s"),
        message=_("Đã sửa ngày."),
        other=other if record.life.last(record) else None,
    )


def take_back_page(
    request: HttpRequest, record: Record, *, consequences: Iterable[str] = ()
) -> HttpResponse:
    """The last step was written by mistake."""
    last, verb = record.life.last(record), f"{record._meta.app_label}.take_back"
    if last is None:
        return redirect(record)
    return act_page(
        request,
        record,
        verb,
        form=verbs()[verb].form(request.POST or None, initial={"step": last.state}),
        title=_("Gỡ bước “%(step)s”: %%(name)s") % {"step": last.state.label},
        consequences=[
            _("Hồ sơ trở lại bước trước; số liệu tính từ bước này thay đổi theo."),
            *consequences,
            _("Ngày đã ghi, lý do gỡ và người gỡ được giữ trong lịch sử."),
        ],
        message=_("Đã gỡ bước."),
        button=_("Gỡ bước"),
    )
