"""Pages of the exemplars room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sohoi.audit.queries import Part, history_of
from sohoi.kit.lists import Column, Filter, Listing
from sohoi.kit.pages import confirm_page, edit_page, list_page
from sohoi.kit.policies import requires
from sohoi.org.models import today
from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.choices import Channel, Field, Kind, State
from sohoi.programmes.exemplars.documents import (
    facts_of,
    publications_of,
    removal_of,
    steps_of,
    tone_of,
)
from sohoi.programmes.exemplars.forms import ExemplarForm, PublicationForm, StepForm
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.programmes.exemplars.queries import WAITING_DAYS, filterable

COLUMNS = (
    Column(key="title", title=_("Tên"), value=lambda e: e.title, sort="search_key"),
    Column(key="code", title=_("Mã"), value=lambda e: e.code, sort="code"),
    Column(key="unit", title=_("Đơn vị"), value=lambda e: e.unit_name),
    Column(key="kind", title=_("Loại"), value=lambda e: e.get_kind_display(), sort="kind"),
    Column(key="field", title=_("Lĩnh vực"), value=lambda e: e.get_field_display(), sort="field"),
    Column(
        key="state",
        title=_("Tình trạng"),
        value=lambda e: State(e.state).label,
        kind="chip",
        sort="state",
        tone=tone_of,
    ),
    Column(
        key="introduced_on",
        title=_("Giới thiệu"),
        value=lambda e: e.introduced_on,
        kind="date",
        sort="introduced_on",
    ),
)


def _waiting_choices() -> list[tuple[str, str]]:
    days = {"days": WAITING_DAYS}
    return [("1", gettext("Mô hình quá %(days)d ngày") % days)]


PARTS = (Part(Publication, "exemplar", _("lượt tuyên truyền")),)
FILTERS = (
    Filter(key="loai", title=_("Loại"), choices=lambda: Kind.choices, lookup="kind"),
    Filter(key="linh-vuc", title=_("Lĩnh vực"), choices=lambda: Field.choices, lookup="field"),
    Filter(key="tinh-trang", title=_("Tình trạng"), choices=lambda: State.choices, lookup="state"),
    Filter(
        key="kenh",
        title=_("Kênh tuyên truyền"),
        choices=lambda: Channel.choices,
        lookup="channels__contains",
    ),
    Filter(
        key="cho-tuyen-truyen",
        title=_("Chờ tuyên truyền"),
        choices=_waiting_choices,
        lookup="waits",
    ),
)


def _exemplar(request: HttpRequest, pk: UUID, permission: str) -> Exemplar:
    within = Exemplar.objects.under(request.user.reach(permission))
    return get_object_or_404(within.named(), pk=pk)


def _detail_url(exemplar: Exemplar) -> str:
    return reverse("exemplars:detail", args=[exemplar.pk])


@requires("exemplars.view")
def exemplar_list(request: HttpRequest) -> HttpResponse:
    place = request.place.unit
    may_edit = request.user.may("exemplars.edit")
    listing = Listing(
        title=_("Mô hình hay, gương điển hình"),
        columns=COLUMNS,
        order=("-found_on",),
        record_url=_detail_url,
        filters=FILTERS,
        create_url=reverse("exemplars:create") if may_edit else "",
        create_title=_("Ghi mô hình, gương mới"),
        empty_title=_("Chưa có mô hình hay gương nào"),
        empty_text=_("Khi phát hiện cách làm hay, bấm “Ghi mô hình, gương mới”."),
        facts={gettext("Đơn vị"): place.name},
    )
    found = Exemplar.objects.under(request.user.reach("exemplars.view")).under(
        [place.id], on=request.place.tree
    )
    return list_page(
        request,
        queryset=filterable(found.named()),
        listing=listing,
        template="exemplars/list.html",
        key="guong-dien-hinh",
    )


@requires("exemplars.view")
def exemplar_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = _exemplar(request, pk, "exemplars.view")
    context = {
        "exemplar": exemplar,
        "facts": facts_of(exemplar),
        "steps": steps_of(exemplar),
        "state": {"text": State(exemplar.state).label, "tone": tone_of(exemplar)},
        "publications": publications_of(exemplar),
        "history": history_of(exemplar, parts=PARTS),
        "may_edit": request.user.may("exemplars.edit", exemplar.unit_id),
        "may_publicise": request.user.may("exemplars.publicise", exemplar.unit_id),
    }
    return render(request, "exemplars/detail.html", context)


@requires("exemplars.edit")
def exemplar_create(request: HttpRequest) -> HttpResponse:
    form = ExemplarForm(request.POST or None, initial={"found_on": today()})
    form.fields["unit"].offer(request.user.reach("exemplars.edit"), request.place.unit)
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.find_exemplar(by=request.user, **_details(data)),
        template="exemplars/edit.html",
        done=_detail_url,
        message=gettext("Đã ghi hồ sơ."),
        context={
            "title": gettext("Ghi mô hình, gương mới"),
            "back_url": reverse("exemplars:list"),
        },
    )


@requires("exemplars.edit")
def exemplar_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = _exemplar(request, pk, "exemplars.edit")
    initial = {name: getattr(exemplar, name) for name in ExemplarForm.base_fields}
    form = ExemplarForm(request.POST or None, initial=initial | {"unit": exemplar.unit_id})
    reach = request.user.reach("exemplars.edit")
    form.fields["unit"].offer(reach, request.place.unit, exemplar.unit_id)
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.edit_exemplar(
            exemplar=exemplar, version=data["version"], by=request.user, **_details(data)
        ),
        template="exemplars/edit.html",
        done=_detail_url,
        message=gettext("Đã lưu thay đổi."),
        context={
            "title": gettext("Sửa hồ sơ %(code)s") % {"code": exemplar.code},
            "back_url": _detail_url(exemplar),
        },
    )


def _details(data: dict) -> dict:
    return {name: value for name, value in data.items() if name != "version"}


@requires("exemplars.publicise")
def exemplar_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = _exemplar(request, pk, "exemplars.publicise")
    step = exemplar.next_step
    if step is None:
        return redirect(_detail_url(exemplar))
    form = StepForm(request.POST or None, initial={"on": today(), "step": step})
    if step != State.REPLICATED:
        del form.fields["replicated_to"]
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.take_step(exemplar=exemplar, by=request.user, **data),
        template="exemplars/edit.html",
        done=_detail_url,
        message=gettext("Đã ghi bước mới."),
        context={
            "title": gettext("Ghi bước “%(step)s” của %(code)s")
            % {"step": step.label, "code": exemplar.code},
            "back_url": _detail_url(exemplar),
        },
    )


@requires("exemplars.publicise")
def publication_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    exemplar = _exemplar(request, pk, "exemplars.publicise")
    form = PublicationForm(request.POST or None, initial={"published_on": today()})
    if not exemplar.needs_consent:
        del form.fields["consent_on"], form.fields["consent_note"]
    return edit_page(
        request,
        form=form,
        action=lambda data: actions.publish(exemplar=exemplar, by=request.user, **data),
        template="exemplars/edit.html",
        done=lambda _publication: _detail_url(exemplar),
        message=gettext("Đã ghi lượt tuyên truyền."),
        context={
            "title": gettext("Ghi lượt tuyên truyền của %(code)s") % {"code": exemplar.code},
            "back_url": _detail_url(exemplar),
        },
    )


@requires("exemplars.view")
def publication(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A publication is read on the page of its exemplar."""
    within = Publication.objects.under(request.user.reach("exemplars.view"))
    return redirect(_detail_url(get_object_or_404(within, pk=pk).exemplar))


@requires("exemplars.publicise")
def publication_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    within = Publication.objects.under(request.user.reach("exemplars.publicise"))
    found = get_object_or_404(within.select_related("exemplar"), pk=pk)
    return confirm_page(
        request,
        action=lambda _data: actions.remove_publication(publication=found, by=request.user),
        title=gettext("Xoá lượt tuyên truyền ghi nhầm"),
        consequences=removal_of(found),
        back_url=_detail_url(found.exemplar),
        message=gettext("Đã xoá lượt tuyên truyền."),
        verb=gettext("Xoá"),
    )
