"""What the pages of a record share: finding it, its list, its form, and what is done to it.

A page is a door to a verb: form, action and permission are the verb's, and the page has its name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.audit.queries import Part, history_of
from sohoi.kit import pages
from sohoi.kit.lists import Column, Listing
from sohoi.kit.menu import MenuItem, address
from sohoi.kit.policies import View, requires
from sohoi.kit.rooms import Room, rooms, verbs
from sohoi.lib.ids import uuid7
from sohoi.org.forms import UnitField
from sohoi.records import guard
from sohoi.records.columns import Table, facts, url_of
from sohoi.records.models import Record, Row
from sohoi.records.undo import undo_url
from sohoi.ui.fields import ReasonField
from sohoi.ui.lists import pages as lists

ANY = str(UUID(int=0))


@dataclass(frozen=True)
class Link:
    """A button at the head of a record's page, for who may: what it says, the verb, whether it is
    first."""

    title: str
    verb: str
    primary: bool = False


def about(model: type[Record | Row], permission: str) -> Callable[[View], View]:
    """The policy of a page about one record, or row of one, and the thing itself instead of its
    id: where she holds the permission; 404 elsewhere."""

    def decorate(view: View) -> View:
        @requires(permission)
        @wraps(view)
        def shown(request: HttpRequest, pk: UUID) -> HttpResponse:
            return view(request, _found(request, model, pk))

        return shown

    return decorate


def _found(request: HttpRequest, model: type[Record | Row], pk: UUID) -> Any:
    reach = request.user.reach(request.permission)
    if issubclass(model, Record):
        return get_object_or_404(model.objects.under(reach).named(), pk=pk)
    records = model._meta.get_field(model.within).related_model.objects
    within = {f"{model.within}__in": records.under(reach)}
    return get_object_or_404(model.objects.filter(**within).select_related(model.within), pk=pk)


def list_page(
    request: HttpRequest,
    model: type[Record],
    *,
    order: tuple[str, ...] = (),
    **listing: Any,
) -> HttpResponse:
    """The records she may see of the working unit as it stands today, whatever the period; by
    default those begun last come first. Who may begin one there is offered to."""
    room, start, here = _room(model), _start(model), request.workplace.working_units
    # One address, and the ids in it: to work out fifty takes longer than to read their rows.
    before, after = address(f"{room.key}:detail", ANY).split(ANY)
    shown = Listing(
        title=room.title,
        order=order or (f"-{model.life.steps[0].day}",),
        record_url=lambda record: f"{before}{record.pk}{after}",
        create_url=start.url if any(request.user.may(start.permission, u.id) for u in here) else "",
        create_title=start.title,
        facts={_("Đơn vị"): ", ".join(unit.name for unit in here)},
        **listing,
    )
    rows = model.objects.among(request.user.reach(request.permission), [u.id for u in here])
    return lists.list_page(request, queryset=rows.named(), listing=shown, key=room.path)


def _room(model: type[Record]) -> Room:
    return next(room for room in rooms() if room.key == model._meta.app_label)


def _start(model: type[Record]) -> MenuItem:
    """Where one is begun, as the room names it for all who may."""
    room = _room(model)
    return next(start for start in room.starts if start.url_name == f"{room.key}:create")


def record_page(
    request: HttpRequest,
    record: Record,
    *,
    columns: Iterable[Column],
    tables: Iterable[Table] = (),
    links: Iterable[Link] = (),
    template: str = "records/record.html",
    **context: Any,
) -> HttpResponse:
    """A record with its life, facts, tables and history; `links` follow the buttons of its life."""
    parts = [Part(t.model, t.model.within, t.model._meta.verbose_name) for t in tables]
    may = partial(_may, request.user, record)
    shown = {
        "record": record,
        "facts": facts(record, columns),
        "tables": [table.of(record, may=may) for table in tables],
        "doubts": _doubts(record),
        "history": history_of(record, parts=parts),
        "links": [
            {"title": link.title, "primary": link.primary, "url": url_of(link.verb, record)}
            for link in [*_buttons(record), *links]
            if may(link.verb)
        ],
    }
    if life := record.life:
        step = life.at(record)
        shown["state"] = {"text": step.state.label, "tone": step.tone}
        shown["steps"] = life.stepper(record) if len(life.steps) > 1 else []
    return render(request, template, shown | context)


def _may(user: Any, record: Record, verb: str) -> bool:
    """Whether she may do the verb to the record; nobody does one that the room does not have."""
    return verb in verbs() and user.may(verbs()[verb].permission, record.unit_id)


def _buttons(record: Record) -> list[Link]:
    """To correct what was written, and what may be done to a life as it stands."""
    room, life, links = record._meta.app_label, record.life, []
    links.append(Link(_("Sửa"), f"{room}.edit"))
    if life and life.last(record):
        mend = "correct" if f"{room}.correct" in verbs() else "take_back"
        links.append(Link(_("Sửa bước đã ghi"), f"{room}.{mend}"))
    if life and life.may_end(record):
        links.append(Link(life.ending, f"{room}.end"))
    if life and (following := life.next(record)):
        title = _("Ghi bước “%(step)s”") % {"step": following.state.label}
        links.append(Link(title, f"{room}.step", primary=True))
    return links


def _doubts(record: Record) -> list[str]:
    """What somebody confirmed when she wrote it, for whoever reviews it."""
    form = verbs()[f"{record._meta.app_label}.edit"].form
    asked = [*guard.alike(record), *(record.life.doubts(record) if record.life else ())]
    if hasattr(form, "warnings_of"):
        asked += form.warnings_of(record)
    return [str(doubt.text) for doubt in asked]


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
    thing: Record | Row,
    verb: str,
    *,
    title: str,
    message: str,
    form: forms.Form | None = None,
    consequences: Iterable[str] = (),
    button: str = "",
    back: str = "",
    **context: Any,
) -> HttpResponse:
    """The verb is done to a record or row; then to the record's page.

    With consequences she is told them first and asked once; `button` is what she then says.
    """
    of = thing if isinstance(thing, Record) else thing.record
    name = of.display_name if of is thing else f"{thing.display_name}, {of.display_name}"
    said = {
        "form": form or verbs()[verb].form(request.POST or None),
        "title": title % {"name": name},
        "message": message,
        "undo": lambda _result: undo_url(of, request.user),
    }
    back, act = back or of.get_absolute_url(), partial(verbs()[verb].action, thing)
    if not consequences:
        return form_page(request, action=act, back=back, **said, **context)
    return pages.confirm_page(
        request,
        action=lambda data: act(by=request.user, **data),
        consequences=[*consequences],
        back_url=back,
        verb=button,
        **said,
    )


def create_page(
    request: HttpRequest, model: type[Record], verb: str, *, form: forms.Form | None = None
) -> HttpResponse:
    """A record is begun; then its page is shown."""
    return form_page(
        request,
        form=form or bound(request, verbs()[verb].form),
        action=verbs()[verb].action,
        title=_start(model).title,
        message=_("Đã ghi hồ sơ."),
        back=reverse(f"{model._meta.app_label}:list"),
        done=model.get_absolute_url,
        undo=lambda record: undo_url(record, request.user),
    )


def edit_page(
    request: HttpRequest, record: Record, *, form: forms.Form | None = None
) -> HttpResponse:
    """What was written about a record is corrected."""
    verb, title = f"{record._meta.app_label}.edit", _("Sửa hồ sơ: %(name)s")
    form = form or bound(request, verbs()[verb].form, record)
    return act_page(request, record, verb, form=form, title=title, message=_("Đã lưu thay đổi."))


def add_page(
    request: HttpRequest,
    record: Record,
    model: type[Row],
    verb: str,
    *,
    form: type[forms.Form] | None = None,
) -> HttpResponse:
    """A row is added to a record; `form`, where some of what the verb asks is known already."""
    said = {"row": model._meta.verbose_name}
    return act_page(
        request,
        record,
        verb,
        form=bound(request, form or verbs()[verb].form),
        title=_("Thêm %(row)s: %%(name)s") % said,
        message=_("Đã thêm %(row)s.") % said,
    )


def row_page(request: HttpRequest, row: Row, verb: str, *, remove: str) -> HttpResponse:
    """A row is corrected; `remove` is the verb that takes one written by mistake away."""
    said = {"row": row._meta.verbose_name}
    return act_page(
        request,
        row,
        verb,
        form=bound(request, verbs()[verb].form, row, reason=True),
        title=_("Sửa %(row)s: %%(name)s") % said,
        message=_("Đã sửa %(row)s.") % said,
        other={"url": url_of(remove, row), "title": _("Dòng này ghi nhầm, gỡ đi")},
    )


def remove_page(
    request: HttpRequest, thing: Record | Row, verb: str, *, consequences: Iterable[str] = ()
) -> HttpResponse:
    """What was written by mistake is taken away, with a reason; a record is left for its list."""
    row = {"row": thing._meta.verbose_name if isinstance(thing, Row) else _("hồ sơ")}
    return act_page(
        request,
        thing,
        verb,
        title=_("Gỡ %(row)s ghi nhầm: %%(name)s") % row,
        message=_("Đã gỡ %(row)s.") % row,
        back="" if isinstance(thing, Row) else reverse(f"{thing._meta.app_label}:list"),
        consequences=[
            *consequences,
            _("Không còn trong danh sách và không được tính nữa."),
            _("Nội dung đã ghi và lý do được giữ trong lịch sử."),
        ],
        button=_("Gỡ"),
    )
