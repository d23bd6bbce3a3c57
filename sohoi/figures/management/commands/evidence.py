"""`sohoi evidence`: the records behind one figure."""

import json

from django.core.management.base import BaseCommand, CommandError

from sohoi.figures.asking import arguments
from sohoi.figures.catalogue.queries import UnknownIndicator
from sohoi.figures.reading.documents import amount_text, plain_value
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import chosen


class Command(BaseCommand):
    """Codes, units, dates and amounts: no person is named."""

    help = "Các hồ sơ, báo cáo làm nên một số liệu."

    def add_arguments(self, parser) -> None:
        arguments.add_arguments(parser)
        parser.add_argument("--indicator", required=True, metavar="KEY")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        question = arguments.read(options)
        try:
            (indicator,) = chosen([options["indicator"]], question)
        except UnknownIndicator as error:
            raise CommandError(str(error), returncode=arguments.BAD_USE) from error
        behind, measure = evidence(question, indicator), indicator.measure
        if options["json"]:
            records = [
                {
                    "id": str(trace.id),
                    "label": trace.label,
                    "unit": trace.unit,
                    "date": trace.date.isoformat() if trace.date else None,
                    "amount": plain_value(trace.amount, measure),
                }
                for trace in behind.records
            ]
            self.stdout.write(
                json.dumps(
                    {"total": behind.total, "records": records}, ensure_ascii=False, indent=1
                )
            )
            return
        for trace in behind.records:
            amount = amount_text(trace.amount, measure)
            self.stdout.write(f"{trace.label}\t{trace.unit}\t{trace.date or ''}\t{amount}")
        self.stderr.write(f"{behind.total} hồ sơ")
