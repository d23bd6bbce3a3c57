"""`sohoi manage begin`: the first units, indicators and administrator of a real installation."""

import csv
import secrets
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sohoi.accounts import roles
from sohoi.accounts.actions import add_user, appoint
from sohoi.figures.definitions.actions import load_definitions
from sohoi.kit.refusals import Refused
from sohoi.org.actions import load_units
from sohoi.org.models import Unit, UnitVersion, today


class Command(BaseCommand):
    """All or nothing; refused when there are units already."""

    help = "Nạp đơn vị, chỉ tiêu và tạo tài khoản quản trị đầu tiên cho một bản cài đặt thật."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--units", required=True, metavar="CSV", help="danh sách đơn vị")
        parser.add_argument(
            "--unit", required=True, metavar="CODE", help="đơn vị của người quản trị"
        )
        parser.add_argument("--administrator", required=True, metavar="USERNAME")
        parser.add_argument("--full-name", required=True)

    def handle(self, **options) -> None:
        if Unit.objects.exists():
            raise CommandError(
                "Cơ sở dữ liệu đã có đơn vị; lệnh này chỉ chạy một lần.", returncode=2
            )
        password = secrets.token_urlsafe(12)
        try:
            with Path(options["units"]).open(encoding="utf-8-sig", newline="") as file:
                number = self._begin(csv.DictReader(file), password, options)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(
                f"Không đọc được {options['units']}: {error}. Cần các cột "
                "code,name,kind,parent_code,lat,lon,valid_from,invented.",
                returncode=2,
            ) from error
        except (Refused, UnitVersion.DoesNotExist) as error:
            raise CommandError(f"{error} Chưa nạp gì.", returncode=2) from error
        self.stdout.write(f"Đã nạp {number} đơn vị.")
        self.stdout.write(f"Mật khẩu lần đầu của {options['administrator']}: {password}")

    @staticmethod
    def _begin(rows, password: str, options: dict) -> int:
        with transaction.atomic():
            number = load_units(rows=rows, by=None)
            load_definitions(by=None)
            unit = UnitVersion.objects.on(today()).select_related("unit").get(code=options["unit"])
            user = add_user(
                username=options["administrator"],
                full_name=options["full_name"],
                password=password,
                by=None,
            )
            appoint(
                user=user, role=roles.ADMINISTRATOR, unit=unit.unit, valid_from=today(), by=None
            )
        return number
