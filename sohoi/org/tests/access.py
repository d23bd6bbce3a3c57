"""Who may open which page of the organisation: each her own units and those below them."""

from datetime import date

from sohoi.kit.testing import Page
from sohoi.org.models import Reorganisation
from sohoi.org.picking import any_below

FROM_THE_COMMUNE_UP = "hanh la thu mai quan"


def access(cast) -> dict[str, Page]:
    commune = {"pk": cast.units.commune.pk}
    done = Reorganisation.objects.create(on=date(2020, 1, 1), title="Thử", fingerprint="0" * 64)
    offered = f"trong={any_below([cast.units.district.pk]).sign()}"
    return {
        "org:tree": Page("*"),
        "org:unit": Page(FROM_THE_COMMUNE_UP, commune),
        "org:pick": Page("la thu mai quan", query=offered),
        "org:below": Page(FROM_THE_COMMUNE_UP, commune),
        "org:reorganisations": Page("quan"),
        "org:reorganise": Page("quan"),
        "org:plan_file": Page("quan", {"pk": done.pk}),
    }
