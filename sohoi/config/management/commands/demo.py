"""`sohoi demo`: set up, load the demo provinces, write the documents, print the accounts, serve."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from sohoi.accounts.roles import ROLES
from sohoi.config import demo, server

DOCUMENTS = (("review", demo.CA_MAU), ("article", demo.CA_MAU), ("annex", demo.CA_MAU))


class Command(BaseCommand):
    """A second run keeps the data; `make demo-reset` starts again."""

    help = "Dựng bản trình diễn: nạp hai tỉnh của năm 2023, viết báo cáo, rồi phục vụ."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="chỉ dựng, không phục vụ")
        parser.add_argument("--host", default=server.HOST)
        parser.add_argument("--port", type=int, default=server.PORT)

    def handle(self, **options: Any) -> None:
        if not options["no_serve"]:
            server.require_free_port(options["host"], options["port"])
        console = Console(stderr=True)
        call_command("migrate", verbosity=0)
        try:
            loaded = demo.is_loaded()
        except demo.NotADemo as error:
            raise CommandError(str(error), returncode=2) from error
        if loaded:
            console.print(
                "Dữ liệu trình diễn đã có, giữ nguyên. “make demo-reset” để làm lại từ đầu."
            )
        else:
            self._load(console)
        self._write_documents(console)
        self._print_accounts(options)
        if not options["no_serve"]:
            call_command("serve", host=options["host"], port=options["port"])

    @staticmethod
    def _load(console: Console) -> None:
        with Progress(
            *Progress.get_default_columns()[:3], TimeElapsedColumn(), console=console
        ) as bar:
            task = bar.add_task("Nạp dữ liệu", total=None)
            demo.load(
                lambda what, done, total: bar.update(
                    task, description=f"Nạp: {what}", completed=done, total=total
                )
            )

    def _write_documents(self, console: Console) -> None:
        target = Path(settings.VAR_DIR) / "demo"
        with Progress(TextColumn("{task.description}"), console=console, transient=True) as bar:
            bar.add_task("Viết báo cáo và tin bài", total=None)
            for kind, code in DOCUMENTS:
                call_command(
                    "report",
                    unit=code,
                    period=demo.PERIOD,
                    kind=kind,
                    out=str(target),
                    stdout=self.stderr,
                )
        console.print(f"Văn bản nằm trong {target}")

    def _print_accounts(self, options: dict) -> None:
        table = Table("Tên đăng nhập", "Vai trò", title="Tài khoản trình diễn")
        for username, _name, role, _code in demo.CAST:
            table.add_row(username, str(ROLES[role].title))
        console = Console(file=self.stdout._out)
        console.print(table)
        console.print(f"Mật khẩu chung: {demo.PASSWORD}")
        console.print(f"Địa chỉ: http://{options['host']}:{options['port']}/")
