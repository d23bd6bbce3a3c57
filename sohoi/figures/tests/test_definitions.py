"""Indicators added without code live as the built-in ones do, or are refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from sohoi.accounts import roles
from sohoi.accounts.actions import keep_role
from sohoi.audit.models import Entry
from sohoi.figures.asking.queries import ask
from sohoi.figures.catalogue.queries import catalogue, used_by
from sohoi.figures.definitions import actions
from sohoi.figures.definitions.trial import try_out
from sohoi.figures.engine.recount import recount
from sohoi.figures.models import IndicatorDefinition
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import figures
from sohoi.kit import rooms
from sohoi.kit.indicators import PERCENT, RateOf
from sohoi.kit.refusals import Refused
from sohoi.lib.periods import parse_period
from sohoi.org.models import today

H1 = parse_period("2023-H1")
HEADS = [{"column": "role", "operator": "=", "value": roles.BRANCH_HEAD}]


def value(unit, key, period=H1):
    (figure,) = figures(unit=unit.pk, period=period, keys=[key])
    return figure.value


def begin(cast, unit, day, role=roles.BRANCH_HEAD, user=None):
    return keep_role(user=user or cast.hanh, role=role, unit=unit, valid_from=day, by=None)


@pytest.fixture
def add(probe):
    """`add("tinh.heads", …)`: thu adds a filtered count, unless told otherwise."""

    def count(key="tinh.heads", **changes):
        asked = {
            "title_vi": "Chi hội trưởng nhận nhiệm vụ",
            "source": "count",
            "section": "movement",
            "kind": "flow",
            "record_kind": "probe.appointment",
            "date_column": "valid_from",
            "conditions": HEADS,
        }
        if changes.get("source", "count") != "count":
            asked = {"title_vi": "Chỉ tiêu thử", "section": "movement"}
        return actions.add_indicator(key=key, by=probe.thu, **(asked | changes))

    return count


def test_an_added_count_counts_what_is_there_and_what_comes(probe, add):
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    begin(probe, probe.units.hamlet, date(2023, 2, 1), role=roles.COMMUNE_OFFICER)
    row = add()
    assert (row.measure, row.scale, row.added_by) == ("người", 1, probe.thu)
    assert value(probe.units.province, "tinh.heads") == 1
    begin(probe, probe.units.hamlet_2, date(2023, 3, 1), user=probe.lan)
    begin(probe, probe.units.other_commune, date(2023, 3, 1), user=probe.xuan)
    assert value(probe.units.province, "tinh.heads") == 2
    assert value(probe.units.commune, "tinh.heads") == 2
    assert "tinh.heads" in {f.key for f in figures(unit=probe.units.province.pk, period=H1)}


def test_an_added_count_has_the_evidence_of_its_room_and_survives_the_recount(probe, add):
    cells, _differences = recount()
    add()
    inside = begin(probe, probe.units.hamlet, date(2023, 2, 1))
    begin(probe, probe.units.hamlet, date(2023, 2, 1), role=roles.COMMUNE_OFFICER)
    behind = evidence(ask(probe.units.province.pk, H1), catalogue()["tinh.heads"])
    assert [trace.id for trace in behind.records] == [inside.pk]
    assert catalogue()["tinh.heads"].room == "probe"
    more, differences = recount()
    assert more > cells
    assert differences == []


def test_an_added_stock_since_and_distinct_count_as_the_built_in_ones(probe, add):
    add(
        "tinh.held",
        kind="stock",
        date_column="",
        since_column="valid_from",
        until_column="valid_to",
    )
    add("tinh.since", kind="since", started_on=date(2022, 1, 1))
    add("tinh.people", kind="distinct", who_column="user")
    begin(probe, probe.units.hamlet, date(2021, 6, 1), user=probe.la)
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    begin(probe, probe.units.hamlet_2, date(2023, 3, 1))
    keys = ("tinh.held", "tinh.since", "tinh.people")
    # lan has headed the hamlet from the beginning.
    assert [value(probe.units.commune, key) for key in keys] == [4, 2, 1]


def test_the_trial_is_the_value_and_keeps_nothing(probe, add):
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    asked = {"section": "movement"}
    question = ask(probe.units.province.pk, H1)
    count = {"source": "count", "kind": "flow", "record_kind": "probe.appointment"}
    count |= {"date_column": "valid_from", "conditions": HEADS}
    trial = try_out(question, **asked, **count, key="tinh.a", title_vi="A")
    share = {"source": "rate", "inputs": ["probe.begun", "probe.held"]}
    rate = try_out(question, **asked, **share, key="tinh.b", title_vi="B")
    assert trial.value == 1
    assert (rate.value, rate.denominator, rate.indicator.measure) == (1429, 7, PERCENT)
    assert not IndicatorDefinition.objects.filter(key__startswith="tinh.").exists()


def test_a_rate_of_one_measure_is_per_cent_and_of_two_says_both(probe, add, define):
    define("probe.bridges", measure="cầu")
    add("tinh.share", source="rate", inputs=["probe.begun", "probe.held"])
    add("tinh.per", source="rate", inputs=["probe.bridges", "probe.held"])
    known = catalogue()
    assert known["tinh.share"].measure == PERCENT
    assert (known["tinh.per"].measure.symbol, known["tinh.per"].source.times) == (
        "cầu trên người",
        1,
    )


def test_a_rate_of_two_measures_is_no_percentage(probe, add, define, declare):
    define("probe.bridges", measure="cầu")
    add("tinh.per", source="rate", inputs=["probe.begun", "probe.bridges"])
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    assert value(probe.units.province, "tinh.per") is None
    declare(probe.units.commune, "2023-H1", {"probe.bridges": 4})
    assert value(probe.units.province, "tinh.per") == 25


@pytest.mark.parametrize(
    ("rate", "above", "below", "scale", "quotient"),
    [
        (RateOf("a", "b"), 1, 3, 100, 3333),
        (RateOf("a", "b", times=1, per=1000), 490_500, 10, 100, 4905),
        (RateOf("a", "b"), 1, 0, 100, None),
        (RateOf("a", "b"), None, 3, 100, None),
    ],
)
def test_a_rate_is_exact_and_empty_over_zero(rate, above, below, scale, quotient):
    assert rate.of(above, below, scale) == quotient


REFUSED = {
    "key": ({"key": "Nhà"}, {"key": "khong_cham"}, {"key": "probe.begun"}),
    "section": ({"section": "không có"},),
    "kind": ({"kind": "target"}, {"kind": "rate"}),
    "date_column": ({"date_column": "handed_over_on"},),
    "since_column": ({"kind": "stock", "date_column": ""},),
    "who_column": ({"kind": "distinct"},),
    "record_kind": ({"record_kind": "homes.nothing"},),
    "amount_column": ({"amount_column": "role"},),
    "conditions": ({"conditions": [{"column": "user", "operator": "=", "value": "x"}]},),
    "where_role": (
        {"conditions": [{"column": "role", "operator": "=", "value": "empress"}]},
        {"conditions": [{"column": "role", "operator": ">=", "value": "branch_head"}]},
        {"conditions": HEADS * 2},
    ),
    "measure": (
        {"measure": "VND"},
        {"source": "rate", "inputs": ["probe.begun", "probe.held"], "measure": "hộ"},
        {"source": "rate", "inputs": ["probe.begun", "probe.bridges"], "measure": "%"},
        {"source": "declared", "tier": "commune", "kind": "flow"},
    ),
    "rounding_step": ({"rounding_mode": "over"}, {"rounding_mode": "exact", "rounding_step": 5}),
    "rounding_mode": ({"rounding_mode": "money"},),
    "valid_to": ({"valid_from": date(2023, 1, 2), "valid_to": date(2023, 1, 2)},),
    "valid_from": ({"source": "total", "inputs": ["probe.late"]},),
    "tier": ({"source": "declared", "kind": "flow", "measure": "hộ"},),
    "inputs": (
        {"source": "rate", "inputs": ["probe.begun", "probe.begun"]},
        {"source": "rate", "inputs": ["probe.begun"]},
        {"source": "rate", "inputs": ["probe.begun", "probe.rate"]},
        {"source": "total", "inputs": ["probe.begun", "probe.nothing"]},
        {"source": "total", "inputs": ["probe.begun", "probe.bridges"]},
        {"source": "total", "inputs": ["probe.begun", "probe.held"]},
        {"source": "total", "inputs": ["probe.people"]},
        {"source": "total", "inputs": ["probe.ended"]},
        {"source": "total", "inputs": ["tinh.refused"]},
        {"key": "tinh.missing", "source": "total", "inputs": ["probe.waits"]},
        {"source": "units_with", "tier": "commune", "measure": "xã", "inputs": ["probe.begun"]},
    ),
    "parts": ({"parts": ["probe.nothing"]}, {"parts": ["probe.bridges"]}),
}


@pytest.mark.parametrize(
    ("field", "asked"), [(field, asked) for field, cases in REFUSED.items() for asked in cases]
)
def test_what_makes_no_sense_is_refused_beside_its_field(probe, add, define, field, asked):
    define("probe.bridges", measure="cầu")
    define("probe.late", valid_from=date(2023, 5, 1))
    define("probe.ended", valid_to=date(2023, 5, 1))
    define("probe.waits", source="total", tier="", inputs=["tinh.missing"])
    with pytest.raises(Refused) as refusal:
        add(**({"key": "tinh.refused"} | asked))
    assert refusal.value.field == field
    assert IndicatorDefinition.objects.filter(added_by=probe.thu).count() == 0


def test_a_key_is_never_used_twice(add):
    add()
    with pytest.raises(Refused) as refusal:
        add()
    assert refusal.value.field == "key"


def test_the_meaning_may_be_corrected_until_a_return_was_accepted(probe, add, declare):
    row = add()
    actions.edit_indicator(definition=row, by=probe.mai, conditions=[])
    begin(probe, probe.units.hamlet, date(2023, 2, 1), role=roles.COMMUNE_OFFICER)
    assert value(probe.units.province, "tinh.heads") == 1
    declare(probe.units.commune, "2023-H1", {})
    with pytest.raises(Refused) as refusal:
        actions.edit_indicator(definition=row, by=probe.mai, conditions=HEADS)
    assert refusal.value.field == "conditions"
    actions.edit_indicator(definition=row, by=probe.mai, title_vi="Tên khác")
    assert catalogue()["tinh.heads"].title == "Tên khác"


def test_a_successor_begins_when_the_other_has_ended(probe, add):
    first, end = add(), today() + timedelta(days=20)
    asked = {"follows": first, "valid_from": end - timedelta(days=1)}
    with pytest.raises(Refused) as open_still:
        add("tinh.next", **asked)
    actions.close_indicator(definition=first, on=end, by=probe.thu)
    first.refresh_from_db()
    with pytest.raises(Refused) as overlapping:
        add("tinh.next", **(asked | {"follows": first}))
    assert (open_still.value.field, overlapping.value.field) == ("follows", "valid_from")
    add("tinh.next", follows=first, valid_from=end)
    used = used_by(probe.units.commune.pk, today(), today())
    assert [used[key].valid_on(end) for key in ("tinh.heads", "tinh.next")] == [False, True]
    keys = {f.key for f in figures(unit=probe.units.province.pk, period=H1)}
    assert {"tinh.heads", "tinh.next"} & keys == {"tinh.heads"}


def test_what_another_is_made_of_is_not_closed_before_it(probe, add):
    row = add()
    add("tinh.sum", source="total", inputs=["tinh.heads", "probe.begun"])
    with pytest.raises(Refused) as refusal:
        actions.close_indicator(definition=row, on=today() + timedelta(days=9), by=probe.thu)
    assert refusal.value.field == "on"


def test_every_act_is_in_the_audit_trail(probe, add):
    row = add()
    actions.edit_indicator(definition=row, by=probe.mai, title_vi="Tên khác")
    actions.close_indicator(definition=row, on=date(2030, 1, 1), by=probe.mai)
    entries = Entry.objects.filter(object_id=row.pk).order_by("at")
    assert [(e.verb, e.actor_id) for e in entries] == [
        ("figures.add_indicator", probe.thu.pk),
        ("figures.edit_indicator", probe.mai.pk),
        ("figures.close_indicator", probe.mai.pk),
    ]


def test_a_count_of_records_that_no_room_keeps_is_not_offered(add, define):
    define("x.gone", source="count", tier="", record_kind="gone.record", date_column="on")
    assert "x.gone" not in catalogue()


def test_the_file_may_hold_a_count_and_does_not_open_what_was_closed(probe, tmp_path):
    head = "key,title_vi,title_en,kind,measure,measure_en,source,section,record_kind,date_column"
    line = (
        "tinh.file,Từ tệp,From a file,flow,người,people,count,movement,probe.appointment,valid_from"
    )
    (tmp_path / "x.csv").write_text(
        f'{head},conditions\n{line},"[{{""column"": ""role"", ""operator"": ""="", '
        '""value"": ""branch_head""}]"\n',
        encoding="utf-8",
    )
    actions.load_definitions(by=None, path=tmp_path / "x.csv")
    begin(probe, probe.units.hamlet, date(2023, 2, 1))
    assert value(probe.units.province, "tinh.file") == 1
    row = IndicatorDefinition.objects.get(key="tinh.file")
    closed = today() + timedelta(days=9)
    actions.close_indicator(definition=row, on=closed, by=None)
    actions.load_definitions(by=None, path=tmp_path / "x.csv")
    assert IndicatorDefinition.objects.get(key="tinh.file").valid_to == closed


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "Sai"},
        {"kind": "rate"},
        {"inputs": ["a.b"]},
        {"record_kind": "probe.appointment"},
        {"source": "count", "kind": "stock", "record_kind": "x.y", "date_column": "on"},
        {"source": "count", "kind": "distinct", "record_kind": "x.y", "date_column": "on"},
        {"started_on": date(2023, 1, 1)},
        {"valid_from": date(2023, 1, 1), "valid_to": date(2023, 1, 1)},
        {"scale": 0},
        {"rounding_mode": "over"},
    ],
)
def test_the_database_refuses_it_too(define, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        define(**({"key": "x.y"} | wrong))


def test_every_record_kind_offers_columns_that_can_be_counted(settings):
    kinds = rooms.record_kinds()
    assert len(kinds) >= min(3, len(settings.ROOMS))
    for kind in kinds.values():
        field = kind.model._meta.get_field
        named = [*kind.days, *(day for span in kind.spans for day in span)]
        assert {field(day).get_internal_type() for day in named} == {"DateField"}
        assert all(not field(name).null for name in kind.amounts)
        # What follows from other columns would change the figures of the past.
        assert not any(field(name).generated for name in kind.columns)
        assert all(kind.title_of(name) for name in (*kind.columns, *kind.who, kind.label))
