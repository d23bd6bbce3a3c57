"""`sohoi report`: write a review, an article or the annex of a unit and a period to files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.figures.asking import arguments
from sohoi.reports.documents import sheet_for
from sohoi.reports.files import KINDS, write


class Command(BaseCommand):
    """Review and annex as .docx and .pdf, article as .docx and .txt."""

    help = "Viết báo cáo, tin bài hoặc phụ lục ra tệp."

    def add_arguments(self, parser) -> None:
        arguments.add_arguments(parser)
        parser.add_argument("--kind", required=True, choices=KINDS)
        parser.add_argument("--out", required=True, metavar="DIR")
        parser.add_argument(
            "--header",
            choices=["union", "state"],
            default="union",
            help="có Quốc hiệu (state) hay không",
        )

    def handle(self, **options: Any) -> None:
        question = arguments.read(options)
        folder = Path(options["out"])
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sheet = sheet_for(question, options["kind"])
            written = write(sheet, options["kind"], folder, variant=options["header"])
        except OSError as error:
            raise CommandError(
                f"Không ghi được vào “{folder}”: {error.strerror}. Chọn thư mục khác với --out.",
                returncode=arguments.BAD_USE,
            ) from error
        for path in written:
            self.stdout.write(str(path))
