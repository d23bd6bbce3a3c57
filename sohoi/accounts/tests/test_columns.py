"""The columns chosen in a list: hers on every machine and nobody else's, and no query more."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sohoi.accounts import actions
from sohoi.accounts.models import User
from sohoi.accounts.roles import ADMINISTRATOR
from sohoi.audit.models import Change, Entry
from sohoi.org.models import today

LIST = reverse("accounts:users")
USUAL = ["Họ và tên", "Tên đăng nhập", "Vai trò", "Tình trạng"]


@pytest.fixture
def enter(cast, settings):
    """`enter(cast.quan)`: a browser of its own, in which he signed in anew."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in


def heads(client: Client, url: str = LIST) -> list[str]:
    return [str(head["title"]) for head in client.get(url).context["page"]["columns"]]


def choose(client: Client, *columns: str, usual: bool = False):
    typed = {"columns": "usual" if usual else "chosen", "column": columns}
    return client.post(LIST, typed)


def test_they_are_there_tomorrow_and_on_another_machine(cast, enter):
    here = enter(cast.quan)
    assert heads(here) == USUAL
    answer = choose(here, "state", "username")
    assert answer.url == f"{LIST}?"
    elsewhere = enter(cast.quan)
    assert heads(here) == heads(elsewhere) == ["Họ và tên", "Tên đăng nhập", "Tình trạng"]
    choose(elsewhere, usual=True)
    assert heads(here) == USUAL
    assert User.objects.get(pk=cast.quan.pk).list_columns == {}


def test_the_first_column_alone_is_a_choice_too(cast, enter):
    choose(enter(cast.quan))
    assert heads(enter(cast.quan)) == ["Họ và tên"]


def test_nobody_else_sees_her_choice(cast, enter):
    actions.appoint(
        user=cast.thu, role=ADMINISTRATOR, unit=cast.units.province, valid_from=today(), by=None
    )
    choose(enter(cast.quan), "state")
    choose(enter(cast.thu), "roles")
    assert heads(enter(cast.quan)) == ["Họ và tên", "Tình trạng"]
    assert heads(enter(cast.thu)) == ["Họ và tên", "Vai trò"]


def test_each_list_has_its_own_and_columns_that_are_gone_are_left_out(cast, enter):
    actions.choose_columns(key="khac", columns=["roles"], by=cast.quan)
    actions.choose_columns(key="tai-khoan", columns=["gone", "state"], by=cast.quan)
    assert heads(enter(cast.quan)) == ["Họ và tên", "Tình trạng"]
    choose(enter(cast.quan), "gone", "roles")
    kept = User.objects.get(pk=cast.quan.pk).list_columns
    assert kept == {"khac": ["roles"], "tai-khoan": ["roles"]}


def test_no_trail_no_history_and_no_address_tells_it(cast, enter):
    told = Entry.objects.count(), Change.objects.count()
    client = enter(cast.quan)
    choose(client, "state")
    assert (Entry.objects.count(), Change.objects.count()) == told
    page = client.get(LIST).context["page"]
    urls = [value for key, value in page.items() if key.endswith("_url")]
    assert [url for url in urls if "state" in url or "column" in url] == []


def test_a_choice_costs_no_query(cast, enter):
    client = enter(cast.quan)
    client.get(LIST)
    with CaptureQueriesContext(connection) as usual:
        client.get(LIST)
    choose(client, "state")
    with CaptureQueriesContext(connection) as chosen:
        client.get(LIST)
    assert len(chosen) == len(usual)
