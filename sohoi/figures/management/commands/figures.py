"""`sohoi figures`: the figures of a unit for a period."""

import json

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from sohoi.figures.asking import arguments
from sohoi.figures.catalogue.queries import UnknownIndicator
from sohoi.figures.reading import documents
from sohoi.figures.reading.queries import Figure, answers


class Command(BaseCommand):
    """One line, or one JSON object, for each indicator and unit."""

    help = "Số liệu của một đơn vị trong một kỳ."

    def add_arguments(self, parser) -> None:
        arguments.add_arguments(parser)
        parser.add_argument("--by", choices=["children"], help="thêm từng đơn vị trực thuộc")
        parser.add_argument("--indicator", action="append", metavar="KEY")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        question = arguments.read(options)
        try:
            shown = answers(
                question, keys=options["indicator"], by_children=options["by"] == "children"
            )
        except UnknownIndicator as error:
            raise CommandError(str(error), returncode=arguments.BAD_USE) from error
        if options["json"]:
            rows = [documents.as_json(figure) for figure in shown]
            self.stdout.write(json.dumps(rows, default=str, ensure_ascii=False, indent=1))
        else:
            self._print(shown)

    def _print(self, shown: list[Figure]) -> None:
        table = Table("Chỉ tiêu", "Đơn vị", "Giá trị", "Nguồn", "Độ phủ")
        table.columns[2].justify = "right"
        for figure in shown:
            table.add_row(
                f"{figure.indicator.title}\n[dim]{figure.key}",
                figure.place.name,
                documents.value_text(figure),
                str(documents.BASIS[figure.basis]),
                documents.coverage_text(figure),
            )
        Console(file=self.stdout._out).print(table)
