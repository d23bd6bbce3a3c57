"""What the pages of a record share: finding it, its list, its form, and what is done to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.audit.queries import Part, history_of
from sohoi.kit import pages
from sohoi.kit.lists import Column, Listing
from sohoi.kit.menu import address
from sohoi.kit.rooms import verbs
from sohoi.lib.ids import uuid7
from sohoi.org.forms import UnitField
from sohoi.records import guard
from sohoi.records.columns import facts
from sohoi.records.models import Record, Row
from sohoi.records.undo import undo_url
from sohoi.ui.fields import ReasonField
from sohoi.ui.forms import ReasonForm
from sohoi.ui.lists import pages as lists

ANY = str(UUID(int=0))


@dataclass(frozen=True)
class Link:
    """A button at the head of a record's page: what it says, the URL name, whether it is first."""

    title: str
    url_name: str
    primary: bool = False


def found(request: HttpRequest, model: type[Model], pk: UUID) -> Any:
    """The record where she holds the permission of the page; 404 elsewhere."""
    reach = request.user.reach(request.permission)
    return get_object_or_404(model.objects.under(reach).named(), pk=pk)


def found_row(request: HttpRequest, model: type[Row], pk: UUID) -> Any:
    """A row of a record where she holds the permission of the page; 404 elsewhere."""
    records = model._meta.get_field(model.within).related_model.objects
    within = {f"{model.within}__in": records.under(request.user.reach(request.permission))}
    return get_object_or_404(model.objects.filter(**within).select_related(model.within), pk=pk)


def listed(request: HttpRequest, model: type[Model]) -> Any:
    """The records she may see of the working unit as it stands today, whatever the period."""
    here = [unit.id for unit in request.workplace.working_units]
    return model.objects.among(request.user.reach(request.permission), here).named()


def list_page(
    request: HttpRequest, *, rows: Any, key: str, begin: str, edit: str, **listing: Any
) -> HttpResponse:
    """`begin` is what the button says to those who hold `edit` in the working unit."""
    room = edit.split(".", 1)[0]
    # One address, and the ids in it: to work out fifty takes longer than to read their rows.
    before, after = address(f"{room}:detail", ANY).split(ANY)
    may = any(request.user.may(edit, unit.id) for unit in request.workplace.working_units)
    shown = Listing(
        record_url=lambda record: f"{before}{record.pk}{after}",
        create_url=reverse(f"{room}:create") if may else "",
        create_title=begin,
        facts={_("Đơn vị"): ", ".join(unit.name for unit in request.workplace.working_units)},
        **listing,
    )
    return lists.list_page(request, queryset=rows, listing=shown, key=key)


def record_page(
    request: HttpRequest,
    record: Record,
    *,
    columns: Iterable[Column],
    tables: Iterable[dict] = (),
    rows: Iterable[type[Row]] = (),
    links: Iterable[Link | None] = (),
    template: str = "records/record.html",
    **context: Any,
) -> HttpResponse:
    """A record with its life, facts, tables and history; `rows` are the models of its parts."""
    parts = [Part(model, model.within, model._meta.verbose_name) for model in rows]
    shown = {
        "record": record,
        "facts": facts(record, columns),
        "tables": tables,
        "doubts": _doubts(record),
        "history": history_of(record, parts=parts),
        "links": [
            {"title": link.title, "primary": link.primary, "url": _url(link, record)}
            for link in links
            if link
        ],
    }
    if life := record.life:
        step = life.at(record)
        shown["state"] = {"text": step.state.label, "tone": step.tone}
        shown["steps"] = life.stepper(record) if len(life.steps) > 1 else []
    return render(request, template, shown | context)


def _doubts(record: Record) -> list[str]:
    """What somebody confirmed when she wrote it, for whoever reviews it."""
    form = verbs()[f"{record._meta.app_label}.edit"].form
    asked = [*guard.alike(record), *(record.life.doubts(record) if record.life else ())]
    if hasattr(form, "warnings_of"):
        asked += form.warnings_of(record)
    return [str(doubt.text) for doubt in asked]


def _url(link: Link, record: Record) -> str:
    return reverse(link.url_name, args=[record.pk])


def bound(
    request: HttpRequest,
    form: type[forms.Form],
    thing: Record | Row | None = None,
    *,
    reason: bool = False,
    **initial: Any,
) -> forms.Form:
    """The form with what was typed, else with what the record holds; her units are offered.

    With it travels the id of what it will make, or the version of what it corrects.
    """
    if thing is not None:
        initial = {name: getattr(thing, name, None) for name in form.base_fields} | initial
        initial["unit"] = getattr(thing, "unit_id", None)
    made = form(request.POST or None, request.FILES or None, initial=initial)
    hidden = {"widget": forms.HiddenInput, "required": False}
    if thing is None:
        made.fields["id"] = forms.UUIDField(initial=uuid7, **hidden)
    else:
        made.fields["version"] = forms.IntegerField(initial=thing.version, **hidden)
    if reason:
        made.fields["reason"] = ReasonField()
    if isinstance(made.fields.get("unit"), UnitField):
        current = thing.unit_id if thing is not None else None
        place = request.workplace.unit_today or request.workplace.unit
        made.fields["unit"].offer(request.user.reach(request.permission), place, current)
    return made


