"""Who may open which page of the exemplars room: a model of hanh's hamlet, published once."""

from sohoi.kit.testing import Page
from sohoi.programmes.exemplars.tests.acts import SPECIMEN

READERS = "hanh lan la thu mai"
RECORDERS = "hanh lan thu"
PUBLICISERS = "hanh thu"


def access(cast) -> dict[str, Page]:
    exemplar = SPECIMEN.make(cast.units.hamlet)
    one, once = {"pk": exemplar.pk}, {"pk": SPECIMEN.add(exemplar, by=cast.hanh).pk}
    publicised = ("correct", "take_back", "step", "publish")
    return {
        "exemplars:list": Page(f"{READERS} xuan"),
        "exemplars:create": Page(f"{RECORDERS} xuan"),
        "exemplars:detail": Page(READERS, one),
        "exemplars:edit": Page(RECORDERS, one),
        "exemplars:remove": Page(RECORDERS, one),
        **{f"exemplars:{name}": Page(PUBLICISERS, one) for name in publicised},
        "exemplars:publication": Page(READERS, once),
        "exemplars:edit_publication": Page(PUBLICISERS, once),
        "exemplars:remove_publication": Page(PUBLICISERS, once),
    }
