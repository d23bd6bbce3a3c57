"""Who may open which page of the exemplars room: a model of hanh's hamlet, published once."""

from datetime import date

from sohoi.kit.testing import Page, Specimen
from sohoi.programmes.exemplars import actions
from sohoi.programmes.exemplars.models import LIFE
from sohoi.programmes.exemplars.tests.acts import DAY, FOUND

READERS = "hanh lan la thu mai"
RECORDERS = "hanh lan thu"
PUBLICISERS = "hanh thu"


def access(cast) -> dict[str, Page]:
    exemplar = actions.find_exemplar(
        unit=cast.units.hamlet,
        kind="model",
        title="Tổ phụ nữ nuôi sò huyết",
        field="economy",
        found_on=date(2023, 1, 10),
        by=cast.lan,
    )
    exemplar = actions.take_step(
        exemplar, step=LIFE.next(exemplar).state, on=date(2023, 2, 1), by=cast.hanh
    )
    publication = actions.publish(
        exemplar, channel="zalo", published_on=date(2023, 3, 8), by=cast.hanh
    )
    one, once = {"pk": exemplar.pk}, {"pk": publication.pk}
    return {
        "exemplars:list": Page(f"{READERS} xuan"),
        "exemplars:create": Page(f"{RECORDERS} xuan"),
        "exemplars:detail": Page(READERS, one),
        "exemplars:edit": Page(RECORDERS, one),
        "exemplars:remove": Page(RECORDERS, one),
        "exemplars:correct": Page(PUBLICISERS, one),
        "exemplars:take_back": Page(PUBLICISERS, one),
        "exemplars:step": Page(PUBLICISERS, one),
        "exemplars:publish": Page(PUBLICISERS, one),
        "exemplars:publication": Page(READERS, once),
        "exemplars:publication_edit": Page(PUBLICISERS, once),
        "exemplars:publication_remove": Page(PUBLICISERS, once),
    }


def specimen() -> Specimen:
    def find(unit, **columns):
        found = actions.find_exemplar(unit=unit, **(FOUND | columns), by=None)
        return actions.take_step(found, step="introduced", on=DAY, by=None)

    def publish(exemplar, text):
        told = {"channel": "zalo", "published_on": DAY, "title": text, "outlet": text}
        return actions.publish(exemplar, **told, link="https://example.org/?a=1&b=2", by=None)

    return Specimen(find, "title", publish)
