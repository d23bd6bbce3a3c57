"""How each verb of the exemplars room is called without a page."""

from datetime import date

from sohoi.kit.testing import Act
from sohoi.lib.doubts import believing
from sohoi.programmes.exemplars import actions

FOUND = {
    "kind": "model",
    "title": "Hũ gạo tình thương",
    "field": "charity",
    "found_on": date(2023, 1, 10),
}
DAY, LATER, WHY = date(2023, 2, 1), date(2023, 3, 1), {"reason": "Ghi nhầm"}
RECORDERS, PUBLICISERS = "hanh lan thu xuan", "hanh thu xuan"


def find(unit, by=None):
    with believing(None):
        return actions.find_exemplar(unit=unit, **FOUND, by=by)


def introduce(unit):
    return actions.take_step(find(unit), step="introduced", on=DAY, by=None)


def publish(unit):
    return actions.publish(introduce(unit), channel="zalo", published_on=LATER, by=None)


def replicate(exemplar):
    return actions.take_step(exemplar, step="replicated", on=LATER, by=None)


def acts() -> dict[str, Act]:
    return {
        "exemplars.find": Act(RECORDERS, lambda unit: unit, find, begins=True),
        "exemplars.edit": Act(
            RECORDERS,
            find,
            lambda one, by: actions.edit_exemplar(one, version=1, summary="Hay", by=by),
        ),
        "exemplars.remove": Act(
            RECORDERS, find, lambda one, by: actions.remove_exemplar(one, **WHY, by=by)
        ),
        "exemplars.step": Act(
            PUBLICISERS,
            introduce,
            lambda one, by: actions.take_step(one, step="replicated", on=LATER, by=by),
            close=replicate,
        ),
        "exemplars.correct": Act(
            PUBLICISERS,
            introduce,
            lambda one, by: actions.correct_step(one, step="introduced", on=LATER, **WHY, by=by),
            close=replicate,
            refused_when_closed=False,
        ),
        "exemplars.take_back": Act(
            PUBLICISERS,
            introduce,
            lambda one, by: actions.take_back_step(one, step="introduced", **WHY, by=by),
            close=replicate,
        ),
        **publications(),
    }


def publications() -> dict[str, Act]:
    return {
        "exemplars.publish": Act(
            PUBLICISERS,
            introduce,
            lambda one, by: actions.publish(one, channel="zalo", published_on=LATER, by=by),
            close=replicate,
            refused_when_closed=False,
        ),
        "exemplars.edit_publication": Act(
            PUBLICISERS,
            publish,
            lambda one, by: actions.edit_publication(one, version=1, outlet="Báo", **WHY, by=by),
        ),
        "exemplars.remove_publication": Act(
            PUBLICISERS, publish, lambda one, by: actions.remove_publication(one, **WHY, by=by)
        ),
    }
