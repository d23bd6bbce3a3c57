"""A page with nothing behind it: what Django itself takes for a request, to stand beside ours."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import BytesIO
from ipaddress import IPv4Address
from multiprocessing import get_context
from random import getrandbits
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path, reverse
from django.utils.crypto import get_random_string

from sohoi.accounts.models import User

PROCESSES, VISITORS = 2, 5
PAGE = """<!doctype html><html lang="vi"><head><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><p>{{ text }}</p></body></html>"""


def page(request: HttpRequest) -> HttpResponse:
    """One small template, no query, nobody signed in."""
    return HttpResponse(_template().render({"title": "Sổ Hội", "text": request.path}))


@cache
def _template() -> Any:
    return engines["django"].from_string(PAGE)


urlpatterns = [path("", page)]


class Visitor:
    """Asks the application itself, as the server does, without a network in between."""

    def __init__(self, application: WSGIHandler, who: str = ""):
        self.application, self.cookie = application, f"sessionid={session(who)}" if who else ""

    def get(self, url: str) -> tuple[int, bytes]:
        return self._ask(url, HTTP_COOKIE=self.cookie)

    def sign_in(self, who: str, password: str) -> tuple[int, bytes]:
        """From an address of its own each time: how often one may try is limited."""
        token = get_random_string(32)
        form = {"login": who, "password": password, "csrfmiddlewaretoken": token}
        body = urlencode(form).encode()
        return self._ask(
            reverse("account_login"),
            REQUEST_METHOD="POST",
            HTTP_COOKIE=f"{settings.CSRF_COOKIE_NAME}={token}",
            REMOTE_ADDR=str(IPv4Address(getrandbits(32))),
            CONTENT_TYPE="application/x-www-form-urlencoded",
            CONTENT_LENGTH=str(len(body)),
            **{"wsgi.input": BytesIO(body)},
        )

    def _ask(self, url: str, **said: Any) -> tuple[int, bytes]:
        address, _question, query = url.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "REMOTE_ADDR": "127.0.0.1",
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": settings.ALLOWED_HOSTS[0],
            "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "https" if settings.HTTPS else "http",
            **said,
        }
        started: list[str] = []
        answer = self.application(environ, lambda status, _headers: started.append(status))
        body = b"".join(answer)
        answer.close()
        return int(started[0][:3]), body


@contextmanager
def bare() -> Iterator[WSGIHandler]:
    """The same handler around the bare page: no middleware, no context."""
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        yield WSGIHandler()


def processor(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of processor time that one call takes in this process, in the middle of many."""
    work()
    took = []
    for _round in range(rounds):
        start = time.thread_time()
        work()
        took.append(1000 * (time.thread_time() - start))
    return median(took)


def crowd(work: Callable[[], object], seconds: float) -> float:
    """Calls a second by ten visitors at once, in two processes as our server has them."""
    # A process of its own needs a connection of its own.
    connections.close_all()
    context, ears = get_context("fork"), []
    for _process in range(PROCESSES):
        ear, mouth = context.Pipe(duplex=False)
        context.Process(target=lambda end=mouth: end.send(_rate(work, seconds))).start()
        # The only one left is the other process's: if that one fails we hear of it.
        mouth.close()
        ears.append(ear)
    return sum(ear.recv() for ear in ears)


def _rate(work: Callable[[], object], seconds: float) -> float:
    def visit(end: float) -> int:
        done = 0
        while time.monotonic() < end:
            work()
            done += 1
        connections.close_all()
        return done

    start = time.monotonic()
    with ThreadPoolExecutor(VISITORS) as pool:
        done = sum(pool.map(visit, [start + seconds] * VISITORS))
    return done / (time.monotonic() - start)


def session(who: str) -> str:
    """The key of a session in which this person is signed in."""
    user = User.objects.get(username=who)
    kept = import_module(settings.SESSION_ENGINE).SessionStore()
    kept[SESSION_KEY] = str(user.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = user.get_session_auth_hash()
    kept.save()
    return kept.session_key
