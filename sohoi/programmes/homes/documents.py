"""How a house reads on its page: facts, steps and tones, ready to be placed."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.lib import dates, money, numbers
from sohoi.programmes.homes.choices import State
from sohoi.programmes.homes.models import STEPS, Home

TONES = {
    State.PROPOSED: "plain",
    State.SURVEYED: "plain",
    State.APPROVED: "info",
    State.STARTED: "due",
    State.HANDED_OVER: "done",
    State.WITHDRAWN: "wrong",
}


def tone_of(home: Home) -> str:
    return TONES[State(home.state)]


def facts_of(home: Home) -> list[dict]:
    """Names and values for the definition list; empty ones are left out."""
    facts = [
        (_("Hộ"), home.household),
        (_("Đơn vị"), home.unit_name),
        (_("Diện hộ khi xét"), home.get_poverty_class_display()),
        (_("Loại"), home.get_work_display()),
        (_("Diện tích"), f"{numbers.group(home.area_m2)} m²" if home.area_m2 else ""),
        (_("Ngày công đóng góp"), numbers.group(home.labour_days) if home.labour_days else ""),
        (_("Tổng giá trị"), money.vnd(home.value_vnd) if home.value_vnd else ""),
        (_("Số biên bản bàn giao"), home.minutes),
        (_("Đơn vị khác cũng tính căn này"), home.also_counted_by),
        (_("Lý do rút"), home.withdrawn_reason),
        (_("Ghi chú"), home.note),
    ]
    return [{"title": title, "text": text} for title, text in facts if text]


def steps_of(home: Home) -> list[dict]:
    """The stepper: each step with its day, done, current or to come."""
    following = home.next_state
    return [
        {
            "title": state.label,
            "text": dates.short(day) if (day := getattr(home, column)) else "",
            "state": "done" if day else "current" if state == following else "todo",
        }
        for state, column in STEPS.items()
    ]


def contributions_of(home: Home) -> list[dict]:
    """The money in the order it was written."""
    return [
        {
            "funder": given.get_funder_display(),
            "name": given.name,
            "amount": money.vnd(given.amount_vnd),
            "remove_url": reverse("homes:contribution_remove", args=[given.pk]),
        }
        for given in home.contributions.order_by("pk")
    ]
