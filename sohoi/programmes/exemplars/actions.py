"""Writes of the exemplars room: find, edit, take a step, publish, take a publication back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sohoi.audit.actions import record, writing
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.lib.ids import short_code
from sohoi.lib.text import fold, normalise
from sohoi.org.models import Unit, today
from sohoi.programmes.exemplars.choices import NO_CONSENT, Kind, State
from sohoi.programmes.exemplars.models import STEPS, Exemplar, Publication


def find_exemplar(
    *, unit: Unit, kind: str, title: str, field: str, found_on: date, by: Any, **details: Any
) -> Exemplar:
    """A unit finds a good model or an exemplary person. Raises Refused for a future date."""
    with writing(by):
        exemplar = Exemplar(
            unit=unit, kind=kind, title=title, field=field, found_on=found_on, **details
        )
        exemplar.code = short_code("MH" if kind == Kind.MODEL else "GD", exemplar.pk)
        _tidy(exemplar)
        exemplar.save()
        record(by=by, verb="exemplars.find", thing=exemplar)
    return exemplar


def edit_exemplar(*, exemplar: Exemplar, version: int | None, by: Any, **changes: Any) -> Exemplar:
    """Correct what was written. Raises Refused when somebody else saved in the meantime."""
    with writing(by):
        current = _locked(exemplar)
        if current.version != version:
            raise Refused(
                _("Hồ sơ này vừa được người khác sửa. Mở lại trang để xem bản mới rồi nhập lại.")
            )
        for name, value in changes.items():
            setattr(current, name, value)
        _tidy(current)
        if current.introduced_on and current.found_on > current.introduced_on:
            raise Refused(
                _("Ngày phát hiện không được sau ngày giới thiệu (%(day)s).")
                % {"day": dates.short(current.introduced_on)},
                field="found_on",
            )
        if current.publicised_on and current.needs_consent:
            raise Refused(
                _("Gương cá nhân đã được tuyên truyền nên phải có ngày đồng ý nêu tên."),
                field="consent_on",
            )
        _save(current)
        record(by=by, verb="exemplars.edit", thing=current)
    return current


def take_step(
    *, exemplar: Exemplar, step: State, on: date, by: Any, replicated_to: str = ""
) -> Exemplar:
    """`step` (introduced or replicated) happened on that day.

    Raises Refused when it was taken already, lies ahead, or precedes the step before.
    """
    with writing(by):
        current = _locked(exemplar)
        if current.next_step is None or current.next_step != step:
            raise Refused(_("Bước này đã được ghi. Mở lại trang để xem."))
        _not_in_future(on, "on")
        before = current.introduced_on or current.found_on
        if on < before:
            raise Refused(
                _("Ngày này trước bước liền trước (%(day)s). Kiểm tra lại ngày.")
                % {"day": dates.short(before)},
                field="on",
            )
        setattr(current, STEPS[current.next_step], on)
        current.replicated_to = normalise(replicated_to)
        _save(current)
        record(by=by, verb=f"exemplars.{step}", thing=current)
    return current


def publish(
    *,
    exemplar: Exemplar,
    channel: str,
    published_on: date,
    by: Any,
    outlet: str = "",
    title: str = "",
    link: str = "",
    consent_on: date | None = None,
    consent_note: str = "",
) -> Publication:
    """The exemplar appeared on a channel. Raises Refused without introduction or consent.

    A person's consent, when the record has none yet, is given here and kept in the record.
    """
    with writing(by):
        current = _locked(exemplar)
        _not_in_future(published_on, "published_on")
        if current.introduced_on is None or published_on < current.introduced_on:
            raise Refused(
                _("Ghi ngày giới thiệu trước; ngày đăng không được sớm hơn ngày giới thiệu."),
                field="published_on",
            )
        if current.needs_consent:
            _consent(current, consent_on, consent_note)
        publication = Publication(
            exemplar=current,
            unit_id=current.unit_id,
            channel=channel,
            outlet=normalise(outlet),
            title=normalise(title),
            link=link,
            published_on=published_on,
        )
        publication.code = short_code("TT", publication.pk)
        publication.save()
        record(by=by, verb="exemplars.publish", thing=publication)
    return publication


def remove_publication(*, publication: Publication, by: Any) -> None:
    """A publication written by mistake; its history stays."""
    with writing(by):
        record(by=by, verb="exemplars.remove_publication", thing=publication)
        publication.delete()


def _consent(exemplar: Exemplar, on: date | None, note: str) -> None:
    if on is None:
        raise Refused(NO_CONSENT, field="consent_on")
    exemplar.consent_on, exemplar.consent_note = on, note
    _tidy(exemplar)
    _save(exemplar)


def _locked(exemplar: Exemplar) -> Exemplar:
    return Exemplar.objects.select_for_update().get(pk=exemplar.pk)


def _save(exemplar: Exemplar) -> None:
    exemplar.version += 1
    exemplar.save()
    exemplar.refresh_from_db(fields=["state"])


def _tidy(exemplar: Exemplar) -> None:
    _not_in_future(exemplar.found_on, "found_on")
    if exemplar.consent_on:
        _not_in_future(exemplar.consent_on, "consent_on")
    exemplar.title = normalise(exemplar.title)
    exemplar.consent_note = normalise(exemplar.consent_note)
    exemplar.search_key = f"{fold(exemplar.title)} {exemplar.code.lower()}"


def _not_in_future(day: date, field: str) -> None:
    if day > today():
        raise Refused(
            _("Ngày này chưa tới. Ghi ngày việc đã xảy ra (hôm nay là %(day)s).")
            % {"day": dates.short(today())},
            field=field,
        )
