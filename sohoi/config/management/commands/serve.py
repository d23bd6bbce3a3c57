"""`sohoi serve`: the web server for the configured database."""

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sohoi.config import server


class Command(BaseCommand):
    help = _("Mở máy chủ web cho cơ sở dữ liệu đang dùng.")

    def add_arguments(self, parser):
        parser.add_argument("--host", default=server.HOST, help=_("địa chỉ để nghe"))
        parser.add_argument("--port", type=int, default=server.PORT, help=_("cổng để nghe"))

    def handle(self, *, host, port, **options):
        server.require_free_port(host, port)
        if server.pending_migrations():
            raise CommandError(server.NOT_PREPARED, returncode=2)
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(
            _("Sổ Hội: http://%(host)s:%(port)s — Ctrl-C để dừng.") % {"host": shown, "port": port}
        )
        self.stdout.flush()
        server.serve(host, port)
