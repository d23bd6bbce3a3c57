"""What the kit's tests plug in: a room, and pages at addresses of their own."""

from collections.abc import Callable
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path

from sohoi.kit import rooms
from sohoi.kit.permissions import Permission

VIEW = Permission(key="probe.view", sentence="xem phòng thử", roles=frozenset({"commune_officer"}))


@pytest.fixture
def bring():
    """`bring(menu=…)` registers a room `probe` that leaves the house with the test."""

    def add(**parts) -> rooms.Room:
        known = {"key": "probe", "title": "Phòng thử", "path": "thu", "permissions": (VIEW,)}
        room = rooms.Room(**(known | parts))
        rooms.register(room)
        return room

    yield add
    rooms.unregister("probe")


@pytest.fixture
def mount(settings) -> Callable:
    """`mount(view)` makes the view the only page of the product, at /thu/."""

    def at(view: Callable) -> None:
        urls = ModuleType("probe_urls")
        urls.urlpatterns = [path("thu/", view, name="probe")]
        settings.ROOT_URLCONF = urls

    return at


@pytest.fixture
def ask(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """`ask("/?q=x", user)`: a request by that person."""

    def make(url: str = "/", user=None, data: dict | None = None, **headers) -> HttpRequest:
        request = rf.get(url, **headers) if data is None else rf.post(url, data, **headers)
        request.user = user
        return request

    return make


def plain_view(request: HttpRequest, **kwargs) -> HttpResponse:
    """A page without a policy."""
    return HttpResponse("trang thử")
