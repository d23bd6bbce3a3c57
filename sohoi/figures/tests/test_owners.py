"""An indicator without code belongs to a unit: who changes it, and where it is there at all."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.urls import reverse

from sohoi.accounts import roles
from sohoi.accounts.actions import add_user, appoint, keep_role
from sohoi.figures.asking.queries import ask
from sohoi.figures.catalogue.queries import UnknownIndicator
from sohoi.figures.closing.actions import close_period
from sohoi.figures.definitions import actions
from sohoi.figures.models import IndicatorDefinition
from sohoi.figures.reading.queries import answers
from sohoi.kit.refusals import OutOfReach, Refused
from sohoi.org import reorganising
from sohoi.org.models import today
from sohoi.org.plan import HEADER

H1 = "2023-H1"
KEY = "tinh.ho_kho"
DECLARED = {
    "title_vi": "Hộ khó khăn được giúp",
    "source": "declared",
    "section": "poverty",
    "kind": "flow",
    "measure": "hộ",
    "tier": "commune",
}


@pytest.fixture
def oanh(cast):
    """The officer of the other province."""
    user = add_user(username="oanh", full_name="Lý Thị Oanh", password="mat-khau-thu", by=None)
    province = cast.units.other_province
    since = date(2021, 1, 1)
    appoint(user=user, role=roles.PROVINCE_OFFICER, unit=province, valid_from=since, by=None)
    return user


@pytest.fixture
def row(probe):
    return actions.add_indicator(key=KEY, by=probe.thu, **DECLARED)


def keys_of(code: str, period: str = H1) -> set[str]:
    return {f.key for f in answers(ask(code, period))}


def test_it_belongs_to_the_unit_of_whoever_adds_it(probe, row, oanh):
    assert row.owner_id == probe.units.province.pk
    assert actions.add_indicator(key="tinh.khac", by=None, **DECLARED).owner_id is None
    for owner in (probe.units.province.pk, probe.units.other_commune.pk):
        with pytest.raises(OutOfReach):
            actions.add_indicator(key="tinh.nua", owner=owner, by=oanh, **DECLARED)
    with pytest.raises(OutOfReach):
        actions.add_indicator(key="tinh.nua", by=probe.hanh, **DECLARED)


def test_only_its_own_officers_change_it(probe, row, oanh, sign_in):
    on = today() + timedelta(days=9)
    before = [*IndicatorDefinition.objects.values()]
    for stranger in (oanh, probe.hanh):
        with pytest.raises(Http404):
            actions.edit_indicator(definition=row, title_vi="Khác", by=stranger)
        with pytest.raises(Http404):
            actions.close_indicator(definition=row, on=on, by=stranger)
    client = sign_in(oanh)
    for page in ("definition", "definition_edit", "definition_close"):
        address = reverse(f"figures:{page}", args=[KEY]) + "?don_vi=95&ky=2023-H1"
        assert client.get(address).status_code == 404
    assert [*IndicatorDefinition.objects.values()] == before
    actions.edit_indicator(definition=row, title_vi="Tên khác", by=probe.mai)
    assert actions.close_indicator(definition=row, on=on, by=probe.mai).valid_to == on


def test_what_is_shared_is_changed_by_nobody_and_its_page_says_so(probe, define, sign_in):
    shared = define("probe.bridges")
    for act in (
        lambda: actions.edit_indicator(definition=shared, title_vi="Khác", by=probe.mai),
        lambda: actions.close_indicator(definition=shared, on=date(2099, 1, 1), by=probe.mai),
    ):
        with pytest.raises(Refused, match="dùng chung"):
            act()
    client = sign_in(probe.mai)
    page = client.get(reverse("figures:definition", args=[shared.key])).content.decode()
    assert "Chỉ tiêu dùng chung" in page
    assert "Ngừng dùng</a>" not in page
    for name in ("definition_edit", "definition_close"):
        address = reverse(f"figures:{name}", args=[shared.key]) + "?don_vi=96&ky=2023-H1"
        assert client.get(address).status_code == 404


def test_others_do_not_have_it_and_asked_for_by_its_key_it_is_unknown(probe, row, oanh, sign_in):
    assert all(KEY in keys_of(code) for code in ("96", "970", "32100", "32100-01"))
    assert not any(KEY in keys_of(code) for code in ("95", "956", "31900", "VN"))
    asked = {"unit": "95", "period": H1, "indicator": ["homes.nothing"]}
    with pytest.raises(CommandError) as unknown:
        call_command("figures", **asked)
    with pytest.raises(CommandError) as others:
        call_command("figures", **(asked | {"indicator": [KEY]}))
    assert others.value.returncode == unknown.value.returncode == 2
    assert "Có phải" not in str(others.value)
    with pytest.raises(UnknownIndicator):
        answers(ask("VN", H1), keys=[KEY], by_children=True)
    client = sign_in(oanh)
    question = "?don_vi=95&ky=2023-H1"
    for page in ("figures:figure", "figures:explorer_cell"):
        assert client.get(reverse(page, args=[KEY]) + question).status_code == 404
    for page in ("figures:board", "figures:explorer", "figures:quality", "figures:definitions"):
        assert DECLARED["title_vi"] not in client.get(reverse(page) + question).content.decode()
    own = sign_in(probe.la).get(reverse("figures:definitions")).content.decode()
    assert DECLARED["title_vi"] in own


def test_no_query_more_where_nothing_is_owned_and_one_where_something_is(
    probe, define, django_assert_num_queries, django_assert_max_num_queries
):
    define("probe.bridges")
    question = ask("96", H1)
    with django_assert_max_num_queries(20) as shared:
        answers(question)
    actions.add_indicator(key=KEY, by=probe.thu, **DECLARED)
    with django_assert_num_queries(len(shared) + 1):
        answers(question)


def test_it_is_made_of_what_is_shared_and_of_its_own_alone(probe, row, oanh):
    total = {"title_vi": "Tổng", "section": "poverty", "source": "total"}
    other = {"inputs": [KEY], "key": "tinh.tong"}
    with pytest.raises(Refused, match="Không có chỉ tiêu"):
        actions.add_indicator(by=oanh, **total, **other)
    assert actions.add_indicator(by=probe.mai, **total, **other).measure == "hộ"


def test_the_same_title_elsewhere_gets_a_key_of_its_own(probe, oanh, sign_in):
    typed = DECLARED | {"scale": "1", "rounding_mode": "exact", "rounding_word": "hơn"}
    page = reverse("figures:definition_add")
    for user, code in ((probe.thu, "96"), (oanh, "95")):
        asked = f"{page}?nguon=declared&don_vi={code}&ky=2023-H1"
        assert sign_in(user).post(asked, typed).status_code == 302
    rows = IndicatorDefinition.objects.order_by("added_at")
    assert [(one.key, one.owner_id) for one in rows] == [
        ("tinh.ho_kho_khan_duoc_giup", probe.units.province.pk),
        ("tinh.ho_kho_khan_duoc_giup_2", probe.units.other_province.pk),
    ]


def test_after_a_merger_it_is_of_the_unit_that_followed(probe, row, oanh, declare):
    declare(probe.units.commune, H1, {KEY: 4})
    plan = ["found,,99,Tỉnh Mới,province,VN", "merge,96,99", "merge,95,99"]
    content = "\n".join([",".join(HEADER), *plan]).encode()
    on = date(2025, 7, 1)
    reorganising.reorganise(content=content, on=on, title="Hợp nhất", by=None)
    assert all(KEY in keys_of(code, "2026-Q1") for code in ("99", "32100", "31900"))
    # In the tree of then it was that of the one province.
    assert KEY in keys_of("96")
    assert KEY not in keys_of("95")
    (figure,) = answers(ask("99", H1, tree="now"), keys=[KEY])
    assert figure.value == 4
    new = probe.units.province.__class__.objects.get(versions__code="99")
    for user in (probe.mai, oanh):
        keep_role(user=user, role=roles.PROVINCE_LEADER, unit=new, valid_from=on, by=None)
        user.__dict__.pop("appointments_today", None)
        actions.edit_indicator(definition=row, title_vi=f"Của {user}", by=user)


def test_it_ends_on_a_day_to_come_and_not_again(probe, row):
    for day in (date(2020, 1, 1), today()):
        with pytest.raises(Refused, match="từ ngày mai") as refusal:
            actions.close_indicator(definition=row, on=day, by=probe.thu)
        assert refusal.value.field == "on"
    tomorrow = today() + timedelta(days=1)
    actions.close_indicator(definition=row, on=tomorrow, by=probe.thu)
    assert {KEY} <= keys_of("96") & keys_of("96", str(today().year))
    ended = {"valid_to": today(), "closed_on": today() - timedelta(days=1)}
    IndicatorDefinition.objects.update(**ended)
    with pytest.raises(Refused, match="đã ngừng dùng"):
        actions.close_indicator(definition=row, on=tomorrow, by=probe.thu)


@pytest.mark.parametrize("wrong", [{"valid_to": date(2026, 1, 1)}, {"closed_on": date(2026, 1, 1)}])
def test_the_database_keeps_an_end_ahead_of_its_decision(row, wrong):
    days = {"valid_to": date(2026, 1, 1), "closed_on": date(2026, 1, 1)}
    for values in (wrong, days):
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorDefinition.objects.update(**values)


def test_nothing_begins_in_a_period_that_is_closed(probe, oanh):
    close_period(question=ask("96", H1), by=probe.thu)
    for begin in (None, date(2023, 6, 30)):
        with pytest.raises(Refused, match="30/6/2023") as refusal:
            actions.add_indicator(key=KEY, valid_from=begin, by=probe.thu, **DECLARED)
        assert refusal.value.field == "valid_from"
    actions.add_indicator(key=KEY, valid_from=date(2023, 7, 1), by=probe.thu, **DECLARED)
    row = IndicatorDefinition.objects.get()
    with pytest.raises(Refused, match="30/6/2023"):
        actions.edit_indicator(definition=row, valid_from=date(2023, 1, 1), by=probe.thu)
    # Nothing of theirs is closed.
    actions.add_indicator(key="tinh.khac", by=oanh, **DECLARED)


def test_nothing_begins_in_a_period_that_is_closed_for_what_followed_its_unit(probe):
    ahead = date(today().year + 1, 1, 1)
    row = actions.add_indicator(key=KEY, valid_from=ahead, by=probe.thu, **DECLARED)
    plan = ["found,,99,Tỉnh Mới,province,VN", "merge,96,99", "merge,95,99"]
    content = "\n".join([",".join(HEADER), *plan]).encode()
    on = date(2025, 7, 1)
    reorganising.reorganise(content=content, on=on, title="Hợp nhất", by=None)
    new = probe.units.province.__class__.objects.get(versions__code="99")
    keep_role(user=probe.mai, role=roles.PROVINCE_LEADER, unit=new, valid_from=on, by=None)
    probe.mai.__dict__.pop("appointments_today", None)
    close_period(question=ask("99", "2025-H2"), by=probe.mai)
    with pytest.raises(Refused, match="31/12/2025"):
        actions.edit_indicator(definition=row, valid_from=date(2025, 10, 1), by=probe.mai)


def test_what_was_there_before_gets_the_unit_of_whoever_added_it(probe, define, declare):
    fill = import_module("sohoi.figures.migrations.0011_fill_owners").FILL
    units = probe.units
    define("probe.shipped", valid_to=date(2022, 1, 1))
    define("probe.hers", added_by=probe.thu)
    define("probe.told", added_by=probe.quan)
    declare(units.other_commune, H1, {"probe.told": 1})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(fill)
    owners = dict(IndicatorDefinition.objects.values_list("key", "owner_id"))
    assert owners == {
        "probe.shipped": None,
        "probe.hers": units.province.pk,
        "probe.told": units.other_province.pk,
    }
