"""Every act on a record can be taken back at once, as a whole, and only by whoever did it."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.forms.models import model_to_dict

from sohoi.audit.models import Change
from sohoi.kit import rooms
from sohoi.kit.refusals import OutOfReach, Refused
from sohoi.records import undo as taking_back
from sohoi.records.models import Record, Row
from tests.test_verbs import ACTS

pytestmark = pytest.mark.rooms


def standing(room: str) -> dict:
    """Every row of the room with its columns, but for the counter of writes."""
    return {
        (model.__name__, row.pk): model_to_dict(row, exclude=["version"])
        | {f.attname: getattr(row, f.attname) for f in model._meta.fields if f.generated}
        for model in apps.get_app_config(room).get_models()
        for row in model.objects.all()
    }


def record_of(verb: str) -> Record:
    """The record that the last change of this room was about."""
    last = Change.objects.filter(kind__startswith=f"{rooms.verbs()[verb].room}.").latest("id")
    model = apps.get_model(last.kind)
    if issubclass(model, Row):
        model = model._meta.get_field(model.within).related_model
    return model(pk=last.parent_id or last.object_id)


def take_back(record: Record, by):
    url = urlsplit(taking_back.undo_url(record, by))
    moment = datetime.fromtimestamp(float(parse_qs(url.query)["luc"][0]), UTC)
    return taking_back.undo(type(record), record.pk, at=moment, by=by)


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_an_act_is_taken_back_as_a_whole(cast, verb):
    act, room = ACTS[verb], rooms.verbs()[verb].room
    made = act.make(cast.units.hamlet)
    before = standing(room)
    act.call(made, cast.hanh)
    record = record_of(verb)
    take_back(record, cast.hanh)
    assert standing(room) == before


@pytest.mark.parametrize("verb", sorted(v for v in ACTS if not ACTS[v].begins))
def test_nobody_else_takes_it_back_nor_whoever_may_not_any_more(cast, verb):
    act = ACTS[verb]
    made = act.make(cast.units.hamlet)
    act.call(made, cast.hanh)
    record = record_of(verb)
    assert taking_back.undo_url(record, cast.thu) == ""
    with pytest.raises(OutOfReach):
        taking_back.undo(type(record), record.pk, at=Change.objects.latest("id").at, by=cast.thu)
    cast.hanh.appointments.update(valid_from=datetime.now(UTC).date() - timedelta(days=9))
    cast.hanh.appointments.update(valid_to=datetime.now(UTC).date() - timedelta(days=1))
    del cast.hanh.appointments_today
    with pytest.raises(OutOfReach):
        take_back(record, cast.hanh)


def test_what_others_built_upon_is_not_undone(cast):
    verb = next(v for v in sorted(ACTS) if v.endswith(".edit"))
    act = ACTS[verb]
    made = act.make(cast.units.hamlet)
    act.call(made, cast.hanh)
    record, moment = record_of(verb), Change.objects.latest("id").at
    type(made).objects.filter(pk=made.pk).update(code="MA-2")
    with pytest.raises(Refused):
        taking_back.undo(type(record), record.pk, at=moment, by=cast.hanh)


def test_only_records_can_be_named(client, cast, sign_in):
    for kind in ("accounts.user", "org.unit", "nothing", "audit.entry", "a.b.c"):
        response = sign_in(cast.hanh).post(f"/ho-so/{kind}/{cast.hanh.pk}/hoan-tac/?luc=1")
        assert response.status_code == 404
