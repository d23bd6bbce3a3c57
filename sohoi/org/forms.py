"""Choosing a unit in a form: only units the person may write to, and never a list of thousands."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sohoi.org.choices import Tier
from sohoi.org.models import Unit, UnitVersion, today
from sohoi.org.queries import Place


def writable_units(roots: Iterable[UUID], working: Place | None) -> list[tuple[str, str]]:
    """(id, name) of the units offered: communes below the working unit, or one's hamlets."""
    tiers = [Tier.COMMUNE]
    within = UnitVersion.objects.on(today()).under(roots)
    if working:
        within = within.under([working.id])
        if working.tier in (Tier.COMMUNE, Tier.BRANCH):
            tiers.append(Tier.BRANCH)
    rows = within.filter(kind__tier__in=tiers).order_by("kind__order", "sort_key")
    return [(str(unit_id), name) for unit_id, name in rows.values_list("unit_id", "name")]


class UnitField(forms.TypedChoiceField):
    """A unit among those that `writable_units` offers; cleans to a `Unit`."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Đơn vị"))
        kwargs.setdefault("coerce", lambda pk: Unit(pk=UUID(pk)))
        super().__init__(**kwargs)

    def offer(
        self, roots: Iterable[UUID], working: Place | None, current: UUID | None = None
    ) -> None:
        """Set the choices; `current` stays offered even when the working unit is another."""
        offered = writable_units(roots, working)
        if current and str(current) not in dict(offered):
            name = (
                UnitVersion.objects.on(today())
                .filter(unit_id=current)
                .values_list("name", flat=True)
            )
            offered.insert(0, (str(current), name.first() or str(current)))
        self.choices = offered if len(offered) == 1 else [("", _("Chọn đơn vị")), *offered]
