"""Who may open which page of the figures."""

from sohoi.figures.models import IndicatorDefinition, SourceKind
from sohoi.kit.indicators import Kind
from sohoi.kit.testing import Page

READERS = "hanh lan la thu mai xuan"
DEFINERS = "thu mai"


def access(cast) -> dict[str, Page]:
    shared, own = (
        IndicatorDefinition.objects.create(
            key=key,
            owner=owner,
            title_vi="Hộ được giúp",
            title_en="Households helped",
            kind=Kind.FLOW,
            measure="hộ",
            measure_en="households",
            source=SourceKind.DECLARED,
            tier="commune",
            section="poverty",
        )
        for key, owner in (("access.shared", None), ("access.own", cast.units.province))
    )
    one, hers = {"key": shared.key}, {"key": own.key}
    cell = f"don_vi={cast.units.hamlet.pk}&ky=2023-H1"
    return {
        "figures:board": Page(READERS),
        "figures:definitions": Page(READERS),
        "figures:definition": Page(READERS, one),
        "figures:definition_add": Page(DEFINERS, query="nguon=declared"),
        "figures:definition_edit": Page(DEFINERS, hers),
        "figures:definition_close": Page(DEFINERS, hers),
        "figures:definition_undo": Page(DEFINERS, hers),
        "figures:quality": Page(READERS),
        "figures:explorer": Page(READERS),
        # A unit out of reach is said on the page: it is there, and tells nothing.
        "figures:explorer_cell": Page(READERS, one, query=cell),
        "figures:figure": Page(READERS, one),
    }
