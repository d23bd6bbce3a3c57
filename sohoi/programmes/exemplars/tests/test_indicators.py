"""What is counted from exemplars, when and where."""

from datetime import date

import pytest
from django.db.models import Count

from sohoi.figures.reading.documents import worded
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.indicators import PUBLICATIONS
from sohoi.programmes.exemplars.models import Exemplar
from sohoi.programmes.exemplars.tests.acts import SPECIMEN

H1, JUNE, JULY = parse_period("2023-H1"), date(2023, 6, 30), date(2023, 7, 1)
publish = SPECIMEN.add


def value(unit, key: str) -> int:
    (figure,) = figures(unit=unit.pk, period=H1, keys=[f"exemplars.{key}"])
    return figure.value


def test_models_count_by_their_introduction(cast, find, introduce):
    introduce()
    introduce(introduced_on=JUNE, unit=cast.units.commune_2)
    introduce(introduced_on=JULY)
    introduce(unit=cast.units.other_commune)
    introduce(kind="collective")
    find()
    assert value(cast.units.hamlet, "models") == 1
    assert value(cast.units.province, "models") == 2
    assert value(cast.units.other_province, "models") == 1


def test_people_and_collectives_count_once_by_their_first_publication(cast, introduce):
    collective = introduce(kind="collective")
    publish(collective)
    publish(collective, published_on=date(2023, 4, 1))
    publish(introduce(kind="person"), published_on=JUNE)
    publish(introduce(kind="collective"), published_on=JULY)
    publish(introduce())
    introduce(kind="collective")
    assert value(cast.units.province, "publicised") == 2


def test_the_figure_follows_the_only_publication_removed(cast, introduce):
    publication = publish(introduce(kind="collective"))
    assert value(cast.units.province, "publicised") == 1
    actions.remove_publication(publication, reason="Ghi nhầm", by=cast.hanh)
    assert value(cast.units.province, "publicised") == 0
    assert value(cast.units.province, "publications") == 0


def test_models_replicated_count_in_the_period_of_that_day(cast, introduce):
    for day, kind in ((JUNE, "model"), (JULY, "model"), (date(2023, 6, 1), "person")):
        introduce(kind=kind, replicated_on=day)
    assert value(cast.units.province, "replicated") == 1


def test_publications_count_each_and_fall_apart_by_channel(cast, introduce):
    exemplar = introduce()
    for channel in ("newspaper", "zalo", "zalo"):
        publish(exemplar, channel=channel)
    publish(exemplar, published_on=JULY, channel="facebook")
    publish(introduce(unit=cast.units.other_commune), channel="portal")
    source = PUBLICATIONS.source
    (column,) = source.breakdowns
    within = {f"{source.at}__range": (H1.start, H1.end), "unit": cast.units.hamlet}
    counts = source.model.objects.filter(**within).values_list(column).annotate(n=Count("pk"))
    assert dict(counts) == {"newspaper": 1, "zalo": 2}
    assert value(cast.units.province, "publications") == 3
    assert value(cast.units.other_province, "publications") == 1


@pytest.mark.parametrize(("models", "prose"), [(99, "99"), (100, "100"), (104, "hơn 100")])
def test_over_a_hundred_models_are_worded_as_the_press_does(cast, models, prose):
    day, known = date(2023, 2, 1), {"kind": "model", "title": "Hũ gạo", "field": "charity"}
    Exemplar.objects.bulk_create(
        Exemplar(
            code=f"MH-{number}", unit=cast.units.hamlet, found_on=day, introduced_on=day, **known
        )
        for number in range(models)
    )
    (figure,) = figures(unit=cast.units.province.pk, period=H1, keys=["exemplars.models"])
    assert worded(figure) == prose
