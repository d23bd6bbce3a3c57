"""What the database itself holds between an exemplar and its publications, whoever writes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.programmes.exemplars.tests.acts import SPECIMEN

MARCH, APRIL, MAY = (date(2023, month, 1) for month in (3, 4, 5))
WITH_CONSENT = "exemplars_person_with_consent"


def _publication(exemplar: Exemplar, on: date = MARCH, **details) -> Publication:
    """One that no action has looked at."""
    known = {"channel": "zalo", "unit_id": exemplar.unit_id, "published_on": on}
    made = Publication(exemplar=exemplar, **(known | details))
    made.code = f"TT-{made.pk.hex[-12:]}"
    return made


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/bai"])
def test_a_link_that_is_none_of_the_web_is_refused(introduce, link):
    publication = _publication(introduce(), link=link)
    with pytest.raises(IntegrityError, match="exemplars_plain_link"), transaction.atomic():
        publication.save()


def test_a_publication_before_the_introduction_is_refused(introduce):
    exemplar = introduce()
    early = _publication(exemplar, exemplar.introduced_on - timedelta(1))
    with pytest.raises(IntegrityError, match="publicised_on_in_order"), transaction.atomic():
        early.save()


def test_a_person_is_not_publicised_without_consent_by_any_way(unasked):
    with pytest.raises(IntegrityError, match=WITH_CONSENT), transaction.atomic():
        Publication.objects.bulk_create([_publication(unasked)])
    person = Exemplar.objects.filter(pk=unasked.pk)
    person.update(consent_on=date(2023, 2, 1))
    Publication.objects.bulk_create([_publication(unasked)])
    for changes in ({"consent_on": None}, {"publicised_on": MARCH, "consent_on": None}):
        with pytest.raises(IntegrityError, match=WITH_CONSENT), transaction.atomic():
            person.update(**changes)


def test_a_publication_stays_in_the_unit_of_its_exemplar(cast, introduce):
    publication = Publication.objects.filter(pk=SPECIMEN.add(introduce()).pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="exemplars_publication_unit"), transaction.atomic():
        publication.update(unit=cast.units.commune_2)


def _first(*exemplars: Exemplar) -> list[date | None]:
    return [Exemplar.objects.get(pk=e.pk).publicised_on for e in exemplars]


def test_the_first_publication_follows_every_way_of_writing(introduce):
    one, other, told = introduce(), introduce(), Publication.objects
    told.bulk_create([_publication(one, APRIL), _publication(one, MAY), _publication(other, MAY)])
    assert _first(one, other) == [APRIL, MAY]
    told.filter(exemplar=one, published_on=APRIL).update(exemplar=other)
    assert _first(one, other) == [MAY, APRIL]
    told.filter(exemplar=other, published_on=MAY).update(published_on=MARCH)
    assert _first(one, other) == [MAY, MARCH]
    told.filter(exemplar=other, published_on=MARCH).delete()
    assert _first(one, other) == [MAY, APRIL]
    told.filter(exemplar=one).delete()
    assert _first(one, other) == [None, APRIL]
