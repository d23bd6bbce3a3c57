"""The value of a house, which the database keeps, whoever writes."""

from sohoi.programmes.homes.models import Contribution, Home


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
