"""`sohoi bench NAME`: a named benchmark with its limit measured in the same run."""

import json

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from sohoi.config.bench import figures, lists, load, pages, races, writers

BENCHES = {
    "figures": figures,
    "lists": lists,
    "load": load,
    "pages": pages,
    "races": races,
    "writers": writers,
}


class Command(BaseCommand):
    """Exit 1 when a bar does not hold."""

    help = "Đo tốc độ, đặt cạnh giới hạn."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", choices=sorted(BENCHES))
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        name = options["name"]
        bench = BENCHES[name]
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(name, total=None)
            measured = bench.run(lambda done, total: bar.update(task, completed=done, total=total))
            rows = [row.as_dict() for row in measured]
        if not rows:
            raise CommandError(
                "Chưa có dữ liệu để đo: chạy “make demo SERVE=0” trước.", returncode=2
            )
        if options["json"]:
            found = {"bench": name, "scale": bench.scale(), "rows": rows}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            for row in sorted(rows, key=lambda r: r["holds"]):
                mark = "  " if row["holds"] else "✗ "
                self.stdout.write(
                    f"{mark}{row['ours']:>10} {row['unit']:<8} {row['bar']:<14} {row['case']}"
                    f" ({row['against']}: {row['theirs']})"
                )
        if broken := [row["case"] for row in rows if not row["holds"]]:
            raise CommandError(f"{len(broken)} trường hợp vượt giới hạn.", returncode=1)
