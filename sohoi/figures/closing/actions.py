"""A period is closed: its figures are kept as they are; opened again, they follow their records."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from sohoi.audit.actions import record, writing
from sohoi.figures.asking.rules import Question
from sohoi.figures.models import Closing, FrozenUnit
from sohoi.figures.reading import frozen
from sohoi.figures.reading.queries import Figure, chosen, read
from sohoi.kit.indicators import Declared, Indicator, Measure
from sohoi.kit.refusals import Refused
from sohoi.lib import dates
from sohoi.lib.text import normalise
from sohoi.org.models import UnitVersion, today
from sohoi.org.queries import Place, places_of

# Units read at once: a province has a thousand, and each has every figure.
AT_ONCE = 400


def close_period(*, question: Question, by: Any) -> Closing:
    """Keep every figure of the unit and of all below it as the question asks it: values, words,
    names and places. Raises Refused before that day, and when the period is closed already."""
    if question.day > today():
        said = _("Kỳ này chốt số liệu đến ngày %(day)s; đến ngày ấy mới khoá được.")
        raise Refused(said % {"day": dates.short(question.day)})
    with writing(by):
        _nobody_defines()
        if _holding(question).exists():
            raise Refused(_("Số liệu của kỳ này đã khoá rồi."))
        indicators = chosen(None, question)
        closing = Closing.objects.create(
            unit_id=question.unit.id,
            period=question.period.key,
            day=question.day,
            words=_words(indicators, question),
            closed_at=timezone.now(),
            closed_by=by,
        )
        for units in _batches(question):
            FrozenUnit.objects.bulk_create(_frozen(closing, indicators, units, question))
        record(by=by, verb="figures.close_period", thing=closing)
    return closing


def open_period(*, question: Question, reason: str, by: Any) -> None:
    """The figures follow their records again; what was kept stays on record. Raises Refused
    without a reason."""
    if not (why := normalise(reason)):
        raise Refused(_("Ghi lý do: người khác cần biết vì sao."), field="reason")
    with writing(by):
        for closing in _holding(question).select_for_update():
            closing.opened_at, closing.opened_by, closing.reason = timezone.now(), by, why
            closing.save(update_fields=["opened_at", "opened_by", "reason"])
            record(by=by, verb="figures.open_period", thing=closing)


def restore_period(*, question: Question, by: Any) -> None:
    """What was kept last holds again, as if it had not been opened."""
    asked = {"unit_id": question.unit.id, "period": question.period.key}
    with writing(by):
        last = Closing.objects.select_for_update().filter(**asked).latest("closed_at")
        last.opened_at, last.opened_by, last.reason = None, None, ""
        last.save(update_fields=["opened_at", "opened_by", "reason"])
        record(by=by, verb="figures.close_period", thing=last)


def require_open(unit: UUID, period: str) -> None:
    """Raises Refused for a unit whose period is closed: what is told of it stays as it is."""
    held = FrozenUnit.objects.filter(unit_id=unit, closing__period=period)
    if held.filter(closing__opened_at=None).exists():
        raise Refused(_("Kỳ này đã khoá nên lời văn giữ nguyên. Mở lại kỳ rồi sửa."))


def _nobody_defines() -> None:
    """What is asked stays the same until it is kept: whoever defines meanwhile finds it closed."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE figures_indicatordefinition IN SHARE MODE")


def _holding(question: Question) -> Any:
    asked = {"unit_id": question.unit.id, "period": question.period.key}
    return Closing.objects.filter(opened_at=None, **asked)


def _batches(question: Question) -> Iterator[list[tuple[int, Place]]]:
    """The units in the order of their lists, each with its place in it."""
    versions = UnitVersion.objects.on(question.tree).under([question.unit.id], on=question.tree)
    places = enumerate(places_of(versions.order_by("kind__order", "sort_key")))
    while found := [*islice(places, AT_ONCE)]:
        yield found


def _frozen(
    closing: Closing,
    indicators: list[Indicator],
    units: list[tuple[int, Place]],
    question: Question,
) -> Iterator[FrozenUnit]:
    (figures,) = read(indicators, [place for _n, place in units], [question.window])
    row = iter(figures)
    for position, place in units:
        yield FrozenUnit(
            closing=closing,
            unit_id=place.id,
            parent_id=place.parent_id,
            position=position,
            place=frozen.placed(place),
            cells=[_cell(figure) for figure in islice(row, len(indicators))],
        )


def _cell(figure: Figure) -> Any:
    """The figure as it is kept; most hamlets count nothing, and that is told in one sign."""
    cell = tuple(getattr(figure, name) for name in frozen.CELL)
    if not figure.value and cell == frozen.plain(figure.value, figure.as_at):
        return figure.value
    *values, at = cell
    return [*values, at.isoformat() if at else None]


def _words(indicators: list[Indicator], question: Question) -> list[dict[str, Any]]:
    """What was asked, in its order, with the words of both languages."""
    said: dict[str, list[Indicator]] = {}
    for lang in ("vi", "en"):
        with override(lang):
            said[lang] = [
                replace(one, title=str(one.title), measure=_measure(one))
                for one in chosen([i.key for i in indicators], question)
            ]
    return [_word(vi, en) for vi, en in zip(said["vi"], said["en"], strict=True)]


def _measure(indicator: Indicator) -> Measure:
    return replace(indicator.measure, title=str(indicator.measure.title))


def _word(vi: Indicator, en: Indicator) -> dict[str, Any]:
    return {
        "key": vi.key,
        "title": {"vi": vi.title, "en": en.title},
        "kind": str(vi.kind),
        "measure": [vi.measure.symbol, vi.measure.scale],
        "measure_title": {"vi": vi.measure.title, "en": en.measure.title},
        "section": vi.section,
        "rounding": [vi.rounding.mode, vi.rounding.step, vi.rounding.word],
        "parts": [*vi.parts],
        "tier": vi.source.tier if isinstance(vi.source, Declared) else "",
    }
