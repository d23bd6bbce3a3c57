"""`sohoi recount`: prove every counted figure against its records."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from sohoi.figures.engine.recount import recount


class Command(BaseCommand):
    """Exit 0 when every figure is what its records add up to, 1 when one is not."""

    help = "Đếm lại từ hồ sơ mọi số liệu đếm được và so với số đang hiển thị."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Đếm lại", total=None)
            cells, differences = recount(
                lambda done, total: bar.update(task, completed=done, total=total)
            )
        if options["json"]:
            result = {"cells": cells, "differences": [asdict(d) for d in differences]}
            self.stdout.write(json.dumps(result, default=str, ensure_ascii=False))
        else:
            self.stdout.write(f"{cells} ô đã đếm lại, {len(differences)} ô khác.")
        if differences:
            raise CommandError(f"{len(differences)} số liệu không khớp với hồ sơ.", returncode=1)