def form_page(
    request: HttpRequest,
    *,
    form: forms.Form,
    action: Callable[..., Any],
    title: str,
    message: str,
    back: str,
    done: Callable[[Any], str] | None = None,
    undo: Callable[[Any], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """`action(**cleaned, by=…)`, then to `done(result)`, by default back."""
    return pages.edit_page(
        request,
        form=form,
        action=lambda data: action(by=request.user, **data),
        template="ui/edit.html",
        done=done or (lambda _result: back),
        message=message,
        undo=undo,
        context={"title": title, "back_url": back, **context},
    )


def act_page(
    request: HttpRequest,
    record: Record | Row,
    *,
    form: forms.Form,
    action: Callable[..., Any],
    title: str,
    message: str,
    consequences: Iterable[str] = (),
    verb: str = "",
    back: str = "",
    **context: Any,
) -> HttpResponse:
    """Something is done to a record or row, `action(record, **cleaned, by=…)`; then to its page.

    With consequences she is told them first and asked once.
    """
    of = record if isinstance(record, Record) else record.record
    name = of.display_name if of is record else f"{record.display_name}, {of.display_name}"
    said = {
        "form": form,
        "title": title % {"name": name},
        "message": message,
        "undo": lambda _result: undo_url(of, request.user),
    }
    back, act = back or of.get_absolute_url(), partial(action, record)
    if not consequences:
        return form_page(request, action=act, back=back, **said, **context)
    return pages.confirm_page(
        request,
        action=lambda data: act(by=request.user, **data),
        consequences=[*consequences],
        back_url=back,
        verb=verb,
        **said,
    )


def create_page(
    request: HttpRequest,
    model: type[Record],
    *,
    form: forms.Form,
    action: Callable[..., Any],
    title: str,
) -> HttpResponse:
    """A record is begun; then its page is shown."""
    return form_page(
        request,
        form=form,
        action=action,
        title=title,
        message=_("Đã ghi hồ sơ."),
        back=reverse(f"{model._meta.app_label}:list"),
        done=model.get_absolute_url,
        undo=lambda record: undo_url(record, request.user),
    )


def edit_page(
    request: HttpRequest, record: Record, *, form: forms.Form, action: Callable[..., Any]
) -> HttpResponse:
    """What was written about a record is corrected."""
    title, message = _("Sửa hồ sơ: %(name)s"), _("Đã lưu thay đổi.")
    return act_page(request, record, form=form, action=action, title=title, message=message)


def add_page(
    request: HttpRequest,
    record: Record,
    model: type[Row],
    *,
    form: type[forms.Form],
    action: Callable[..., Any],
    **initial: Any,
) -> HttpResponse:
    """A row is added to a record."""
    said = {"row": model._meta.verbose_name}
    return act_page(
        request,
        record,
        form=bound(request, form, **initial),
        action=action,
        title=_("Thêm %(row)s: %%(name)s") % said,
        message=_("Đã thêm %(row)s.") % said,
    )


def row_page(
    request: HttpRequest,
    row: Row,
    *,
    form: type[forms.Form],
    action: Callable[..., Any],
    remove: str,
) -> HttpResponse:
    """A row is corrected; `remove` is the URL name where one written by mistake is taken away."""
    said = {"row": row._meta.verbose_name}
    return act_page(
        request,
        row,
        form=bound(request, form, row, reason=True),
        action=action,
        title=_("Sửa %(row)s: %%(name)s") % said,
        message=_("Đã sửa %(row)s.") % said,
        other={"url": reverse(remove, args=[row.pk]), "title": _("Dòng này ghi nhầm, gỡ đi")},
    )


def remove_page(
    request: HttpRequest,
    thing: Record | Row,
    *,
    action: Callable[..., Any],
    consequences: Iterable[str] = (),
    **said: Any,
) -> HttpResponse:
    """What was written by mistake is taken away, with a reason; a record is left for its list."""
    row = {"row": thing._meta.verbose_name if isinstance(thing, Row) else _("hồ sơ")}
    known = {
        "title": _("Gỡ %(row)s ghi nhầm: %%(name)s") % row,
        "message": _("Đã gỡ %(row)s.") % row,
        "back": "" if isinstance(thing, Row) else reverse(f"{thing._meta.app_label}:list"),
    }
    return act_page(
        request,
        thing,
        form=ReasonForm(request.POST or None),
        action=action,
        consequences=[
            *consequences,
            _("Không còn trong danh sách và không được tính nữa."),
            _("Nội dung đã ghi và lý do được giữ trong lịch sử."),
        ],
        verb=_("Gỡ"),
        **(known | said),
    )
