"""Questions read: from what an address, a form or a command names, and what is usual where it names
nothing."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sohoi.figures.asking.rules import DAY, NOW, PERIOD, THEN, TREE, UNIT, Question, WrongQuestion
from sohoi.kit import rooms
from sohoi.lib import dates
from sohoi.lib.dates import DateError, parse_date
from sohoi.lib.periods import Period, PeriodError, parse_period
from sohoi.org import queries as units
from sohoi.org.models import today
from sohoi.org.queries import Place, UnknownUnit

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"[\w.-]{1,20}", re.ASCII)


def ask(
    unit: UUID | str,
    period: Period | str,
    *,
    day: date | str | None = None,
    tree: date | str | None = None,
    roots: Iterable[UUID] | None = None,
) -> Question:
    """The question these words mean. Raises WrongQuestion for a part that is unknown or impossible.

    `unit` is an id or a code; a code is read on the day of the tree, since new units use old codes
    again. `day` is by default the cut-off of the round that asks, else the last day of the period,
    and never ahead. `tree` is "then", "now", a day between them, or nothing, which means then, or
    now for a unit that did not exist then. What is out of reach of the `roots` (None: nobody asks
    for herself) looks as if it were not there. Of a closed period the unit is as it stood, also if
    a plan has changed it since: its code is that of then, its day the last one that counted.
    """
    span = period_asked(period)
    typed = _typed_day(day, DAY)
    wanted = _wanted(unit)
    guess = typed or min(span.end, today())
    known = _found(wanted, _trees(tree, guess), roots)
    for place, last in _kept(wanted, known, span.key, typed):
        is_seen = roots is None or units.is_under(place.id, roots)
        if is_seen and _tree(tree, last) in (None, last):
            return Question(unit=place, period=span, day=last, tree=last, is_kept=True)
    place, at = known or _gone(wanted, guess, roots)
    last = typed or usual_day(place.id, span)
    if typed:
        _require_within(typed, span, place)
    day_of_tree = _tree(tree, last) or (last if at == guess else at)
    if not tree and at != guess and not units.forerunners(place.id):
        # It came out of nothing: there is no past of it to add up.
        raise WrongQuestion(_not_there(place, guess), field=UNIT)
    then = place if at == day_of_tree else units.place_on(place.id, day_of_tree)
    then = then or _the_one(place, day_of_tree)
    is_kept = False if known and then.id == known[0].id else None
    return Question(unit=then, period=span, day=last, tree=day_of_tree, is_kept=is_kept)


# A code means whose it was when the period was closed, before it means who has it now.
_KEPT = """
    SELECT f.place::text, c.day
      FROM figures_frozenunit AS f JOIN figures_closing AS c ON c.id = f.closing_id
     WHERE (f.unit_id = %(unit)s OR (f.place ->> 'code') = %(code)s) AND c.period = %(period)s
       AND c.opened_at IS NULL AND coalesce(c.day = %(day)s, true)
     ORDER BY coalesce((f.place ->> 'code') <> %(code)s, false), c.closed_at"""


def _kept(
    wanted: UUID | str, known: tuple[Place, date] | None, period: str, day: date | None
) -> list[tuple[Place, date]]:
    """The unit as it stood when the period was closed, with the last day that counted."""
    is_id = isinstance(wanted, UUID)
    unit = wanted if is_id else known and known[0].id
    asked = {"unit": unit, "code": None if is_id else wanted, "period": period, "day": day}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, asked)
        return [(kept_place(json.loads(place)), last) for place, last in cursor.fetchall()]


def kept_place(kept: Mapping[str, Any]) -> Place:
    """A unit as a closing keeps it."""
    above = kept["parent_id"]
    return Place(**{**kept, "id": UUID(kept["id"]), "parent_id": UUID(above) if above else None})


def usual_day(unit: UUID, period: Period) -> date:
    """The last day that counts where nobody names one: the cut-off of the round that asks the unit
    for the period, else the last day of the period; never a day ahead."""
    cut_offs = (asked.cut_off(unit, period.key) for asked in rooms.rounds())
    return min(next(filter(None, cut_offs), period.end), today())


def other_trees(question: Question) -> list[Question]:
    """Where a reorganisation lies between the day and today: the same of the units that followed
    this one, or that it came out of."""
    related = units.forerunners if question.is_regrouped else units.followers
    tree = question.day if question.is_regrouped else today()
    found = (units.place_on(one.id, tree) for one in related(question.unit.id))
    return [
        Question(unit=one, period=question.period, day=question.day, tree=tree)
        for one in found
        if one
    ]


def period_asked(period: Period | str) -> Period:
    """Raises WrongQuestion for a period that is none, or has not begun."""
    lang = get_language() or "vi"
    try:
        span = period if isinstance(period, Period) else parse_period(period, lang=lang)
    except PeriodError as error:
        raise WrongQuestion(str(error), field=PERIOD) from error
    if span.start > today():
        said = _("Kỳ %(period)s chưa bắt đầu nên chưa có số liệu. Chọn kỳ khác.")
        raise WrongQuestion(said % {"period": span.title(lang)}, field=PERIOD)
    return span


def _typed_day(day: date | str | None, part: str) -> date | None:
    if not day or isinstance(day, date):
        return day or None
    try:
        return parse_date(day, lang=get_language() or "vi")
    except DateError as error:
        raise WrongQuestion(str(error), field=part) from error


def _require_within(day: date, period: Period, place: Place) -> None:
    """A day of the period that has come, or the cut-off of its round, which may lie after it."""
    if period.start <= day <= min(period.end, today()) or day == usual_day(place.id, period):
        return
    said = _("Ngày chốt phải nằm trong kỳ đang xem, từ %(first)s đến %(last)s.")
    last = min(period.end, today())
    days = {"first": dates.short(period.start), "last": dates.short(last)}
    raise WrongQuestion(said % days, field=DAY)


def _tree(tree: date | str | None, last: date) -> date | None:
    """The day of the tree that is asked for; None where nothing is said of it."""
    if tree in (THEN, NOW):
        return last if tree == THEN else today()
    try:
        day = parse_date(tree) if isinstance(tree, str) and tree else tree or None
    except DateError:
        day = date.min
    if day and not last <= day <= today():
        said = _("Không có cách xếp đơn vị “%(tree)s”. Chọn theo đơn vị khi đó hoặc hiện nay.")
        raise WrongQuestion(said % {"tree": str(tree)[:20]}, field=TREE)
    return day


def _trees(tree: date | str | None, day: date) -> Iterable[date]:
    """The days on which the unit is looked for, the likeliest first."""
    asked = _tree(tree, day)
    return dict.fromkeys((asked, day, today()) if asked else (day, today()))


def _wanted(unit: UUID | str) -> UUID | str:
    if isinstance(unit, UUID):
        return unit
    if _ID.fullmatch(unit):
        return UUID(unit)
    return unit if _CODE.fullmatch(unit) else ""


def _found(
    wanted: UUID | str, days: Iterable[date], roots: Iterable[UUID] | None
) -> tuple[Place, date] | None:
    """The unit on the first of the days on which it stands, with that day."""
    for day in days:
        if roots is not None:
            found = units.seen(wanted, roots, on=day)
        elif isinstance(wanted, UUID):
            found = units.place_on(wanted, day)
        else:
            found = units.with_code(wanted, on=day)
        if found:
            return found, day
    return None


def _gone(wanted: UUID | str, day: date, roots: Iterable[UUID] | None) -> tuple[Place, date]:
    """A unit that is known by its id and stood neither then nor now: the one in its place."""
    known = isinstance(wanted, UUID) and units.places_by_id([wanted]).get(wanted)
    if known and (roots is None or units.is_under(wanted, roots)):
        return _the_one(known, day), day
    try:
        if roots is None:
            units.place_by_code(str(wanted), on=day)
    except UnknownUnit as error:
        raise WrongQuestion(str(error), field=UNIT) from error
    said = _("Không có đơn vị này trong phạm vi xem của chị. Chọn đơn vị khác.")
    raise WrongQuestion(said, field=UNIT)


def _the_one(gone: Place, day: date) -> Place:
    """The one unit in the place of another on the day. Raises WrongQuestion naming them."""
    others = [*units.forerunners(gone.id), *units.followers(gone.id)]
    standing = [unit for one in others if (unit := units.place_on(one.id, day))]
    if len(standing) == 1:
        return standing[0]
    names = ", ".join(f"{unit.name} ({unit.code})" for unit in standing)
    said = _("Ở chỗ ấy là: %(names)s. Chọn một đơn vị.") % {"names": names} if names else ""
    raise WrongQuestion(f"{_not_there(gone, day)} {said}".strip(), field=UNIT)


def _not_there(unit: Place, day: date) -> str:
    said = _("Ngày %(day)s không có %(unit)s (mã %(code)s). Chọn đơn vị khác hoặc kỳ khác.")
    return said % {"day": dates.short(day), "unit": unit.name, "code": unit.code}
