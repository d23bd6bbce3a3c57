"""What the database itself refuses, and the value it keeps, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sohoi.programmes.homes.models import Contribution, Home

DAY = date(2023, 2, 1)


def _update_is_refused(home: Home, constraint: str, **changes) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Home.objects.filter(pk=home.pk).update(**changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("homes_surveyed_on_in_order", {"surveyed_on": date(2023, 1, 9)}),
        ("homes_approved_on_in_order", {"approved_on": DAY}),
        ("homes_handed_over_on_in_order", {"handed_over_on": DAY}),
        ("homes_withdrawn_with_reason", {"withdrawn_on": DAY}),
        ("homes_withdrawn_with_reason", {"withdrawn_reason": "Hộ chuyển đi"}),
        ("homes_withdrawn_last", {"withdrawn_on": date(2023, 1, 9), "withdrawn_reason": "Rút"}),
        ("homes_known_words", {"work": "palace"}),
        ("homes_known_words", {"poverty_class": "rich"}),
        ("homes_household_named", {"household": ""}),
        ("homes_value_not_negative", {"value_vnd": -1}),
    ],
)
def test_a_false_life_is_refused(propose, constraint, changes):
    _update_is_refused(propose(), constraint, **changes)


def test_a_house_is_not_both_handed_over_and_withdrawn(build):
    _update_is_refused(
        build(), "homes_not_both_ended", withdrawn_on=date(2023, 6, 1), withdrawn_reason="Rút"
    )


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("homes_contribution_positive", {"amount_vnd": 0}),
        ("homes_contribution_known_funder", {"funder": "pirate"}),
    ],
)
def test_a_false_contribution_is_refused(propose, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contribution.objects.create(
            home=propose(), **({"funder": "union", "amount_vnd": 1} | wrong)
        )


def _values(*homes: Home) -> list[int]:
    return [Home.objects.get(pk=home.pk).value_vnd for home in homes]


def test_the_value_follows_every_way_of_writing(propose):
    first, second = propose(), propose()
    Contribution.objects.bulk_create(
        [
            Contribution(home=first, funder="donor", amount_vnd=30),
            Contribution(home=first, funder="union", amount_vnd=12),
            Contribution(home=second, funder="state", amount_vnd=7),
        ]
    )
    assert _values(first, second) == [42, 7]
    Contribution.objects.filter(funder="donor").update(amount_vnd=50)
    assert _values(first, second) == [62, 7]
    Contribution.objects.filter(funder="union").update(home=second)
    assert _values(first, second) == [50, 19]
    Contribution.objects.filter(home=second).delete()
    assert _values(first, second) == [50, 0]
