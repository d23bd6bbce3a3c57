"""Server time and queries of every page, beside their limits."""

from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from http import HTTPStatus
from itertools import cycle

from django.conf import settings
from django.core.management import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sohoi.accounts.models import User
from sohoi.config.bench.bare import Visitor, bare, crowd, processor
from sohoi.config.bench.rows import Row, limit, milliseconds, p95
from sohoi.config.demo import CAST, PASSWORD
from sohoi.kit.menu import Group
from sohoi.kit.rooms import rooms
from sohoi.org.models import Installation, Unit

ROUNDS = 30
SECONDS = 2.0
# As many bare pages a sign-in may cost: a password is dear to check on purpose.
SIGN_IN = 600
MOST_MILLISECONDS, MOST_QUERIES = 150, 20


def scale() -> str:
    return f"{Unit.objects.count()} units, {Installation.here()} data"


def run(progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Row]:
    """First the kinds of page that are opened most, beside a bare Django page. Then server time
    (p95 of 30 requests) and queries of every page of the menu, and of the deep ones, for a province
    leader, a commune officer and a branch head of the demo."""
    yield from _beside_a_bare_page()
    cases = [(who, url) for who in ("mai", "thu", "hanh", "lan") for url in _pages_of(who)]
    for done, (who, url) in enumerate(cases, start=1):
        get = partial(_client(who).get, _whole(who, url))
        if get().status_code == HTTPStatus.OK:
            yield from _bounded(f"{who} {url}", get)
        progress(done, len(cases))


def _bounded(case: str, get: Callable[[], object]) -> Iterator[Row]:
    with CaptureQueriesContext(connection) as captured:
        get()
        queries = len(captured)
    yield limit(case, queries, "queries", MOST_QUERIES)
    yield limit(case, p95(milliseconds(get, ROUNDS)), "ms", MOST_MILLISECONDS)


def _beside_a_bare_page() -> Iterator[Row]:
    """What bounds the pages is our own processor time."""
    with bare() as application:
        get = partial(Visitor(application).get, "/")
        least, most = processor(get, ROUNDS), crowd(get, SECONDS)
    application = get_wsgi_application()
    for name, (who, url, times) in _kinds().items():
        get = partial(Visitor(application, who).get, _whole(who, url))
        if get()[0] == HTTPStatus.OK:
            case = f"{name} ({who})" if who else name
            yield from _beside(case, get, times, least, most)
            yield from _bounded(case, get)
    if User.objects.filter(username=CAST[0][0]).exists():
        yield from _beside("sign-in", _sign_in(Visitor(application)), SIGN_IN, least, most)


def _sign_in(visitor: Visitor) -> Callable[[], None]:
    """Each time the next of the cast: ten at once with one name would be taken for a guess."""
    names = cycle(username for username, *_rest in CAST)

    def sign_in() -> None:
        status, _page = visitor.sign_in(next(names), PASSWORD)
        if status != HTTPStatus.FOUND:
            raise CommandError(f"Không đăng nhập được: {status}.")

    return sign_in


def _beside(
    case: str, work: Callable[[], object], times: float, least: float, most: float
) -> Iterator[Row]:
    against = "bare Django page"
    yield Row(
        case=f"{case}: processor time",
        ours=processor(work, ROUNDS),
        unit="ms",
        against=against,
        theirs=least,
        most=times,
    )
    yield Row(
        case=f"{case}: ten visitors, two processes",
        ours=crowd(work, SECONDS),
        unit="a second",
        against=against,
        theirs=most,
        # The database works on the same processors.
        least=1 / (3 * times),
    )


def _kinds() -> dict[str, tuple[str, str, float]]:
    """Who opens which address, and how many bare pages it may cost."""
    lists = (item.url for room in rooms() for item in room.menu if item.group == Group.PROGRAMMES)
    explorer = reverse("figures:explorer")
    return {
        "tasks": ("lan", reverse("accounts:tasks"), 70),
        "tasks of a province": ("thu", reverse("accounts:tasks"), 150),
        "list": ("thu", max(lists, default="/"), 180),
        "board": ("thu", reverse("figures:board"), 160),
        "explorer": ("thu", explorer, 220),
        "explorer, every unit below": ("thu", f"{explorer}?xem=below", 280),
        "quality": ("thu", reverse("figures:quality"), 260),
        "sign-in page": ("", reverse("account_login"), 60),
    }


def _client(who: str) -> Client:
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.force_login(User.objects.get(username=who), settings.AUTHENTICATION_BACKENDS[0])
    return client


def _whole(who: str, url: str) -> str:
    """The address with the whole question, to which one that leaves a part of it out leads."""
    return _client(who).get(url).headers.get("Location", url) if who else url


def _pages_of(who: str) -> list[str]:
    user = User.objects.get(username=who)
    found = [
        reverse(item.url_name)
        for room in rooms()
        for item in room.menu
        if not item.permission or user.may(item.permission)
    ]
    if user.may("reports.view"):
        found += [reverse("reports:document", args=[kind]) for kind in ("annex", "article")]
    keys = [i.key for room in rooms() for i in room.indicators]
    found += [reverse("figures:figure", args=[key]) for key in (*keys, "savings.raised_vnd")]
    return [*found, *_deep_pages(user)]


def _deep_pages(user: User) -> list[str]:
    """The first link of each list: a unit, a round, a return, a record."""
    client, found = _client(user.username), []
    for room in rooms():
        for item in room.menu:
            if item.permission and not user.may(item.permission):
                continue
            page = unescape(client.get(reverse(item.url_name)).content.decode())
            prefix = reverse(item.url_name)
            links = [part.split('"')[0] for part in page.split(f'href="{prefix}')[1:]]
            found += [prefix + link for link in links if link[:8].count("-") == 0 and "-" in link][
                :1
            ]
    return found
