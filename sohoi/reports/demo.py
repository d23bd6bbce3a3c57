"""Demo returns: H1 2023 accepted in Cà Mau, closed half-way in Bạc Liêu; this year's under way."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import get_current_timezone

from sohoi.org.choices import Tier
from sohoi.org.models import Unit, today
from sohoi.org.queries import Place, at_tier, followers, place_by_code, place_on
from sohoi.reports import actions
from sohoi.reports.bulk import fill_returns
from sohoi.reports.choices import State
from sohoi.reports.models import Round
from sohoi.reports.rules import Cell

MILLION = 1_000_000
CHI = 1000  # thousandths of a chỉ
CUT_OFF, DUE = date(2023, 6, 30), date(2023, 7, 5)
OPENED, CLOSED = date(2023, 6, 12), date(2023, 7, 10)
SENT_BACK = "Số tiền tiết kiệm chưa khớp với sổ của các tổ, kiểm tra lại."
SLIP_REASON = "Theo sổ của chi hội gửi lên."

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
PROVINCES_OWN = {
    "directives.breakthroughs": Cell(2),
    "enterprise.ocop_products_by_women": Cell(15),
}
UNCLASSED_REASON = "Có hộ chưa xác định diện khi đăng ký; sẽ bổ sung sau rà soát."


def commune_values(
    stage: Any, totals: dict[str, int], communes: list[Place]
) -> dict[str, dict[str, int]]:
    """What each commune declares, by its code; the sums are the totals."""
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
    """The half-year of 2023 in both provinces, then the rounds of the province of today."""
    _accepted_round(stage)
    _round_half_way(stage)
    _rounds_of_today(stage)


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
    return _cells(commune_values(stage, TOTALS[code], stage.provinces[code].communes))


def _cells(found: dict[str, dict[str, int]]) -> dict[str, dict[str, Cell]]:
    rows: dict[str, dict[str, Cell]] = {}
    for unit, values in found.items():
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
    rows["96"] = PROVINCES_OWN
    fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=stage.by, at=at)
    actions.close_round(asked=asked, by=stage.by, closed_on=CLOSED)


def _round_half_way(stage: Any) -> None:
    """Of Bạc Liêu's 64 communes 52 were accepted when the round was closed; 5 were checked, 4
    sent, 1 sent back, 2 not begun."""
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
    actions.send_back(answer=answer, reason=SENT_BACK, by=stage.by)
    actions.close_round(asked=asked, by=stage.by, closed_on=CLOSED)


def _rounds_of_today(stage: Any) -> None:
    """Last year's round is closed; of this year's 64 communes 40 are accepted, 12 have sent, one
    was sent back and the others, hanh's among them, have not begun."""
    year, province = today().year, place_by_code("96")
    communes = at_tier([province.id], Tier.COMMUNE)
    totals = {key: TOTALS["95"][key] + TOTALS["96"][key] for key in TOTALS["96"]}
    before = commune_values(stage, totals, communes)
    asked = _open_year(stage, province, year - 1)
    rows = _cells(before) | {province.code: PROVINCES_OWN}
    fill_returns(asked=asked, rows=rows, state=State.ACCEPTED, by=stage.by)
    actions.close_round(asked=asked, by=stage.by, closed_on=date(year - 1, 12, 31))
    asked = _open_year(stage, province, year)
    rows = _cells({code: _grown(stage, values) for code, values in before.items()})
    home, other = (_today(code) for code in (stage.home_commune, stage.other_commune))
    codes = [code for code in rows if code not in (home, other)]
    stage.random.shuffle(codes)
    sent = {code: rows[code] for code in codes[40:52]}
    slip = next(iter(sent.values()))
    slip["savings.raised_vnd"] = Cell(slip["savings.raised_vnd"].value * 100, SLIP_REASON)
    accepted = {code: rows[code] for code in codes[:40]}
    fill_returns(asked=asked, rows=accepted, state=State.ACCEPTED, by=stage.by)
    sent[other] = rows[other]
    fill_returns(asked=asked, rows=sent, state=State.SUBMITTED, by=stage.by)
    answer = asked.returns.get(unit=Unit(pk=place_by_code(other).id))
    actions.send_back(answer=answer, reason=SENT_BACK, by=stage.by)


def _open_year(stage: Any, province: Place, year: int) -> Round:
    return actions.open_round(
        unit=Unit(pk=province.id),
        period=str(year),
        cut_off=date(year, 11, 30),
        due=date(year, 12, 10),
        opened_on=date(year, 11, 1),
        by=stage.by,
    )


def _grown(stage: Any, values: dict[str, int]) -> dict[str, int]:
    """A year later: a little more of everything, and the households still the sum of their parts
    and of those without a class."""
    unclassed = values[TOTAL] - sum(values[key] for key in PARTS)
    grown = {
        key: value + value * stage.random.randint(0, 12) // 100 for key, value in values.items()
    }
    grown["savings.raised_vnd"] -= grown["savings.raised_vnd"] % MILLION
    grown["savings.gold_chi"] -= grown["savings.gold_chi"] % CHI
    grown[TOTAL] = sum(grown[key] for key in PARTS) + unclassed
    return grown


def _today(code: str) -> str:
    """The commune of today in which the one of 2023 with this code counts."""
    then = place_by_code(code, on=CUT_OFF)
    now = place_on(then.id, today())
    return now.code if now else followers(then.id)[0].code
