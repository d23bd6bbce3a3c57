"""What looks wrong is named where it is, and no longer once it was put right."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sohoi.accounts import roles
from sohoi.accounts.models import Appointment
from sohoi.figures.asking.queries import ask
from sohoi.figures.engine.actions import withdraw_statement
from sohoi.figures.models import DeclaredValue
from sohoi.figures.quality.queries import findings, silent_units
from sohoi.lib.periods import parse_period
from sohoi.org.models import today
from sohoi.ui.tests.workbooks import above, cells

H1 = parse_period("2023-H1")
PATH = "/so-lieu/chat-luong/?don_vi=96&ky=2023-H1"


def begin(cast, unit, *days, until=None):
    Appointment.objects.bulk_create(
        Appointment(
            user=cast.hanh, role=roles.BRANCH_HEAD, unit=unit, valid_from=day, valid_to=until
        )
        for day in days
    )


def wrong(sort, code="970", period=H1):
    seen = findings(ask(code, period))
    return {(one.figure.place.name, one.figure.key) for one in seen if one.sort == sort}


def test_a_total_that_is_not_its_parts_is_named_until_it_is(probe, define, declare):
    define("probe.part")
    define("probe.whole", parts=["probe.part"])
    declare(probe.units.commune, "2023-H1", {"probe.whole": 772, "probe.part": 682})
    assert wrong("contradiction") == {
        ("Huyện Đầm Dơi", "probe.whole"),
        ("Xã Tân Đức", "probe.whole"),
    }
    DeclaredValue.objects.filter(indicator="probe.part").update(value=772)
    assert wrong("contradiction") == set()


@pytest.fixture
def steady(probe):
    """Two records in each of the five half-years before, in one commune."""
    for year, month in ((2020, 7), (2021, 1), (2021, 7), (2022, 1), (2022, 7)):
        begin(probe, probe.units.commune_2, *[date(year, month, 1)] * 2, until=date(2023, 1, 2))
    return probe


def test_a_number_unlike_the_units_own_history_is_named(steady):
    own = ("Xã Tạ An Khương", "probe.begun")
    begin(steady, steady.units.commune_2, *[date(2023, 2, 1)] * 3)
    assert own not in wrong("outlier")
    begin(steady, steady.units.commune_2, *[date(2023, 2, 1)] * 20)
    assert own in wrong("outlier")
    Appointment.objects.filter(valid_from=date(2023, 2, 1)).delete()
    assert own not in wrong("outlier")


def test_a_unit_that_only_begins_to_keep_records_is_not_unusual(probe):
    begin(probe, probe.units.commune_2, *[date(2023, 2, 1)] * 40)
    named = wrong("outlier") | wrong("jump")
    assert not [key for unit, key in named if unit == "Xã Tạ An Khương"]


def test_a_stock_that_jumps_is_named(probe):
    begin(probe, probe.units.commune_2, *[date(2022, 2, 1)] * 10)
    assert ("Xã Tạ An Khương", "probe.held") not in wrong("jump")
    begin(probe, probe.units.commune_2, *[date(2023, 6, 30)] * 9)
    assert ("Xã Tạ An Khương", "probe.held") in wrong("jump")


def test_a_silent_unit_is_named_until_its_return_is_accepted(probe, define, declare):
    define("probe.bridges")
    question = ask("96", H1)
    declare(probe.units.ward, "2023-H1", {"probe.bridges": 1})
    names = {(unit.name, unit.parent_name) for unit in silent_units(question)}
    assert ("Xã Tân Đức", "Huyện Đầm Dơi") in names
    assert not {"Thị trấn Năm Căn", "Xã Vĩnh Phú Đông"} & {name for name, _parent in names}
    declare(probe.units.commune, "2023-H1", {"probe.bridges": 1})
    assert "Xã Tân Đức" not in {unit.name for unit in silent_units(question)}


def test_where_nobody_has_reported_for_a_period_that_is_over_it_is_said(probe, sign_in):
    tiers = [unit.tier for unit in silent_units(ask("96", H1))]
    assert tiers == ["province"] + ["district"] * 2 + ["commune"] * 3
    text = sign_in(probe.thu).get(PATH).content.decode()
    assert "Chưa đơn vị nào báo cáo trong kỳ này." in text
    assert "Xã Tân Đức" in text
    assert "Không thấy điều gì khác thường" not in text
    other = sign_in(probe.thu).get(f"{PATH}&loai=contradiction").content.decode()
    assert "Mục này không có gì" in other
    assert "Không thấy điều gì khác thường" not in other


def test_of_a_period_that_is_not_over_nobody_is_late_before_anybody_was_asked(probe):
    running = parse_period(str(today().year))
    assert not silent_units(ask("96", running))


def test_the_page_says_what_is_wrong_and_what_to_do(probe, define, declare, sign_in):
    define("probe.part")
    define("probe.whole", parts=["probe.part"])
    page = sign_in(probe.thu)
    units = probe.units
    silent = (units.province, units.district, units.district_2, units.commune_2, units.ward)
    for unit in (units.commune, *silent):
        declare(unit, "2023-H1", {})
    assert "Không thấy điều gì khác thường" in page.get(PATH).content.decode()
    for unit in silent:
        withdraw_statement(unit=unit, period="2023-H1", by=probe.thu)
    declare(probe.units.commune, "2023-H1", {"probe.whole": 772, "probe.part": 682})
    text = page.get(PATH).content.decode()
    assert "772" in text
    assert "lệch 90 hộ" in text
    assert "đối chiếu từng phần" in text
    assert "Xã Tạ An Khương" in page.get(f"{PATH}&loai=silent").content.decode()


def test_a_file_holds_the_sort_that_is_shown_and_says_which(probe, define, declare, sign_in):
    define("probe.part")
    define("probe.whole", parts=["probe.part"])
    declare(probe.units.commune, "2023-H1", {"probe.whole": 772, "probe.part": 682})
    client, names = sign_in(probe.thu), []
    for sort, said, unit in (
        ("contradiction", "Mâu thuẫn", "Huyện Đầm Dơi"),
        ("silent", "Đơn vị chưa báo cáo", "Xã Tạ An Khương"),
    ):
        assert "export=xlsx" in client.get(f"{PATH}&loai={sort}").content.decode()
        book = client.get(f"{PATH}&loai={sort}&export=xlsx")
        names.append(book["Content-Disposition"])
        assert f"Loại: {said}" in above(book.content)
        assert unit in [row[0][1] for row in cells(book.content)]
    assert names == [
        f'attachment; filename="chat-luong-96-2023-H1-{sort}.xlsx"'
        for sort in ("contradiction", "silent")
    ]
    # Of a page that was not asked for a sort, it is the one that stands open.
    assert client.get(f"{PATH}&export=xlsx")["Content-Disposition"] == names[0]


def test_the_queries_do_not_grow_with_what_is_found(probe, define, declare, sign_in):
    define("probe.part")
    define("probe.whole", parts=["probe.part"])
    page, numbers = sign_in(probe.thu), []
    for unit in (probe.units.commune, probe.units.commune_2):
        declare(unit, "2023-H1", {"probe.whole": 772, "probe.part": 682})
        page.get(PATH)
        with CaptureQueriesContext(connection) as captured:
            page.get(PATH)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 20
