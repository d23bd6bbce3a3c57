"""Demo returns: H1 2023 accepted in Cà Mau, under way in Bạc Liêu; this year's just opened."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import get_current_timezone

from sohoi.org.models import Unit, today
from sohoi.org.queries import place_by_code
from sohoi.reports import actions
from sohoi.reports.bulk import fill_returns
from sohoi.reports.choices import State
from sohoi.reports.models import Round
from sohoi.reports.rules import Cell

MILLION = 1_000_000
CHI = 1000  # thousandths of a chỉ
CUT_OFF, DUE = date(2023, 6, 30), date(2023, 7, 5)
OPENED = date(2023, 6, 12)

# What communes declare in total, by province: the totals of the source text for Cà Mau.
TOTALS = {
    "96": {
        "bridges": 24,
        "bridges_value": 7736,
        "raised": 41_500,
        "helped": 20_000,
        "gold_groups": 68,
        "gold": 490,
        "gold_helped": 50,
        "covid": 75,
        "other": 290,
        "registered": 202,
        "poor": 234,
        "near_poor": 271,
        "newly_escaped": 177,
        "unclassed": 90,
    },
    "95": {
        "bridges": 13,
        "bridges_value": 3845,
        "raised": 23_460,
        "helped": 11_240,
        "gold_groups": 21,
        "gold": 128,
        "gold_helped": 17,
        "covid": 41,
        "other": 163,
        "registered": 96,
        "poor": 142,
        "near_poor": 158,
        "newly_escaped": 87,
        "unclassed": 0,
    },
}
SHARED = {
    "covid": "godmothers.covid_orphans",
    "other": "godmothers.other_orphans",
    "registered": "godmothers.registered",
    "poor": "poverty.poor",
    "near_poor": "poverty.near_poor",
    "newly_escaped": "poverty.newly_escaped",
    "helped": "savings.women_helped",
}
TOTAL = "poverty.households_registered"
PARTS = ("poverty.poor", "poverty.near_poor", "poverty.newly_escaped")
UNCLASSED_REASON = "Có hộ chưa xác định diện khi đăng ký; sẽ bổ sung sau rà soát."


def commune_values(stage: Any, code: str) -> dict[str, dict[str, int]]:
    """What each commune of the province declares, by its code; sums are the province's totals."""
    totals, communes = TOTALS[code], stage.provinces[code].communes
    values: dict[str, dict[str, int]] = {place.code: defaultdict(int) for place in communes}
    for name, key in SHARED.items():
        for place, share in zip(communes, stage.share(totals[name], len(communes)), strict=True):
            values[place.code][key] = share
    raised = stage.share(totals["raised"], len(communes), least=60)
    for place, share in zip(communes, raised, strict=True):
        values[place.code]["savings.raised_vnd"] = share * MILLION
    _bridges(stage, totals, communes, values)
    _gold(stage, totals, communes, values)
    unclassed = stage.share(totals["unclassed"], len(communes))
    for place, extra in zip(communes, unclassed, strict=True):
        row = values[place.code]
        named = row["poverty.poor"] + row["poverty.near_poor"] + row["poverty.newly_escaped"]
        row["poverty.households_registered"] = named + extra
    return values


def _bridges(stage: Any, totals: dict, communes: list, values: dict) -> None:
    costs = stage.share(totals["bridges_value"], totals["bridges"], least=180)
    for place in communes:
        values[place.code] |= {"works.bridges": 0, "works.bridges_value_vnd": 0}
    for place, cost in zip(stage.scatter(totals["bridges"], communes), costs, strict=True):
        values[place.code]["works.bridges"] += 1
        values[place.code]["works.bridges_value_vnd"] += cost * MILLION


def _gold(stage: Any, totals: dict, communes: list, values: dict) -> None:
    """Gold is pooled in about half of the communes."""
    pooling = stage.random.sample(communes, len(communes) // 2)
    groups = stage.share(totals["gold_groups"], len(pooling), least=0)
    with_groups = [place for place, number in zip(pooling, groups, strict=True) if number]
    keys = ("savings.gold_groups", "savings.gold_chi", "savings.gold_women_helped")
    for place in communes:
        values[place.code] |= dict.fromkeys(keys, 0)
    for place, number in zip(pooling, groups, strict=True):
        values[place.code]["savings.gold_groups"] = number
    chi = stage.share(totals["gold"], len(with_groups), least=1)
    helped = stage.share(totals["gold_helped"], len(with_groups))
    for place, gold, women in zip(with_groups, chi, helped, strict=True):
        values[place.code]["savings.gold_chi"] = gold * CHI
        values[place.code]["savings.gold_women_helped"] = women


def load_demo(stage: Any) -> None:
    """Cà Mau's round is accepted and closed; Bạc Liêu's is at every step; this year's is open."""
    _accepted_round(stage)
    _round_under_way(stage)
    year = today().year
    actions.open_round(
        unit=Unit(pk=place_by_code("96").id),
        period=str(year),
        cut_off=date(year, 11, 30),
        due=date(year, 12, 10),
        opened_on=date(year, 11, 1),
        by=stage.by,
    )


def _open(stage: Any, code: str) -> Round:
    return actions.open_round(
        unit=Unit(pk=stage.provinces[code].place.id),
        period="2023-H1",
        cut_off=CUT_OFF,
        due=DUE,
        opened_on=OPENED,
        by=stage.by,
    )


def _rows(stage: Any, code: str) -> dict[str, dict[str, Cell]]:
    rows: dict[str, dict[str, Cell]] = {}
    for unit, values in commune_values(stage, code).items():
        rows[unit] = {key: Cell(value) for key, value in values.items()}
        named = sum(values[key] for key in PARTS)
        if values[TOTAL] != named:
            rows[unit][TOTAL] = Cell(values[TOTAL], UNCLASSED_REASON)
    return rows


def _accepted_round(stage: Any) -> None:
    asked = _open(stage, "96")
    at = datetime.combine(DUE, time(15, 30), get_current_timezone())
    rows = _rows(stage, "96")
    rows |= {
        district.code: {"enterprise.startup_spaces": Cell(1)}
        for district in stage.provinces["96"].districts
    }
    rows["96"] = {
        "directives.breakthroughs": Cell(2),
        "enterprise.ocop_products_by_women": Cell(15),
    }
    fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=stage.by, at=at)
    actions.close_round(asked=asked, by=stage.by)


def _round_under_way(stage: Any) -> None:
    """Of Bạc Liêu's 64 communes 52 are accepted, 5 checked, 4 sent, 1 sent back, 2 not begun."""
    asked = _open(stage, "95")
    at = datetime.combine(DUE, time(9, 10), get_current_timezone())
    rows = list(_rows(stage, "95").items())
    stage.random.shuffle(rows)
    own = next(row for row in rows if row[0] == stage.other_commune)
    rows.remove(own)
    shares = ((State.ACCEPTED, 52), (State.CHECKED, 5), (State.SUBMITTED, 4))
    for state, number in shares:
        taken, rows = dict(rows[:number]), rows[number:]
        fill_returns(asked=asked, rows=taken, state=state, by=stage.by, at=at)
    fill_returns(asked=asked, rows=dict([own]), state=State.SUBMITTED, by=stage.by, at=at)
    answer = asked.returns.get(unit__versions__code=own[0])
    actions.send_back(
        answer=answer, reason="Số tiền tiết kiệm tăng gấp đôi kỳ trước, kiểm tra lại.", by=stage.by
    )
