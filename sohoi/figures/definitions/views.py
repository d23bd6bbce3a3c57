"""Pages of the indicators themselves: list, one in plain words, add, edit, close."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sohoi.audit.pages import undo_page
from sohoi.audit.queries import history_of
from sohoi.audit.undo import url_after
from sohoi.figures.asking.pages import asking
from sohoi.figures.catalogue.choices import SECTIONS
from sohoi.figures.definitions import actions, documents, queries
from sohoi.figures.definitions.forms import FORMS, CloseForm, DefinitionForm, SourceForm
from sohoi.figures.definitions.trial import Trial, try_out
from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.figures.reading.documents import amount_text, period_text
from sohoi.kit.indicators import KIND_TITLES
from sohoi.kit.lists import Column, Filter, Listing
from sohoi.kit.pages import confirm_page, edit_page
from sohoi.kit.policies import requires
from sohoi.kit.refusals import Refused
from sohoi.org.models import today
from sohoi.org.queries import Place, is_under, place_of
from sohoi.ui.lists.choosing import plainly
from sohoi.ui.lists.pages import list_page

COLUMNS = (
    Column(key="title", title=_("Chỉ tiêu"), value=lambda e: e.title),
    Column(key="section", title=_("Mục"), value=lambda e: SECTIONS.get(e.section, e.section)),
    Column(key="kind", title=_("Loại số"), value=lambda e: KIND_TITLES[e.kind]),
    Column(key="measure", title=_("Đơn vị tính"), value=lambda e: e.measure),
    Column(key="source", title=_("Con số lấy từ"), value=lambda e: documents.SHORT[e.source]),
    Column(key="origin", title=_("Nơi đặt"), value=lambda e: documents.ORIGINS[e.origin]),
    Column(
        key="state",
        title=_("Tình trạng"),
        value=lambda e: documents.STATES[e.state],
        kind="chip",
        tone=lambda e: documents.TONES[e.state],
    ),
)
KEY = Column(key="key", title=_("Mã"), value=lambda e: e.key, shown=False)
FILTERS = (
    Filter(key="muc", title=_("Mục"), choices=SECTIONS.items, lookup="section"),
    Filter(key="loai", title=_("Loại số"), choices=KIND_TITLES.items, lookup="kind"),
    Filter(
        key="nguon", title=_("Con số lấy từ"), choices=lambda: SourceKind.choices, lookup="source"
    ),
    Filter(key="noi-dat", title=_("Nơi đặt"), choices=documents.ORIGINS.items, lookup="origin"),
)


@requires("figures.view")
def definition_list(request: HttpRequest) -> HttpResponse:
    """Every indicator: built in, shipped, and the province's own."""
    may_define = request.user.may(actions.DEFINE)
    listing = Listing(
        title=_("Danh mục chỉ tiêu"),
        columns=(*COLUMNS, KEY),
        order=(),
        record_url=lambda entry: entry.url,
        filters=FILTERS,
        create_url=reverse("figures:definition_add") if may_define else "",
        create_title=_("Thêm chỉ tiêu"),
        empty_title=_("Chưa có chỉ tiêu nào"),
    )
    return list_page(
        request,
        queryset=queries.every(request.user.reach("figures.view")),
        listing=listing,
        key="chi-tieu",
        choose=plainly(lambda entry: f"{entry.title} {entry.key}"),
    )


