"""The web server of one machine: is the port free, is the database ready, then serve."""

import errno
import gc
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import wait

from django.conf import settings
from django.core.management import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sohoi.figures.engine.fold import fold_for_ever

HOST, PORT = "127.0.0.1", 8000
NOT_PREPARED = gettext_lazy(
    "Cơ sở dữ liệu chưa được dựng hoặc còn ở phiên bản cũ. "
    "Hãy chạy “make demo” (dữ liệu trình diễn) hoặc “sohoi manage migrate”."
)


def require_free_port(host: str, port: int) -> None:
    """Refuse, with the next step, an address on which we cannot listen."""
    try:
        if not 0 < port < 65536:
            raise OSError(errno.EINVAL, "1–65535")
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = _(
                "Cổng %(port)s đang bận. Hãy dừng chương trình đang giữ nó hoặc chọn cổng khác: "
                "“sohoi serve --port %(other)s” hay “make demo PORT=%(other)s”."
            ) % {"port": port, "other": port + 1}
        else:
            message = _(
                "Không mở được địa chỉ %(host)s cổng %(port)s (%(reason)s). "
                "Hãy chọn địa chỉ của máy này và một cổng từ 1024 đến 65535."
            ) % {"host": host, "port": port, "reason": error.strerror}
        raise CommandError(message, returncode=2) from error


def pending_migrations() -> bool:
    """Whether the database is behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def serve(host: str, port: int, *, load: Callable[[], Callable] | None = None) -> None:
    """Serve until Ctrl-C, a polite kill or a closed terminal; `load` makes the application in each
    worker."""
    connection.close()
    granian = Granian(
        "sohoi.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        # Each thread may keep a database connection open.
        blocking_threads=4,
        # A worker that hangs must not keep the machine from going down.
        workers_kill_timeout=10,
        log_level=LogLevels.error,
    )
    # Granian would take a closed terminal for a wish to reload, and go on unseen.
    hangup = granian.signal_handler_interrupt
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        hangup = signal.SIG_IGN
    granian.on_startup(lambda: signal.signal(signal.SIGHUP, hangup))
    granian.serve(target_loader=load or application, wrap_loader=False)


def application() -> Callable:
    """In each worker: the application, the background work, and an eye on the main process."""
    # Until granian listens for signals, those of the main process would swallow a request to end.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_main_process, daemon=True).start()
    # Each worker has one; whoever comes first folds, the other finds nothing to do.
    threading.Thread(target=fold_for_ever, args=[threading.Event()], daemon=True).start()
    loaded = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)
    # What is loaded by now stays: a page's rubbish is found without going through all of it.
    gc.collect()
    gc.freeze()
    return loaded


def _end_with_main_process() -> None:
    # A killed main process would else leave workers behind that hold the port.
    wait([multiprocessing.parent_process().sentinel])
    os._exit(1)
