"""`sohoi recount`: prove every counted figure against its records, and put right what differs."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from sohoi.figures.engine.recount import Difference, recount, repair
from sohoi.lib import dates
from sohoi.org.queries import place_of

MOST_NAMED = 20


class Command(BaseCommand):
    """Exit 0 when every figure is what its records add up to, 1 when one is not."""

    help = "Đếm lại từ hồ sơ mọi số liệu đếm được và so với số đang hiển thị."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--repair", action="store_true", help="tính lại từ hồ sơ những số liệu không khớp"
        )

    def handle(self, **options) -> None:
        cells, differences = self._recount()
        repaired = self._repair(differences) if options["repair"] and differences else None
        if options["json"]:
            result = {"cells": cells, "differences": [asdict(d) for d in differences]}
            result |= {"repaired": repaired} if repaired else {}
            self.stdout.write(json.dumps(result, default=str, ensure_ascii=False))
        else:
            self._say(cells, differences, repaired)
        left = self._recount()[1] if repaired else differences
        if left:
            raise CommandError(f"{len(left)} số liệu không khớp với hồ sơ.", returncode=1)

    def _recount(self) -> tuple[int, list[Difference]]:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Đếm lại", total=None)
            return recount(lambda done, total: bar.update(task, completed=done, total=total))

    def _repair(self, differences: list[Difference]) -> dict:
        moved, keys = repair(differences)
        return {"memberships": moved, "indicators": keys}

    def _say(self, cells: int, differences: list[Difference], repaired: dict | None) -> None:
        self.stdout.write(f"{cells} ô đã đếm lại, {len(differences)} ô khác.")
        for line in _named(differences[:MOST_NAMED]):
            self.stdout.write(line)
        if len(differences) > MOST_NAMED:
            self.stdout.write(f"… và {len(differences) - MOST_NAMED} ô nữa; --json ghi đủ.")
        if repaired:
            keys = ", ".join(repaired["indicators"]) or "không chỉ tiêu nào"
            moved = repaired["memberships"]
            self.stdout.write(f"Đã tính lại từ hồ sơ: {keys}; xếp lại {moved} quan hệ đơn vị.")


def _named(differences: Iterable[Difference]) -> Iterable[str]:
    """Each cell in words: which figure of which unit, what it shows and what the records say."""
    for one in differences:
        unit = place_of(one.unit, on=one.tree)
        yield (
            f"- {one.indicator}, {unit.name} ({unit.code}), kỳ {one.period}, theo đơn vị ngày "
            f"{dates.short(one.tree)}: đang là {one.figure}, đếm lại {one.recounted}"
        )