@requires("figures.view")
def definition(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator: what it counts, from where, since when, and who changed what."""
    entry = queries.entry_of(key, request.user.reach("figures.view"))
    if entry is None:
        raise Http404
    context = {
        "entry": entry,
        "facts": documents.facts_of(entry),
        "state": {"text": documents.STATES[entry.state], "tone": documents.TONES[entry.state]},
        "origin": documents.ORIGINS[entry.origin],
        "fixed": actions.fixed(entry.row) if entry.row else "",
        "history": _readable(history_of(entry.row)) if entry.row else [],
        "may_define": bool(entry.row) and actions.may_change(entry.row, request.user),
    }
    return render(request, "figures/definition.html", context)


def _readable(history: list[dict]) -> list[dict]:
    """Keys of other indicators beside one another; conditions as they are stored."""
    for change in (change for entry in history for change in entry["changes"]):
        for side in ("before", "after"):
            if isinstance(change[side], list):
                change[side] = ", ".join(str(item) for item in change[side])
    return history


@requires("figures.define")
@asking
def definition_add(request: HttpRequest) -> HttpResponse:
    """First the source, then what this source needs."""
    step = SourceForm(request.GET if {"nguon", "buoc"} & request.GET.keys() else None)
    if not step.is_valid():
        context = {"form": step, "back_url": reverse("figures:definitions")}
        return render(request, "figures/definition_source.html", context)
    source, _colon, record_kind = step.cleaned_data["nguon"].partition(":")
    owner, begin = _owner(request), {"valid_from": request.question.period.start}
    form = FORMS[source](
        request.POST or None, owner=owner.id, record_kind=record_kind, initial=begin
    )
    return _page(
        request,
        form,
        title=gettext("Thêm chỉ tiêu"),
        step=dict(step.fields["nguon"].choices)[step.cleaned_data["nguon"]],
        owner=owner,
        back_url=reverse("figures:definition_add"),
        action=lambda _data: actions.add_indicator(
            by=request.user, owner=owner.id, source=source, **form.details()
        ),
        asked={"source": source, "owner_id": owner.id},
    )


def _owner(request: HttpRequest) -> Place:
    """The unit it is made for: that of hers under which the unit of the page stands."""
    roots, unit = request.user.reach(request.permission), request.question.unit.id
    return place_of(next(root for root in roots if unit == root or is_under(unit, [root])))


@requires("figures.define")
@asking
def definition_edit(request: HttpRequest, key: str) -> HttpResponse:
    row = _row(request, key)
    fixed = actions.fixed(row)
    form = FORMS[row.source](
        request.POST or None,
        owner=row.owner_id,
        record_kind=row.record_kind,
        definition=row,
        meaning=not fixed,
    )
    return _page(
        request,
        form,
        title=gettext("Sửa chỉ tiêu “%(title)s”") % {"title": row},
        step=fixed,
        back_url=reverse("figures:definition", args=[key]),
        action=lambda _data: actions.edit_indicator(
            definition=row, by=request.user, **form.details()
        ),
        asked={"definition": row},
    )


def _undo(request: HttpRequest) -> Callable[[IndicatorDefinition], str]:
    """The button of a message. One that was just added has none: it is edited, or closed."""
    page, by = "figures:definition_undo", request.user
    return lambda row: url_after(page, row.key, about=row.pk, by=by)


def _row(request: HttpRequest, key: str) -> IndicatorDefinition:
    """What is declared in code, shared or of others is not edited here."""
    entry = queries.entry_of(key, request.user.reach(request.permission))
    if entry is None or entry.row is None or not actions.may_change(entry.row, request.user):
        raise Http404
    return entry.row


def _page(
    request: HttpRequest, form: DefinitionForm, *, action: Any, asked: dict, **context: Any
) -> HttpResponse:
    """The form, with the value it would show when “Xem thử” was pressed; else it is saved."""
    template = "figures/definition_edit.html"
    if "xem-thu" in request.POST and form.is_valid():
        status = 200
        try:
            context["trial"] = _tried(request, **asked, **form.details())
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            status = 422
        return render(request, template, {"form": form, **context}, status=status)
    return edit_page(
        request,
        form=form,
        action=action,
        template=template,
        done=lambda row: reverse("figures:definition", args=[row.key]),
        message=gettext("Đã lưu chỉ tiêu."),
        undo=_undo(request) if "definition" in asked else None,
        context=context,
    )


def _tried(request: HttpRequest, **asked: Any) -> dict[str, str]:
    """What the figure would be for the unit and the period of the page."""
    trial: Trial = try_out(request.question, **asked)
    text = amount_text(trial.value, trial.indicator.measure)
    if not trial.comparable:
        text = gettext("không so sánh được, vì có đơn vị cũ đã tách ra")
    elif trial.value is None and trial.denominator == 0:
        text = gettext("để trống, vì mẫu số bằng không")
    elif trial.value is None:
        text = gettext("chưa có số, vì chưa có báo cáo nào được chấp nhận")
    unit, period = request.question.unit.name, period_text(request.question)
    return {"unit": unit, "period": period, "text": text}


@requires("figures.define")
def definition_close(request: HttpRequest, key: str) -> HttpResponse:
    row = _row(request, key)
    back_url = reverse("figures:definition", args=[key])
    tomorrow = today() + timedelta(days=1)
    return confirm_page(
        request,
        form=CloseForm(request.POST or None, initial={"on": row.valid_to or tomorrow}),
        action=lambda data: actions.close_indicator(definition=row, by=request.user, **data),
        title=gettext("Ngừng dùng “%(title)s”") % {"title": row},
        consequences=[
            gettext("Từ ngày ấy chỉ tiêu không còn trên bảng số liệu và trong báo cáo mới."),
            gettext("Số liệu và báo cáo của các kỳ trước được giữ nguyên."),
        ],
        back_url=back_url,
        message=gettext("Đã ghi ngày ngừng dùng."),
        verb=gettext("Ngừng dùng"),
        undo=_undo(request),
    )


@requires("figures.define")
@require_POST
def definition_undo(request: HttpRequest, key: str) -> HttpResponse:
    row = _row(request, key)
    return undo_page(
        request,
        undo=lambda at: actions.undo(definition=row, at=at, by=request.user),
        back=lambda: reverse("figures:definition", args=[key]),
    )
