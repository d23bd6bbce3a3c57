"""What moved a figure since its period was closed: named to who may see it, else counted."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sohoi.accounts.roles import READERS
from sohoi.audit.actions import writing
from sohoi.figures.asking.queries import ask
from sohoi.figures.closing.actions import close_period, open_period, restore_period
from sohoi.figures.definitions.actions import add_indicator, edit_indicator
from sohoi.figures.engine.actions import withdraw_statement
from sohoi.figures.models import IndicatorDefinition
from sohoi.figures.reading.causes import MOST, causes
from sohoi.figures.reading.queries import answers
from sohoi.figures.tests.conftest import ROOM
from sohoi.figures.tests.test_engine import H1, appointment
from sohoi.kit import rooms
from sohoi.kit.permissions import Permission
from sohoi.org import reorganising
from sohoi.org.plan import HEADER

REORGANISED = ([("reorganised", "", None)], [])
PAGE = "/so-lieu/probe.begun/?don_vi={}&ky=2023-H1"


def put_back() -> None:
    """A test is one transaction, whose history has one moment: what was done is put before it, and
    the closing after that."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_change SET at = at - interval '2 days'")
        cursor.execute("UPDATE figures_statement SET accepted_at = accepted_at - interval '2 days'")
        cursor.execute("UPDATE figures_closing SET closed_at = closed_at - interval '1 day'")
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def closed(probe, define, declare):
    """Three records, a commune's declared 3, and definitions; older than the closing."""
    define("probe.bridges", title_vi="Cầu", measure="cầu")
    define("probe.all", source="total", tier="", inputs=["probe.bridges"], title_vi="Tất cả")
    declare(probe.units.commune, "2023-H1", {"probe.bridges": 3})
    probe.records = [appointment(probe, probe.units.hamlet, date(2023, 2, d)) for d in (1, 2, 3)]
    for one in probe.records:
        one.save()
    close_period(question=ask("96", H1), by=probe.thu)
    put_back()
    return probe


def told(key="probe.begun", code="96", within=None):
    """What, of which unit, by how much; then how many are only counted and their sum."""
    (figure,) = answers(ask(code, H1), keys=[key])
    assert figure.has_drifted
    roots = [ask("VN", H1).unit.id] if within is None else within
    found = causes(figure, lambda _permission: roots)
    named = sorted(((one.what, one.unit, one.by) for one in found.named), key=str)
    return named, [(one.number, one.by) for one in found.unnamed]


def drifted(code: str = "96") -> set[str]:
    return {f.key for f in answers(ask(code, H1)) if f.has_drifted}


def plan(*lines: str, on: date = date(2023, 3, 1)) -> None:
    content = "\n".join((",".join(HEADER), *lines)).encode()
    reorganising.reorganise(content=content, on=on, title="Chuyển xã", by=None)


def test_a_late_record_is_named_with_its_unit_and_what_it_adds(closed):
    appointment(closed, closed.units.hamlet_2, date(2023, 2, 9)).save()
    late = ("written", "Chi hội ấp 10", 1)
    assert told() == ([late], [])
    assert told("probe.since") == ([late], [])
    assert told("probe.begun", "32100") == ([late], [])


def test_a_record_that_left_moved_or_ended_is_named(closed):
    first, second, third = closed.records
    third.valid_from = date(2023, 8, 1)
    third.save()
    assert told() == ([("edited", "Chi hội ấp Tân Hoà", -1)], [])
    second.unit = closed.units.ward
    second.save()
    # Within the province it counts as it did; above where it was, and where it is, it does not.
    assert told() == ([("edited", "Chi hội ấp Tân Hoà", -1)], [])
    moved = ("edited", "Thị trấn Năm Căn")
    assert told(code="971") == ([(*moved, 1)], [])
    assert told(code="32100") == ([("edited", "Chi hội ấp Tân Hoà", -1), (*moved, -1)], [])
    first.delete()
    assert ("gone", "Chi hội ấp Tân Hoà", -1) in told()[0]


def test_a_stock_that_ended_and_a_person_in_the_place_of_another(closed):
    first, second, _third = closed.records
    first.valid_to = date(2023, 6, 1)
    first.save()
    assert told("probe.held") == ([("edited", "Chi hội ấp Tân Hoà", -1)], [])
    second.user = closed.lan
    second.save()
    # Different people are not added up: who came is named, by how much is not said.
    assert told("probe.people") == ([("edited", "Chi hội ấp Tân Hoà", None)], [])


