"""Which units are offered to choose from, and how one is searched for among many."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import OuterRef, QuerySet, Subquery

from sohoi.org.choices import Tier
from sohoi.org.models import UnitVersion, today
from sohoi.org.queries import Place, place_on
from sohoi.ui.lists.choosing import with_words

# A list of so many is looked through at a glance; more are searched.
FEW = 25
MOST_FOUND = 20
_SALT = "org.picking"


@dataclass(frozen=True)
class Offer:
    """Units of some tiers below the roots, and below `within`, as they stand today."""

    roots: tuple[UUID, ...]
    tiers: tuple[str, ...]
    within: UUID | None = None

    def versions(self) -> QuerySet[UnitVersion]:
        """Each with the name of the unit above it, since hamlets of different communes share
        theirs."""
        offered = UnitVersion.objects.on(today()).under(self.roots)
        offered = offered.filter(kind__tier__in=self.tiers)
        if self.within:
            offered = offered.under([self.within])
        return _with_parents(offered).order_by("kind__order", "sort_key", "code")

    def matching(self, text: str) -> QuerySet[UnitVersion]:
        return with_words(self.versions(), "search_key", text)

    def sign(self) -> str:
        """For the address that searches among these units, which nobody can widen."""
        content = [[str(u) for u in self.roots], self.tiers, str(self.within or "")]
        return signing.dumps(content, salt=_SALT)

    @classmethod
    def read(cls, signed: str) -> "Offer":
        """Raises `signing.BadSignature` for what was not signed here."""
        roots, tiers, within = signing.loads(signed, salt=_SALT)
        return cls(tuple(map(UUID, roots)), tuple(tiers), UUID(within) if within else None)


def _with_parents(versions: QuerySet[UnitVersion]) -> QuerySet[UnitVersion]:
    above = UnitVersion.objects.on(today()).filter(unit_id=OuterRef("parent_id")).values("name")
    return versions.annotate(parent_name=Subquery(above[:1])).select_related("kind")


def writable(roots: Iterable[UUID], working: Place | None) -> Offer:
    """Where records are written: communes and hamlets, of the working unit while it stands."""
    # A unit of the past cannot be written to; what follows it can.
    within = working.id if working and place_on(working.id, today()) else None
    return Offer(tuple(roots), (str(Tier.COMMUNE), str(Tier.BRANCH)), within)


def any_below(roots: Iterable[UUID]) -> Offer:
    """Every unit of today below the roots, with the roots themselves."""
    return Offer(tuple(roots), tuple(Tier.values))


def option(version: UnitVersion, *, chosen: bool = False) -> dict[str, Any]:
    """A unit as it is offered: never by its code alone."""
    return {
        "value": str(version.unit_id),
        "name": version.name,
        "kind": str(version.kind),
        "parent": version.parent_name or "",
        "code": version.code,
        "chosen": chosen,
    }


def shown(offer: Offer, text: str, unit: Any = "", kept: UUID | None = None) -> dict[str, Any]:
    """What is there to choose from: the unit that is chosen, then what a search found. `kept` is
    one that may stay chosen wherever it stands."""
    options = _chosen(offer, unit, kept)
    result: dict[str, Any] = {"options": options, "total": None, "more": 0}
    if not text.strip():
        return result
    versions = offer.matching(text)
    matches = [option(version) for version in versions[:MOST_FOUND]]
    total = len(matches) if len(matches) < MOST_FOUND else versions.count()
    known = {one["value"] for one in options}
    others = [one for one in matches if one["value"] not in known]
    return {"options": [*options, *others], "total": total, "more": total - len(matches)}


def _chosen(offer: Offer, unit: Any, kept: UUID | None) -> list[dict[str, Any]]:
    try:
        wanted = UUID(str(unit))
    except ValueError:
        return []
    if wanted == kept:
        versions = _with_parents(UnitVersion.objects.order_by("-valid_from"))
    else:
        versions = offer.versions()
    return [option(v, chosen=True) for v in versions.filter(unit_id=wanted)[:1]]
