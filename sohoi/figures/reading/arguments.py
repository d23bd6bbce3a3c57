"""The arguments that figure commands share: unit, period, cut-off; wrong ones say what to do."""

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from sohoi.figures.reading.queries import Tree
from sohoi.lib.dates import DateError, parse_date
from sohoi.lib.periods import Period, PeriodError, parse_period
from sohoi.org.models import Succession, Unit, UnitVersion, today
from sohoi.org.queries import Place, UnknownUnit, place_by_code, places_of

BAD_USE = 2


@dataclass(frozen=True)
class Asked:
    """The unit, the period, the cut-off, and whether the tree is that of then or of now."""

    place: Place
    period: Period
    day: date
    tree: Tree


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE", help="mã đơn vị, ví dụ 96")
    parser.add_argument(
        "--period", required=True, help="kỳ: 2023-M06, 2023-Q2, 2023-H1, 2023-9M, 2023"
    )
    parser.add_argument("--on", metavar="DATE", help="ngày chốt, mặc định là ngày cuối kỳ")
    parser.add_argument(
        "--tree",
        choices=["then", "now"],
        help="then: theo cây tổ chức ngày chốt (mặc định); now: xếp lại theo các đơn vị hiện nay",
    )


def read(options: dict[str, Any]) -> Asked:
    """Raises CommandError (exit 2) for an unknown unit or period and for an empty database."""
    try:
        period = parse_period(options["period"])
        day = parse_date(options["on"]) if options.get("on") else period.end
        place, tree = _asked_place(options["unit"], day, options["tree"])
        return Asked(place, period, day, tree)
    except UnknownUnit as error:
        hint = "" if Unit.objects.exists() else " Cơ sở dữ liệu còn trống: chạy “make demo” trước."
        raise CommandError(f"{error}{hint}", returncode=BAD_USE) from error
    except (PeriodError, DateError) as error:
        raise CommandError(str(error), returncode=BAD_USE) from error


def _asked_place(code: str, day: date, tree: Tree | None) -> tuple[Place, Tree]:
    """A code means another unit after a reorganisation: it is read on the day of the tree."""
    if tree == "now":
        return place_by_code(code), "now"
    try:
        return place_by_code(code, on=day), "then"
    except UnknownUnit:
        # A unit that came out of a reorganisation can be asked about the time before it.
        now = places_of(UnitVersion.objects.on(today()).filter(code=code))
        if tree or not now or not Succession.objects.filter(successor_id=now[0].id).exists():
            raise
        return now[0], "now"
