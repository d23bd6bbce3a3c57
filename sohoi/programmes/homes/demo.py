"""Demo houses: 42 new ones handed over in Cà Mau in the first half of 2023, and others."""

from datetime import date, timedelta
from typing import Any

from sohoi.org.models import Unit, today
from sohoi.programmes.homes import actions
from sohoi.programmes.homes.choices import Funder, PovertyClass, Work
from sohoi.programmes.homes.models import LIFE, Home

JANUARY, JUNE = date(2023, 1, 6), date(2023, 6, 30)
MILLION = 1_000_000
# province, kind of work, first and last day of hand-over, number of houses
HANDED_OVER = (
    ("96", Work.NEW, JANUARY, JUNE, 42),
    ("96", Work.REPAIR, JANUARY, JUNE, 11),
    ("96", Work.NEW, date(2022, 7, 1), date(2022, 12, 30), 14),
    ("96", Work.NEW, date(2023, 7, 3), date(2023, 12, 20), 9),
    ("95", Work.NEW, JANUARY, JUNE, 17),
    ("95", Work.REPAIR, JANUARY, JUNE, 4),
)
DONORS = (
    "Công ty Thuỷ sản Sông Đốc Xanh",
    "Nhóm thiện nguyện Hoa Tràm",
    "Hội đồng hương Đất Mũi",
    "Công ty Xổ số Miền Duyên Hải",
    "Câu lạc bộ Doanh nhân nữ Bán Đảo",
    "Quỹ Mái Lá Ấm",
)


def load_demo(stage: Any) -> None:
    """Through the room's own actions, so that every rule and the history hold for the demo too."""
    for code, work, first, last, number in HANDED_OVER:
        province = stage.enter(code)
        for commune in stage.scatter(number, province.communes):
            unit = stage.hamlet(province, commune)
            _build(stage, unit, work, stage.day(first, last), steps=5)
    _under_way(stage)


def _under_way(stage: Any) -> None:
    """Houses of these days at every step, some of them in the cast's own commune."""
    province = stage.enter("96")
    own = next(p for p in province.communes if p.code == stage.home_commune)
    for steps, days_ago in ((1, 5), (2, 20), (3, 24), (4, 50), (4, 75)):
        unit = stage.hamlet(province, own)
        _build(stage, unit, Work.NEW, today() + timedelta(days=60 - days_ago), steps=steps)
    for steps, commune in enumerate(stage.scatter(8, province.communes)):
        unit = stage.hamlet(province, commune)
        _build(stage, unit, Work.NEW, today() + timedelta(days=30), steps=steps % 4 + 1)
    home = _build(stage, stage.hamlet(province, own), Work.REPAIR, today(), steps=2)
    actions.withdraw_home(
        home, on=today(), reason="Gia đình đã được con cháu xây nhà mới.", by=stage.by
    )


def _build(stage: Any, unit: Unit, work: Work, handed_over: date, *, steps: int) -> Home:
    """A house whose first `steps` steps lie behind it, the fifth being the hand-over."""
    pick = stage.random.choice
    days = [handed_over - timedelta(days=before) for before in (95, 85, 75, 60, 0)]
    home = actions.propose_home(
        unit=unit,
        household=stage.woman(),
        poverty_class=pick(PovertyClass.values),
        work=work,
        proposed_on=min(days[0], today()),
        area_m2=pick((32, 36, 40, 45, 48, 54)),
        labour_days=stage.random.randint(8, 40),
        by=stage.by,
    )
    if steps >= len(LIFE.steps) - 2:
        _fund(stage, home)
    for step, day in zip(LIFE.steps[1:steps], days[1:], strict=False):
        home = actions.take_step(home, step=step.state, on=min(day, today()), by=stage.by)
    return home


def _fund(stage: Any, home: Home) -> None:
    most = 60 if home.work == Work.NEW else 20
    sums = [
        (Funder.DONOR, stage.random.choice(DONORS), stage.random.randrange(most - 20, most + 1, 5)),
        (Funder.FAMILY, "", stage.random.randrange(3, 13)),
        (Funder.MEMBERS, "", stage.random.randrange(1, 5)),
    ]
    for funder, name, millions in sums:
        if millions > 0:
            actions.add_contribution(
                home, funder=funder, name=name, amount_vnd=millions * MILLION, by=stage.by
            )
