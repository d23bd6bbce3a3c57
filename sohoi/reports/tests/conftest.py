"""A round of the half-year on the cast's tree, with indicators of the tests' own."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from sohoi.accounts.models import Appointment
from sohoi.figures.engine.actions import Declaration, accept_statement
from sohoi.figures.models import IndicatorDefinition
from sohoi.kit import rooms
from sohoi.kit.indicators import Indicator, Kind, Measure, Records
from sohoi.reports import actions
from sohoi.reports.models import Return, Round
from sohoi.reports.rules import Cell

PERIOD, CUT_OFF, DUE = "2023-H1", date(2023, 6, 30), date(2023, 7, 5)

# key, title, tier, section, measure, scale, parts
_DEFINED = (
    ("trial.total", "Hộ đăng ký", "commune", "poverty", "hộ", 1, ["trial.poor", "trial.near"]),
    ("trial.poor", "Hộ nghèo", "commune", "poverty", "hộ", 1, []),
    ("trial.near", "Hộ cận nghèo", "commune", "poverty", "hộ", 1, []),
    ("trial.gold", "Vàng hùn vốn", "commune", "savings", "chỉ", 1000, []),
    ("trial.spaces", "Không gian khởi nghiệp", "district", "enterprise", "không gian", 1, []),
    ("trial.target", "Khâu đột phá", "province", "directives", "khâu", 1, []),
)
SOUND = {"trial.total": 12, "trial.poor": 5, "trial.near": 7, "trial.gold": 490_500}
VALUES = {"commune": SOUND, "district": {"trial.spaces": 1}, "province": {"trial.target": 2}}


@pytest.fixture
def indicators(db) -> None:
    """What each tier declares, and nothing else: no other definitions stand in the way."""
    IndicatorDefinition.objects.all().delete()
    for order, (key, title, tier, section, measure, scale, parts) in enumerate(_DEFINED):
        IndicatorDefinition.objects.create(
            key=key,
            title_vi=title,
            title_en=title,
            kind="flow",
            measure=measure,
            measure_en=measure,
            scale=scale,
            source="declared",
            tier=tier,
            parts=parts,
            section=section,
            order=order,
        )


@pytest.fixture
def counted(cast, indicators) -> str:
    """A figure counted from records: appointments begun in the period. Returns its key."""
    indicator = Indicator(
        key="tally.begun",
        title="Lượt giao nhiệm vụ",
        kind=Kind.FLOW,
        measure=Measure("lượt", "lượt"),
        source=Records(model=Appointment, at="valid_from", label="role"),
        section="movement",
    )
    rooms.register(rooms.Room(key="tally", title="Đếm", path="dem", indicators=(indicator,)))
    yield indicator.key
    rooms.unregister("tally")


@pytest.fixture
def told(cast, indicators) -> None:
    """What hanh's commune declared for the half-years before, newest first in gold: 490,5 chỉ."""
    for period, gold in (("2022-H2", 490_500), ("2022-H1", 470_000)):
        values = {
            key: Declaration(value, cast.hanh, timezone.now())
            for key, value in (SOUND | {"trial.gold": gold}).items()
        }
        accept_statement(
            unit=cast.units.commune, period=period, asked=values, values=values, by=cast.thu
        )


@pytest.fixture
def asked(cast, indicators) -> Round:
    """The round of the first half of 2023 in Cà Mau, just opened by thu."""
    return actions.open_round(
        unit=cast.units.province, period=PERIOD, cut_off=CUT_OFF, due=DUE, by=cast.thu
    )


@pytest.fixture
def own(cast, asked) -> Return:
    """The return of hanh's commune."""
    return asked.returns.get(unit=cast.units.commune)


def cells_of(values: dict[str, int | None], **reasons: str) -> dict[str, Cell]:
    """Cells as an action takes them; `total="…"` gives the reason of `trial.total`."""
    return {key: Cell(value, reasons.get(key.split(".")[1], "")) for key, value in values.items()}


@pytest.fixture
def fill(cast) -> Callable[..., Return]:
    """`fill(answer)` saves sound values; `fill(answer, {"trial.poor": 3})` another on top."""

    def save(answer: Return, values: dict | None = None, by=None, **reasons: str) -> Return:
        known = VALUES[answer.tier] | (values or {})
        return actions.save_return(
            answer=answer,
            version=answer.version,
            cells=cells_of(known, **reasons),
            by=by or cast.hanh,
        )

    return save


@pytest.fixture
def send(cast, fill) -> Callable[..., Return]:
    """`send(answer)` fills it soundly and sends it."""

    def submit(answer: Return, by=None, **filled) -> Return:
        saved = fill(answer, by=by, **filled)
        return actions.submit_return(answer=saved, version=saved.version, by=by or cast.hanh)

    return submit


@pytest.fixture
def check(cast, send) -> Callable[..., Return]:
    """`check(answer)` brings a commune's return past the district."""
    return lambda answer: actions.check_return(answer=send(answer), by=cast.la)


@pytest.fixture
def accept(cast, check) -> Callable[..., Return]:
    """`accept(answer)` brings a commune's return to its end."""
    return lambda answer: actions.accept_return(answer=check(answer), by=cast.thu)
