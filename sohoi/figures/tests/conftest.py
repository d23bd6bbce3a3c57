"""A room of the tests' own: appointments counted as flow, stock and different people."""

from datetime import date

import pytest
from django.utils import timezone

from sohoi.accounts.models import Appointment
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.engine.actions import Declaration, accept_statement
from sohoi.figures.engine.triggers import install
from sohoi.figures.models import IndicatorDefinition, Statement
from sohoi.kit import rooms
from sohoi.kit.indicators import (
    Indicator,
    Kind,
    Measure,
    RateOf,
    RecordKind,
    Records,
)

PEOPLE = Measure("người", "người")


def _records(**columns) -> Records:
    return Records(model=Appointment, label="role", **columns)


def _indicator(key: str, kind: Kind, source) -> Indicator:
    return Indicator(
        key=f"probe.{key}", title=key, kind=kind, measure=PEOPLE, source=source, section="movement"
    )


ROOM = rooms.Room(
    key="probe",
    title="Phòng thử",
    path="thu",
    indicators=(
        _indicator("begun", Kind.FLOW, _records(at="valid_from")),
        _indicator("held", Kind.STOCK, _records(since="valid_from", until="valid_to")),
        _indicator("people", Kind.DISTINCT, _records(at="valid_from", who="user")),
        _indicator("since", Kind.SINCE, _records(at="valid_from", started_on=date(2022, 1, 1))),
        _indicator("rate", Kind.RATE, RateOf("probe.begun", "probe.held")),
    ),
    record_kinds=(
        RecordKind(
            key="probe.appointment",
            title="Lượt giao nhiệm vụ",
            measure=PEOPLE,
            model=Appointment,
            page="",
            label="role",
            days=("valid_from",),
            spans=(("valid_from", "valid_to"),),
            columns=("role",),
            who=("user",),
        ),
    ),
)


@pytest.fixture
def probe(cast):
    """The cast, with the probe room in the house and its triggers laid."""
    rooms.register(ROOM)
    install()
    yield cast
    rooms.unregister("probe")


@pytest.fixture
def define(db):
    """`define("probe.total", source="total", …)` adds an indicator as data."""

    def add(key: str, **fields) -> IndicatorDefinition:
        defaults = {
            "title_vi": key,
            "title_en": key,
            "kind": "flow",
            "measure": "hộ",
            "measure_en": "households",
            "source": "declared",
            "tier": "commune",
            "section": "poverty",
        }
        return IndicatorDefinition.objects.create(key=key, **(defaults | fields))

    return add


@pytest.fixture
def declare(cast):
    """`declare(unit, "2023-H1", {"x.y": 5})`: an accepted return, which asked that and, unless
    `asked` says what, all that is counted."""

    def accept(unit, period: str, values: dict[str, int], asked=None) -> Statement:
        now = timezone.now()
        counted = [key for key, one in catalogue().items() if isinstance(one.source, Records)]
        return accept_statement(
            unit=unit,
            period=period,
            asked=counted if asked is None else asked,
            values={key: Declaration(value, cast.hanh, now) for key, value in values.items()},
            by=cast.thu,
        )

    return accept
