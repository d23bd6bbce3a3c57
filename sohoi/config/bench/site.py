"""The product's own web server before the database of a benchmark, and a visitor signed in."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from urllib.parse import quote, urlencode

from django.core.management import CommandError
from django.db import connection
from django.urls import reverse

START_SECONDS = 60


@contextmanager
def site(cookie: str) -> Iterator[Callable[[str], bytes]]:
    """`get(url)` is the page as the server sends it over HTTP to whoever has the session cookie."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", __name__, str(port)],
        env=os.environ | {"DATABASE_URL": _address()},
    )
    try:
        client = _connected(port)

        def get(url: str) -> bytes:
            client.request("GET", url, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
            answer = client.getresponse()
            page = answer.read()
            if answer.status != 200:
                raise CommandError(f"{url}: {answer.status}")
            return page

        yield get
        client.close()
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def _connected(port: int) -> HTTPConnection:
    """As soon as the server listens. It is one connection, as a browser or a proxy keeps it."""
    end = time.monotonic() + START_SECONDS
    while True:
        client = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        try:
            client.request("GET", reverse("account_login"))
            client.getresponse().read()
            return client
        except (OSError, HTTPException) as error:
            if time.monotonic() > end:
                raise CommandError(f"Máy chủ đo không mở được: {error}") from error
            time.sleep(0.2)


def _address() -> str:
    held = connection.settings_dict
    user = quote(held["USER"]) + (f":{quote(held['PASSWORD'])}" if held["PASSWORD"] else "")
    query = {name: held[name.upper()] for name in ("host", "port") if held[name.upper()]}
    return f"postgresql://{user}@/{quote(held['NAME'])}?{urlencode(query)}"


def application() -> Callable:
    """In each worker: the room of the benchmark, then the product."""
    loaded = import_module("sohoi.config.server").application()
    indicators = import_module("sohoi.config.bench.national").INDICATORS
    import_module("sohoi.config.bench.scratch").register(*indicators)
    return loaded


def main(port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sohoi.config.settings")
    import_module("django").setup()
    import_module("sohoi.config.server").serve("127.0.0.1", port, load=application)


if __name__ == "__main__":
    main(int(sys.argv[1]))
