"""The life of an exemplar, and what stops it."""

from datetime import date, timedelta

import pytest

from sohoi.audit.models import Entry
from sohoi.kit.refusals import Refused
from sohoi.lib.text import search_key
from sohoi.org.models import today
from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.choices import State
from sohoi.programmes.exemplars.models import Exemplar, Publication


def fresh(exemplar: Exemplar) -> Exemplar:
    return Exemplar.objects.get(pk=exemplar.pk)


def test_what_is_found_is_stored_tidied_and_searchable(find):
    model, person = find(title="  Hũ   gạo "), find(kind="person", title="Trần Thị Út")
    assert (model.title, model.search_key) == ("Hũ gạo", search_key("Hũ gạo", model.code))
    assert (model.code[:3], person.code[:3]) == ("MH-", "GD-")
    assert model.state == State.FOUND


def test_a_model_is_found_introduced_publicised_and_replicated(cast, introduce, publish):
    exemplar = introduce()
    publish(exemplar, date(2023, 3, 1))
    assert fresh(exemplar).state == State.PUBLICISED
    actions.take_step(
        exemplar,
        step=State.REPLICATED,
        on=date(2023, 5, 1),
        replicated_to="3 chi hội",
        by=cast.hanh,
    )
    assert (fresh(exemplar).state, fresh(exemplar).replicated_to) == ("replicated", "3 chi hội")
    assert set(Entry.objects.filter(object_id=exemplar.pk).values_list("verb", flat=True)) == {
        "exemplars.find",
        "exemplars.step",
    }


def test_the_first_publication_counts_and_the_last_one_removed_clears_it(cast, introduce, publish):
    exemplar = introduce()
    later = publish(exemplar, date(2023, 4, 1))
    earlier = publish(exemplar, date(2023, 3, 1), channel="zalo")
    assert fresh(exemplar).publicised_on == date(2023, 3, 1)
    actions.remove_publication(earlier, reason="Ghi nhầm", by=cast.hanh)
    assert fresh(exemplar).publicised_on == date(2023, 4, 1)
    actions.remove_publication(later, reason="Ghi nhầm", by=cast.hanh)
    assert (fresh(exemplar).publicised_on, fresh(exemplar).state) == (None, State.INTRODUCED)


def test_a_person_is_publicised_only_with_her_consent(introduce, publish):
    person = introduce(kind="person", title="Trần Thị Út")
    with pytest.raises(Refused, match="đồng ý") as refusal:
        publish(person)
    assert refusal.value.field == "consent_on"
    with pytest.raises(Refused, match="chưa tới") as refusal:
        publish(person, consent_on=today() + timedelta(days=1))
    assert refusal.value.field == "consent_on"
    assert Publication.objects.count() == 0
    assert fresh(person).consent_on is None


def test_consent_may_be_given_with_the_first_publication(introduce, publish):
    person = introduce(kind="person", title="Trần Thị Út")
    publish(person, consent_on=date(2023, 2, 1), consent_note=" Giấy  đồng ý ")
    found = fresh(person)
    assert (found.state, found.consent_on) == (State.PUBLICISED, date(2023, 2, 1))
    assert found.consent_note == "Giấy đồng ý"
    publish(found, consent_on=date(2023, 2, 9), channel="zalo")
    assert fresh(person).consent_on == date(2023, 2, 1)


def test_consent_recorded_beforehand_is_enough(cast, introduce, publish):
    person = introduce(kind="person", title="Trần Thị Út")
    actions.edit_exemplar(person, version=person.version, consent_on=date(2023, 2, 1), by=cast.hanh)
    publish(person)
    assert fresh(person).state == State.PUBLICISED


def test_a_publicised_model_does_not_become_a_person_without_consent(cast, introduce, publish):
    publish(exemplar := introduce())
    with pytest.raises(Refused) as refusal:
        actions.edit_exemplar(exemplar, version=exemplar.version, kind="person", by=cast.hanh)
    assert refusal.value.field == "consent_on"
    assert fresh(exemplar).kind == "model"


def test_consent_cannot_be_taken_off_a_publicised_person(cast, introduce, publish):
    person = introduce(kind="person", title="Trần Thị Út", consent_on=date(2023, 1, 20))
    publish(person)
    with pytest.raises(Refused) as refusal:
        actions.edit_exemplar(person, version=fresh(person).version, consent_on=None, by=cast.hanh)
    assert refusal.value.field == "consent_on"


def test_nothing_is_published_before_it_is_introduced(find, introduce, publish):
    with pytest.raises(Refused, match="giới thiệu"):
        publish(find())
    with pytest.raises(Refused, match="giới thiệu"):
        publish(introduce(), date(2023, 1, 31))


def test_a_page_sent_twice_takes_one_step(cast, introduce):
    exemplar = introduce()
    with pytest.raises(Refused, match="đã được ghi"):
        actions.take_step(exemplar, step=State.INTRODUCED, on=date(2023, 2, 2), by=cast.hanh)


def test_days_ahead_and_days_before_the_last_step_are_refused(cast, find):
    tomorrow = today() + timedelta(days=1)
    with pytest.raises(Refused):
        find(found_on=tomorrow)
    for day in (tomorrow, date(2023, 1, 9)):
        with pytest.raises(Refused) as refusal:
            actions.take_step(find(), step=State.INTRODUCED, on=day, by=cast.hanh)
        assert refusal.value.field == "on"


def test_a_correction_keeps_the_steps_in_order(cast, introduce):
    exemplar = introduce()
    with pytest.raises(Refused) as refusal:
        actions.edit_exemplar(
            exemplar, version=exemplar.version, found_on=date(2023, 2, 2), by=cast.hanh
        )
    assert refusal.value.field == "found_on"


def test_a_removed_publication_leaves_its_entry(cast, introduce, publish):
    publication = publish(introduce())
    gone = publication.pk
    actions.remove_publication(publication, reason="Ghi nhầm", by=cast.hanh)
    entry = Entry.objects.get(object_id=gone, verb="exemplars.remove_publication")
    assert (entry.unit_id, entry.actor_id) == (cast.units.hamlet.pk, cast.hanh.pk)


def test_an_edit_over_somebody_elses_is_refused(cast, find):
    exemplar = find()
    actions.edit_exemplar(exemplar, version=1, title="Bếp ăn nghĩa tình", by=cast.hanh)
    with pytest.raises(Refused, match="người khác"):
        actions.edit_exemplar(exemplar, version=1, title="Khác", by=cast.lan)
    assert fresh(exemplar).title == "Bếp ăn nghĩa tình"


def test_publications_follow_their_exemplar_to_another_unit(cast, introduce, publish):
    exemplar = introduce()
    publication = publish(exemplar)
    exemplar = fresh(exemplar)
    actions.edit_exemplar(
        exemplar, version=exemplar.version, unit=cast.units.hamlet_2, by=cast.hanh
    )
    publication.refresh_from_db()
    assert publication.unit_id == cast.units.hamlet_2.pk
