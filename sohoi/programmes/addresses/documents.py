"""How an address reads on its page: facts, team and tones, ready to be placed."""

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from sohoi.lib import dates, numbers
from sohoi.programmes.addresses.choices import Result, State
from sohoi.programmes.addresses.models import Address

TONES = {State.ACTIVE: "done", State.CLOSED: "plain"}
REVIEW_TONES = {Result.ACTIVE: "done", Result.NEEDS_SUPPORT: "due"}


def tone_of(address: Address) -> str:
    return TONES[State(address.state)]


def facts_of(address: Address) -> list[dict]:
    """Names and values for the definition list; empty ones are left out."""
    facts = [
        (_("Đơn vị"), address.unit_name),
        (_("Loại"), address.get_kind_display()),
        (_("Số quyết định thành lập"), address.decision),
        (_("Ngày thành lập"), dates.short(address.founded_on)),
        (_("Nơi đặt"), address.place),
        (_("Điện thoại"), address.phone),
        (_("Sức chứa (người)"), numbers.group(address.capacity) if address.capacity else ""),
        (_("Ngày kết thúc"), dates.short(address.closed_on) if address.closed_on else ""),
        (_("Lý do kết thúc"), address.closed_reason),
    ]
    return [{"title": title, "text": text} for title, text in facts if text]


def members_of(address: Address) -> list[dict]:
    """The team: those who are in it first, then those who left."""
    return [
        {
            "code": member.code,
            "name": member.full_name,
            "gender": member.get_gender_display(),
            "body": member.get_body_display(),
            "role": member.get_role_display(),
            "joined_on": dates.short(member.joined_on),
            "left_on": dates.short(member.left_on) if member.left_on else "",
            "end_url": reverse("addresses:member_end", args=[member.pk]),
        }
        for member in address.members.order_by(F("left_on").desc(nulls_first=True), "pk")
    ]


def trainings_of(address: Address) -> list[dict]:
    """The trainings, newest first."""
    return [
        {
            "held_on": dates.short(training.held_on),
            "topic": training.topic,
            "people": numbers.group(training.people),
        }
        for training in address.trainings.order_by("-held_on", "-pk")
    ]


def reviews_of(address: Address) -> list[dict]:
    """The yearly reviews, newest first, each with the chip of its result."""
    return [
        {
            "year": review.year,
            "text": review.get_result_display(),
            "tone": REVIEW_TONES[Result(review.result)],
        }
        for review in address.reviews.order_by("-year")
    ]
