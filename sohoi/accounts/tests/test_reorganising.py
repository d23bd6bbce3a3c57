"""Appointments through a reorganisation of units."""

from datetime import date

from sohoi.accounts.actions import appoint, end_appointment
from sohoi.accounts.models import Appointment
from sohoi.accounts.roles import COMMUNE_OFFICER
from sohoi.org import reorganising
from sohoi.org.plan import HEADER
from sohoi.org.queries import place_by_code

ON, FOUNDED = date(2025, 7, 1), date(2021, 1, 1)
LINES = (
    ",".join(HEADER),
    "found,,40001,Xã Mới,commune,96",
    "merge,32100,40001",
    "merge,32101,40001",
    "close,970",
)
PLAN = "\n".join(LINES).encode()


def test_appointments_go_on_with_what_follows_and_no_further(cast):
    said = reorganising.touched(reorganising.preview(PLAN, ON))
    assert {touched.what.split(" – ")[0] for touched in said} == {"hanh", "la"}
    reorganising.reorganise(content=PLAN, on=ON, title="Thử", by=None)
    new = place_by_code("40001", on=ON).id
    assert cast.hanh.may("figures.view", new)
    assert cast.hanh.may("figures.view", cast.units.commune.pk)
    assert not cast.hanh.may("figures.view", cast.units.ward.pk)
    assert cast.la.appointments_today == []
    before = Appointment.objects.get(user=cast.hanh, unit=cast.units.commune)
    assert before.valid_to == ON


def test_a_role_keeps_its_first_and_last_day(cast):
    units = cast.units
    ends, begins = date(2025, 9, 1), date(2025, 8, 1)
    lasting = appoint(
        user=cast.xuan, role=COMMUNE_OFFICER, unit=units.commune, valid_from=FOUNDED, by=None
    )
    end_appointment(appointment=lasting, on=ends, by=None)
    appoint(user=cast.lan, role=COMMUNE_OFFICER, unit=units.commune, valid_from=begins, by=None)
    reorganising.reorganise(content=PLAN, on=ON, title="Thử", by=None)
    new = place_by_code("40001", on=ON).id
    held = Appointment.objects.filter(unit=new).order_by("user__username")
    assert list(held.values_list("user__username", "valid_from", "valid_to")) == [
        ("hanh", ON, None),
        ("lan", begins, None),
        ("xuan", ON, ends),
    ]
    assert not Appointment.objects.filter(user=cast.la, valid_to=None).exists()


def test_after_a_split_a_role_goes_to_the_first_named(cast):
    lines = (
        *LINES[:2],
        "found,,40002,Xã Khác,commune,96",
        "split,32100,40002",
        "split,32100,40001",
        "move,32100-01,,,,40001",
        "move,32100-02,,,,40002",
    )
    content = "\n".join(lines).encode()
    said = reorganising.touched(reorganising.preview(content, ON))
    assert ["kế tiếp ghi trước" in touched.becomes for touched in said] == [True]
    reorganising.reorganise(content=content, on=ON, title="Thử", by=None)
    assert cast.hanh.may("figures.view", place_by_code("40002", on=ON).id)
    assert not cast.hanh.may("figures.view", place_by_code("40001", on=ON).id)
    assert cast.lan.may("figures.view", cast.units.hamlet.pk)
