"""The life of an exemplar, and what stops it, beside what stops every record."""

from datetime import date, timedelta

import pytest

from sohoi.kit.refusals import Refused
from sohoi.org.models import today
from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.models import Exemplar, Publication
from sohoi.programmes.exemplars.tests.acts import SPECIMEN

MARCH, APRIL, AGREED = date(2023, 3, 1), date(2023, 4, 1), date(2023, 2, 1)
publish = SPECIMEN.add


def fresh(exemplar: Exemplar) -> Exemplar:
    return Exemplar.objects.get(pk=exemplar.pk)


def test_people_and_collectives_have_a_code_of_their_own(find):
    kinds = ("model", "person", "collective")
    assert [find(kind=kind).code[:3] for kind in kinds] == ["MH-", "GD-", "GD-"]


def test_a_replication_keeps_its_place_until_it_is_taken_back(cast, introduce):
    publish(exemplar := introduce())
    assert fresh(exemplar).state == State.PUBLICISED
    told = {"step": State.REPLICATED, "by": cast.hanh}
    place = " 3  chi hội "
    done = actions.take_step(exemplar, on=date(2023, 5, 1), replicated_to=place, **told)
    assert (done.state, done.replicated_to) == (State.REPLICATED, "3 chi hội")
    back = actions.take_back_step(done, reason="Ghi nhầm", **told)
    assert (back.state, back.replicated_to) == (State.PUBLICISED, "")


def test_the_first_publication_counts_and_the_last_one_removed_clears_it(cast, introduce):
    exemplar = introduce()
    later, earlier = (publish(exemplar, published_on=day) for day in (APRIL, MARCH))
    assert fresh(exemplar).publicised_on == MARCH
    actions.remove_publication(earlier, reason="Ghi nhầm", by=cast.hanh)
    assert fresh(exemplar).publicised_on == APRIL
    actions.remove_publication(later, reason="Ghi nhầm", by=cast.hanh)
    assert (fresh(exemplar).publicised_on, fresh(exemplar).state) == (None, State.INTRODUCED)


def test_a_person_is_publicised_only_with_her_consent(unasked):
    for told, words in (({}, "đồng ý"), ({"consent_on": today() + timedelta(1)}, "chưa tới")):
        with pytest.raises(Refused, match=words) as refusal:
            publish(unasked, **told)
        assert refusal.value.field == "consent_on"
    assert Publication.objects.count() == 0
    assert fresh(unasked).consent_on is None


def test_consent_may_be_given_with_the_first_publication(unasked):
    publish(unasked, consent_on=AGREED, consent_note=" Giấy  đồng ý ")
    found = fresh(unasked)
    assert (found.state, found.consent_on) == (State.PUBLICISED, AGREED)
    assert found.consent_note == "Giấy đồng ý"
    publish(found, consent_on=date(2023, 2, 9))
    assert fresh(unasked).consent_on == AGREED


def test_consent_recorded_beforehand_is_enough(cast, unasked):
    publish(SPECIMEN.do("edit", unasked, consent_on=AGREED, by=cast.hanh))
    assert fresh(unasked).state == State.PUBLICISED


@pytest.mark.parametrize(
    ("details", "changes"),
    [
        ({"kind": "model", "consent_on": None}, {"kind": "person"}),
        ({"kind": "person"}, {"consent_on": None}),
    ],
)
def test_nobody_is_publicised_without_consent_by_a_correction(cast, introduce, details, changes):
    publish(exemplar := introduce(**details))
    with pytest.raises(Refused) as refusal:
        SPECIMEN.do("edit", fresh(exemplar), by=cast.hanh, **changes)
    assert refusal.value.field == "consent_on"
    assert fresh(exemplar).kind == details["kind"]


def test_nothing_is_published_before_it_is_introduced(find, introduce):
    with pytest.raises(Refused, match="giới thiệu"):
        publish(find())
    exemplar = introduce()
    with pytest.raises(Refused, match="giới thiệu"):
        publish(exemplar, published_on=exemplar.introduced_on - timedelta(1))


def test_what_was_published_is_not_removed_as_a_whole(cast, introduce):
    publish(exemplar := introduce())
    with pytest.raises(Refused, match="lượt tuyên truyền"):
        actions.remove_exemplar(exemplar, reason="Ghi nhầm", by=cast.hanh)


def test_publications_follow_their_exemplar_to_another_unit(cast, introduce):
    publication = publish(exemplar := introduce())
    SPECIMEN.do("edit", fresh(exemplar), unit=cast.units.hamlet_2, by=cast.hanh)
    publication.refresh_from_db()
    assert publication.unit_id == cast.units.hamlet_2.pk
