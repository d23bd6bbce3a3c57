"""What the database itself refuses, and the first publication it keeps, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from sohoi.programmes.exemplars.models import Exemplar, Publication

DAY, CONSENT = date(2023, 3, 1), date(2023, 2, 1)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("exemplars_introduced_on_in_order", {"introduced_on": date(2023, 1, 9)}),
        ("exemplars_publicised_on_in_order", {"publicised_on": DAY}),
        ("exemplars_replicated_on_in_order", {"replicated_on": DAY}),
        ("exemplars_known_words", {"kind": "ghost"}),
        ("exemplars_known_words", {"field": "magic"}),
        ("exemplars_titled", {"title": ""}),
    ],
)
def test_a_false_life_is_refused(find, constraint, changes):
    exemplar = find()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Exemplar.objects.filter(pk=exemplar.pk).update(**changes)


def _publication(exemplar: Exemplar, on: date = DAY, **details) -> Publication:
    """One that no action has looked at."""
    known = {"channel": "zalo", "unit_id": exemplar.unit_id, "published_on": on}
    made = Publication(exemplar=exemplar, **(known | details))
    made.code = f"TT-{made.pk.hex[-12:]}"
    return made


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("exemplars_known_channel", {"channel": "pigeon"}),
        ("exemplars_plain_link", {"link": "javascript:alert(1)"}),
        ("exemplars_plain_link", {"link": "ftp://example.org/bai"}),
        ("exemplars_publicised_on_in_order", {"on": date(2023, 1, 31)}),
    ],
)
def test_a_false_publication_is_refused(introduce, constraint, wrong):
    publication = _publication(introduce(), **wrong)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        publication.save()


def test_a_person_is_not_publicised_without_consent_by_any_way(introduce):
    person = introduce(kind="person", title="Trần Thị Út")
    with (
        pytest.raises(IntegrityError, match="exemplars_person_with_consent"),
        transaction.atomic(),
    ):
        Publication.objects.bulk_create([_publication(person)])
    Exemplar.objects.filter(pk=person.pk).update(consent_on=CONSENT)
    Publication.objects.bulk_create([_publication(person)])
    for changes in ({"consent_on": None}, {"publicised_on": DAY, "consent_on": None}):
        with (
            pytest.raises(IntegrityError, match="exemplars_person_with_consent"),
            transaction.atomic(),
        ):
            Exemplar.objects.filter(pk=person.pk).update(**changes)


def test_a_publication_stays_in_the_unit_of_its_exemplar(cast, introduce, publish):
    publication = Publication.objects.filter(pk=publish(introduce()).pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="exemplars_publication_unit"), transaction.atomic():
        publication.update(unit=cast.units.commune_2)


def _first(*exemplars: Exemplar) -> list[date | None]:
    return [Exemplar.objects.get(pk=e.pk).publicised_on for e in exemplars]


def test_the_first_publication_follows_every_way_of_writing(introduce):
    one, other = introduce(), introduce()
    march, april, may = (date(2023, month, 1) for month in (3, 4, 5))
    Publication.objects.bulk_create(
        [_publication(one, april), _publication(one, may), _publication(other, may)]
    )
    assert _first(one, other) == [april, may]
    Publication.objects.filter(exemplar=one, published_on=april).update(exemplar=other)
    assert _first(one, other) == [may, april]
    Publication.objects.filter(exemplar=other, published_on=may).update(published_on=march)
    assert _first(one, other) == [may, march]
    Publication.objects.filter(exemplar=other, published_on=march).delete()
    assert _first(one, other) == [may, april]
    Publication.objects.filter(exemplar=one).delete()
    assert _first(one, other) == [None, april]
