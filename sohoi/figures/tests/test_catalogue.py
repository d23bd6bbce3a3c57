"""The catalogue is made once for what it is made from, and anew when that is another."""

import pytest
from django.utils import translation

from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.definitions.actions import load_definitions
from sohoi.figures.models import IndicatorDefinition
from sohoi.kit import rooms

KEY = "savings.raised_vnd"


def test_the_same_content_gives_the_same_indicators_by_one_query(db, django_assert_num_queries):
    load_definitions(by=None)
    before = catalogue()
    with django_assert_num_queries(1):
        after = catalogue()
    assert [*after] == [*before]
    assert all(after[key] is before[key] for key in after)
    # What a page does to its own copy is nobody else's.
    after.clear()
    assert catalogue() == before


@pytest.mark.rooms
def test_a_definition_reads_as_the_database_says(db):
    load_definitions(by=None)
    rows = IndicatorDefinition.objects.all()
    known = catalogue()
    assert rows.count() > 15
    for row in rows:
        indicator = known[row.key]
        assert (indicator.title, indicator.valid_from, indicator.valid_to) == (
            str(row),
            row.valid_from,
            row.valid_to,
        )


def test_a_change_another_language_and_a_room_that_goes_are_seen_at_once(db, probe):
    load_definitions(by=None)
    vietnamese = catalogue()[KEY].title
    IndicatorDefinition.objects.filter(key=KEY).update(title_vi="Tên khác", title_en="Other")
    assert vietnamese != "Tên khác"
    assert catalogue()[KEY].title == "Tên khác"
    with translation.override("en"):
        assert catalogue()[KEY].title == "Other"
    coded = {i.key for i in rooms.rooms()[-1].indicators} | {
        key for key in catalogue() if key.startswith("probe.")
    }
    assert coded
    rooms.unregister("probe")
    assert not [key for key in catalogue() if key.startswith("probe.")]
