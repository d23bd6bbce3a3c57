"""`sohoi reorganise`: preview or apply a reorganisation of units."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sohoi.lib.dates import DateError, parse_date
from sohoi.org import reorganising
from sohoi.org.consequences import consequences, plan_as_json
from sohoi.org.judging import Plan, undivided
from sohoi.org.plan import Fault

FOUND, BAD_USE = 1, 2


class Command(BaseCommand):
    """Exit 1 when the plan has faults; nothing of it is applied then."""

    help = "Xem trước hoặc áp dụng một phương án sắp xếp đơn vị."

    def add_arguments(self, parser) -> None:
        parser.add_argument("plan", type=Path, metavar="PLAN.csv")
        parser.add_argument("--on", required=True, metavar="DATE", help="ngày hiệu lực")
        parser.add_argument("--title", default="", help="tên văn bản quyết định việc sắp xếp")
        parser.add_argument("--apply", action="store_true", help="áp dụng; không có thì xem trước")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        content, on, title = self._read(options)
        plan = reorganising.preview(content, on)
        applied, changes = False, {"touched": [], "undivided": {}, "kept": []}
        if not plan.faults:
            changes = {"touched": reorganising.touched(plan), "undivided": undivided(plan)}
            changes["kept"] = reorganising.kept(plan)
            applied = options["apply"] and self._apply(plan, content, title)
        if options["json"]:
            text = plan_as_json(plan, **changes)
            self.stdout.write(json.dumps(text | {"applied": applied}, ensure_ascii=False, indent=1))
        else:
            self._print(plan, changes)
        if plan.faults:
            text = f"Phương án có {len(plan.faults)} lỗi; chưa có gì thay đổi."
            raise CommandError(text, returncode=FOUND)
        self.stderr.write("Đã áp dụng." if applied else "Xem trước. Thêm --apply để áp dụng.")

    @staticmethod
    def _read(options: dict) -> tuple[bytes, date, str]:
        path = options["plan"]
        title = options["title"] or path.stem
        if len(title) > reorganising.LONGEST_TITLE:
            text = f"--title dài quá {reorganising.LONGEST_TITLE} ký tự."
            raise CommandError(text, returncode=BAD_USE)
        try:
            return path.read_bytes(), parse_date(options["on"]), title
        except OSError as error:
            text = f"Không đọc được {path}: {error.strerror}."
            raise CommandError(text, returncode=BAD_USE) from error
        except DateError as error:
            raise CommandError(str(error), returncode=BAD_USE) from error

    @staticmethod
    def _apply(plan: Plan, content: bytes, title: str) -> bool:
        try:
            reorganising.reorganise(content=content, on=plan.on, title=title, by=None)
        except reorganising.PlanRefused as refusal:
            plan.faults = refusal.faults
        return not plan.faults

    def _print(self, plan: Plan, changes: dict) -> None:
        for fault in plan.faults:
            self.stdout.write(_fault_text(fault))
        for group in [] if plan.faults else consequences(plan, **changes):
            self.stdout.write(f"{group['title']} ({len(group['items'])})")
            for item in group["items"]:
                self.stdout.write(f"  {item}")


def _fault_text(fault: Fault) -> str:
    return f"Dòng {fault.row}: {fault.text}" if fault.row else fault.text
