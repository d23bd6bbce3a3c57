"""What is counted from exemplars, when and where."""

from datetime import date

import pytest
from django.db.models import Count

from sohoi.figures.reading.documents import worded
from sohoi.figures.reading.evidence import evidence
from sohoi.figures.reading.queries import figures
from sohoi.lib.periods import parse_period
from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.indicators import PUBLICATIONS
from sohoi.programmes.exemplars.models import Exemplar

H1 = parse_period("2023-H1")


def value(unit, key: str) -> int:
    (figure,) = figures(unit=unit.pk, period=H1, keys=[key])
    return figure.value


def test_models_count_by_their_introduction(cast, find, introduce):
    introduce(date(2023, 2, 1))
    introduce(date(2023, 6, 30), unit=cast.units.commune_2)
    introduce(date(2023, 7, 1))
    introduce(date(2023, 2, 1), unit=cast.units.other_commune)
    introduce(date(2023, 2, 1), kind="collective")
    find()
    assert value(cast.units.hamlet, "exemplars.models") == 1
    assert value(cast.units.province, "exemplars.models") == 2
    assert value(cast.units.other_province, "exemplars.models") == 1


def test_people_and_collectives_count_once_by_their_first_publication(cast, introduce, publish):
    collective = introduce(kind="collective")
    publish(collective, date(2023, 3, 1))
    publish(collective, date(2023, 4, 1), channel="zalo")
    publish(introduce(kind="person", consent_on=date(2023, 2, 1)), date(2023, 6, 30))
    publish(introduce(kind="collective"), date(2023, 7, 1))
    publish(introduce(), date(2023, 3, 1))
    introduce(kind="collective")
    assert value(cast.units.province, "exemplars.publicised") == 2


def test_the_figure_follows_the_only_publication_removed(cast, introduce, publish):
    publication = publish(introduce(kind="collective"))
    assert value(cast.units.province, "exemplars.publicised") == 1
    actions.remove_publication(publication, reason="Ghi nhầm", by=cast.hanh)
    assert value(cast.units.province, "exemplars.publicised") == 0
    assert value(cast.units.province, "exemplars.publications") == 0


def test_models_replicated_count_in_the_period_of_that_day(cast, introduce):
    for day, kind in (
        (date(2023, 6, 30), "model"),
        (date(2023, 7, 1), "model"),
        (date(2023, 6, 1), "person"),
    ):
        actions.take_step(introduce(kind=kind), step=State.REPLICATED, on=day, by=cast.hanh)
    assert value(cast.units.province, "exemplars.replicated") == 1


def test_publications_count_each_and_fall_apart_by_channel(cast, introduce, publish):
    exemplar = introduce()
    for channel in ("newspaper", "zalo", "zalo"):
        publish(exemplar, channel=channel)
    publish(exemplar, date(2023, 7, 1), channel="facebook")
    publish(introduce(unit=cast.units.other_commune), channel="portal", by=cast.xuan)
    source = PUBLICATIONS.source
    (column,) = source.breakdowns
    within = {f"{source.at}__range": (H1.start, H1.end), "unit": cast.units.hamlet}
    counts = source.model.objects.filter(**within).values_list(column).annotate(n=Count("pk"))
    assert dict(counts) == {"newspaper": 1, "zalo": 2}
    assert value(cast.units.province, PUBLICATIONS.key) == sum(dict(counts).values())
    assert value(cast.units.other_province, PUBLICATIONS.key) == 1


@pytest.mark.parametrize(("models", "prose"), [(99, "99"), (100, "100"), (104, "hơn 100")])
def test_over_a_hundred_models_are_worded_as_the_press_does(cast, models, prose):
    day = date(2023, 2, 1)
    Exemplar.objects.bulk_create(
        Exemplar(
            code=f"MH-{number}",
            unit=cast.units.hamlet,
            kind="model",
            title="Hũ gạo",
            field="charity",
            found_on=day,
            introduced_on=day,
        )
        for number in range(models)
    )
    (figure,) = figures(unit=cast.units.province.pk, period=H1, keys=["exemplars.models"])
    assert worded(figure) == prose


def test_evidence_shows_codes_and_never_a_name(cast, introduce, publish):
    person = introduce(kind="person", title="Trần Thị Út", consent_on=date(2023, 1, 20))
    publication = publish(person, title="Gương Trần Thị Út")
    for key, record in (("publicised", person), ("publications", publication)):
        found = evidence(unit=cast.units.province.pk, period=H1, key=f"exemplars.{key}")
        assert [trace.label for trace in found.records] == [record.code]
        assert "Út" not in repr(found)
