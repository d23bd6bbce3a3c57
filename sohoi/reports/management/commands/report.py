"""`sohoi report`: write a review, an article or the annex of a unit and a period to files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.figures.asking import arguments
from sohoi.kit.refusals import Refused
from sohoi.reports.files import FORMATS, HEADERS, KINDS, UNION, write
from sohoi.reports.issuing import file_of


class Command(BaseCommand):
    """Review and annex as .docx and .pdf, article as .docx and .txt; of a closed period the files
    that were issued."""

    help = "Viết báo cáo, tin bài hoặc phụ lục ra tệp."

    def add_arguments(self, parser) -> None:
        arguments.add_arguments(parser)
        parser.add_argument("--kind", required=True, choices=KINDS)
        parser.add_argument("--out", required=True, metavar="DIR")
        parser.add_argument(
            "--header",
            choices=HEADERS,
            default=UNION,
            help="có Quốc hiệu (state) hay không",
        )

    def handle(self, **options: Any) -> None:
        question = arguments.read(options)
        folder = Path(options["out"])
        kind, header = options["kind"], options["header"]
        try:
            made = [
                file_of(question=question, kind=kind, form=form, header=header, by=None)
                for form in FORMATS[kind]
            ]
            folder.mkdir(parents=True, exist_ok=True)
            written = write({one.name: bytes(one.content) for one in made}, folder)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        except OSError as error:
            raise CommandError(
                f"Không ghi được vào “{folder}”: {error.strerror}. Chọn thư mục khác với --out.",
                returncode=arguments.BAD_USE,
            ) from error
        for path in written:
            self.stdout.write(str(path))