def test_a_record_that_came_and_went_since_or_changed_beside_it_is_none(closed):
    extra = appointment(closed, closed.units.hamlet, date(2023, 2, 9))
    extra.save()
    brief = appointment(closed, closed.units.hamlet, date(2023, 2, 10))
    brief.save()
    brief.delete()
    closed.records[0].valid_to = date(2024, 1, 1)
    closed.records[0].save()
    assert told() == ([("written", "Chi hội ấp Tân Hoà", 1)], [])


def test_a_record_taken_away_and_put_back_is_as_it_was(closed):
    first, second, _third = closed.records
    pk = first.pk
    first.delete()
    first.pk = pk
    first.save(force_insert=True)
    second.delete()
    assert told() == ([("gone", "Chi hội ấp Tân Hoà", -1)], [])


def test_a_rate_and_a_total_name_what_moved_that_of_which_they_are_made(closed, declare):
    appointment(closed, closed.units.hamlet, date(2023, 2, 9), valid_to=date(2023, 3, 1)).save()
    assert told("probe.rate") == ([("written", "Chi hội ấp Tân Hoà", 1)], [])
    declare(closed.units.commune, "2023-H1", {"probe.bridges": 5})
    assert told("probe.bridges") == ([("accepted", "Xã Tân Đức", 2)], [])
    assert told("probe.all") == ([("accepted", "Xã Tân Đức", 2)], [])


def test_a_return_corrected_while_the_period_was_open_is_told_once_it_is_closed_as_before(
    closed, declare
):
    question = ask("96", H1)
    open_period(question=question, reason="Khai sót.", by=closed.thu)
    declare(closed.units.commune, "2023-H1", {"probe.bridges": 4})
    restore_period(question=question, by=closed.thu)
    assert told("probe.bridges", "970") == ([("accepted", "Xã Tân Đức", 1)], [])
    withdraw_statement(unit=closed.units.commune, period="2023-H1", by=closed.thu)
    assert told("probe.bridges") == ([("withdrawn", "Xã Tân Đức", -3)], [])


def test_a_plan_inside_the_period_is_named_where_it_moved_something(closed):
    plan("move,32100,,,,971")
    assert told(code="970") == told(code="971") == REORGANISED
    assert told("probe.bridges", "971") == REORGANISED
    assert drifted("96") == drifted("95") == set()
    # Of the province the late record alone makes the difference; of the district both do.
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    late = ("written", "Chi hội ấp Tân Hoà", 1)
    assert told() == ([late], [])
    assert told(code="971") == ([*REORGANISED[0], late], [])


def test_a_plan_that_only_renames_or_is_of_a_later_day_moves_nothing(closed):
    plan("rename,32100,,Xã Tân Đức Mới")
    plan("move,32101,,,,971", on=date(2023, 7, 2))
    closed.records[0].delete()
    (figure,) = answers(ask("970", H1), keys=["probe.rate"])
    found = causes(figure, lambda _permission: [])
    assert {one.what for one in found.named} <= {"gone"}


def test_a_district_that_lost_all_its_communes_still_tells_its_figures(closed, sign_in):
    plan("move,32100,,,,971", "move,32101,,,,971")
    page = sign_in(closed.thu).get("/so-lieu/probe.bridges/?don_vi=970&ky=2023-H1")
    assert page.status_code == 200
    assert told("probe.bridges", "970") == told("probe.all", "970") == REORGANISED


def test_a_commune_that_had_no_return_did_not_take_one_back(closed):
    plan("merge,32100,32101")
    assert told("probe.bridges", "32101") == REORGANISED


