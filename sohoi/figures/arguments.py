"""The arguments that figure commands share: unit, period, cut-off; wrong ones say what to do."""

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from sohoi.lib.dates import DateError, parse_date
from sohoi.lib.periods import Period, PeriodError, parse_period
from sohoi.org.models import Unit
from sohoi.org.queries import Place, UnknownUnit, place_by_code

BAD_USE = 2


@dataclass(frozen=True)
class Asked:
    """The unit as it was on `day`, the period, and the cut-off."""

    place: Place
    period: Period
    day: date


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE", help="mã đơn vị, ví dụ 96")
    parser.add_argument(
        "--period", required=True, help="kỳ: 2023-M06, 2023-Q2, 2023-H1, 2023-9M, 2023"
    )
    parser.add_argument("--on", metavar="DATE", help="ngày chốt, mặc định là ngày cuối kỳ")


def read(options: dict[str, Any]) -> Asked:
    """Raises CommandError (exit 2) for an unknown unit or period and for an empty database."""
    try:
        period = parse_period(options["period"])
        day = parse_date(options["on"]) if options.get("on") else period.end
        return Asked(place_by_code(options["unit"], on=day), period, day)
    except UnknownUnit as error:
        hint = "" if Unit.objects.exists() else " Cơ sở dữ liệu còn trống: chạy “make demo” trước."
        raise CommandError(f"{error}{hint}", returncode=BAD_USE) from error
    except (PeriodError, DateError) as error:
        raise CommandError(str(error), returncode=BAD_USE) from error
