"""Who may open which page of the organisation: each her own units and those below them."""

from sohoi.kit.testing import Page

FROM_THE_COMMUNE_UP = "hanh la thu mai quan"


def access(cast) -> dict[str, Page]:
    commune = {"pk": cast.units.commune.pk}
    return {
        "org:tree": Page("*"),
        "org:unit": Page(FROM_THE_COMMUNE_UP, commune),
        "org:below": Page(FROM_THE_COMMUNE_UP, commune),
    }
