"""The arguments that figure commands share: unit, period, cut-off and tree."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from sohoi.figures.asking.queries import ask
from sohoi.figures.asking.rules import UNIT, Question, WrongQuestion
from sohoi.org.models import Unit

BAD_USE = 2


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--unit", required=True, metavar="CODE", help="mã đơn vị, ví dụ 96")
    parser.add_argument(
        "--period", required=True, help="kỳ: 2023-M06, 2023-Q2, 2023-H1, 2023-9M, 2023"
    )
    parser.add_argument(
        "--on",
        metavar="DATE",
        help="ngày chốt; mặc định là ngày chốt của kỳ báo cáo, không có thì là ngày cuối kỳ",
    )
    parser.add_argument(
        "--tree",
        metavar="then|now|DATE",
        help="then: theo cây tổ chức ngày chốt (mặc định); now: xếp lại theo các đơn vị hiện nay; "
        "hoặc theo các đơn vị của một ngày ở giữa",
    )


def read(options: dict[str, Any]) -> Question:
    """Raises CommandError (exit 2) for a part that is unknown or impossible and for an empty
    database."""
    try:
        return ask(options["unit"], options["period"], day=options["on"], tree=options["tree"])
    except WrongQuestion as error:
        is_empty = error.field == UNIT and not Unit.objects.exists()
        hint = " Cơ sở dữ liệu còn trống: chạy “make demo” trước." if is_empty else ""
        raise CommandError(f"{error}{hint}", returncode=BAD_USE) from error
