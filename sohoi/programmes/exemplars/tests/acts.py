"""A model as the tests make it, and how each verb of its room is called without a page."""

from datetime import date

from sohoi.kit.testing import Act
from sohoi.programmes.exemplars.models import Publication
from sohoi.records.testing import Specimen

SPECIMEN = Specimen(
    "exemplars",
    {
        "kind": "model",
        "title": "Hũ gạo tình thương",
        "field": "charity",
        "found_on": date(2023, 1, 10),
        "consent_on": date(2023, 1, 20),
    },
    code="MH",
    stands="introduced",
    rows={
        Publication: (
            "publish",
            {
                "channel": "zalo",
                "published_on": date(2023, 3, 1),
                "link": "https://example.org/?a=1&b=2",
            },
        )
    },
    asked="thu",
)
RECORDERS, PUBLICISERS = "hanh lan thu xuan", "hanh thu xuan"
TOLD = "publish edit_publication remove_publication"


def acts() -> dict[str, Act]:
    return SPECIMEN.acts(
        {RECORDERS: "find edit remove", PUBLICISERS: f"step correct take_back {TOLD}"},
        changes={"edit": {"summary": "Hay"}, "edit_publication": {"outlet": "Báo"}},
    )