def test_an_edited_definition_is_named_and_new_words_are_not(probe):
    kept = {"section": "movement", "record_kind": "probe.appointment", "kind": "flow"}
    row = add_indicator(
        key="tinh.heads",
        title_vi="Chi hội trưởng",
        source="count",
        date_column="valid_from",
        conditions=[{"column": "role", "operator": "=", "value": "branch_head"}],
        by=probe.thu,
        **kept,
    )
    appointment(probe, probe.units.hamlet, date(2023, 2, 1)).save()
    close_period(question=ask("96", H1), by=probe.thu)
    put_back()
    edit_indicator(definition=row, title_vi="Chi hội trưởng mới giao", by=probe.thu)
    assert drifted() == set()
    edit_indicator(
        definition=IndicatorDefinition.objects.get(pk=row.pk),
        conditions=[{"column": "role", "operator": "=", "value": "commune_officer"}],
        by=probe.thu,
    )
    assert told("tinh.heads") == ([("defined", "", None)], [])


def test_an_indicator_added_since_was_not_closed_and_has_notdrifted(closed, define):
    define("probe.later", valid_from=date(2020, 1, 1))
    (later,) = answers(ask("96", H1), keys=["probe.later"])
    assert not later.has_drifted


def test_what_is_out_of_reach_is_only_counted(closed):
    appointment(closed, closed.units.hamlet, date(2023, 2, 9)).save()
    appointment(closed, closed.units.ward, date(2023, 2, 9)).save()
    closed.records[0].delete()
    assert told(within=[]) == ([], [(3, 1)])
    named, unnamed = told(within=[closed.units.district_2.pk])
    assert (named, unnamed) == ([("written", "Thị trấn Năm Căn", 1)], [(2, 0)])


def test_the_number_of_queries_does_not_depend_on_that_of_records(closed):
    def asked() -> int:
        (figure,) = answers(ask("96", H1), keys=["probe.rate"])
        with CaptureQueriesContext(connection) as queries:
            causes(figure, lambda _permission: [closed.units.province.pk])
        return len(queries)

    late = {"user": closed.hanh, "valid_to": date(2023, 5, 1)}
    appointment(closed, closed.units.hamlet, date(2023, 4, 1), **late).save()
    once = asked()
    type(closed.records[0]).objects.bulk_create(
        appointment(closed, unit, date(2023, 4, 2), **late)
        for unit in (closed.units.hamlet, closed.units.hamlet_2, closed.units.ward)
        for _n in range(MOST)
    )
    assert asked() == once
    named, unnamed = told()
    assert (len(named), unnamed) == (MOST, [(2 * MOST + 1, 2 * MOST + 1)])


@pytest.fixture
def shown(closed):
    """The probe's records have a page, for those who read figures."""
    rooms.unregister("probe")
    see = Permission(key="probe.view", sentence="xem", roles=READERS)
    pages = (
        replace(one, source=replace(one.source, page="org:unit"))
        if one.key == "probe.begun"
        else one
        for one in ROOM.indicators
    )
    rooms.register(replace(ROOM, permissions=(see,), indicators=tuple(pages)))
    return closed


def test_the_page_names_what_the_reader_may_see_and_leads_there(shown, sign_in):
    page = sign_in(shown.thu).get(PAGE.format("96")).content.decode()
    assert "Vì sao khác lúc khoá" not in page
    late = appointment(shown, shown.units.hamlet, date(2023, 2, 9))
    late.save()
    page = sign_in(shown.thu).get(PAGE.format("96")).content.decode()
    section = page.split("Vì sao khác lúc khoá")[1].split("</section>")[0]
    assert "Lúc khoá 3, nay theo hồ sơ là 4." in section
    assert "Hồ sơ mới ghi" in section
    assert "danh sách hồ sơ dưới đây là theo hồ sơ hiện nay" in section
    assert f"/{late.pk}/" in section
    assert "+1" in section


def test_the_page_keeps_from_the_reader_what_she_may_not_see(closed, sign_in):
    """Who reads figures, but not the records behind them, is told how many and how much."""
    late = appointment(closed, closed.units.hamlet, date(2023, 2, 9))
    late.save()
    page = sign_in(closed.thu).get(PAGE.format("96")).content.decode()
    section = page.split("Vì sao khác lúc khoá")[1].split("</section>")[0]
    assert "1 hồ sơ khác" in section
    assert "+1" in section
    assert "ấp Tân Hoà" not in section
    assert late.role not in section


def test_who_acted_is_not_told(shown, sign_in):
    with writing(shown.hanh):
        appointment(shown, shown.units.hamlet, date(2023, 2, 9)).save()
    page = sign_in(shown.thu).get(PAGE.format("96")).content.decode()
    assert shown.hanh.full_name not in page
