"""`sohoi check`: the health of data and configuration."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from sohoi.config.health import examine


class Command(BaseCommand):
    """Exit 1 when a check finds something; each line says what to do."""

    help = "Khám dữ liệu và cấu hình."
    requires_system_checks: list = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, **options) -> None:
        findings = []
        for finding in examine():
            findings.append(finding)
            if not options["json"]:
                mark = "tốt" if finding.ok else "SAI"
                self.stdout.write(f"{mark}  {finding.name}: {finding.text}")
        if options["json"]:
            rows = [asdict(finding) for finding in findings]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        if wrong := [finding.name for finding in findings if not finding.ok]:
            raise CommandError(f"Cần xử lý: {', '.join(wrong)}.", returncode=1)
