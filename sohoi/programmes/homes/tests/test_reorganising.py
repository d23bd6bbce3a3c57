"""Houses of a unit that ends."""

from datetime import date

from sohoi.org import reorganising
from sohoi.org.plan import HEADER
from sohoi.programmes.homes.choices import PovertyClass, Work
from sohoi.programmes.homes.models import Home

LINES = (",".join(HEADER), "found,,40001,Xã Mới,commune,96", "merge,32101,40001")
PLAN = "\n".join(LINES).encode()


def test_houses_dated_after_the_unit_ends_forbid_the_day(cast):
    Home.objects.create(
        code="H1",
        unit=cast.units.commune_2,
        household="Hộ A",
        search_key="ho a",
        poverty_class=PovertyClass.values[0],
        work=Work.NEW,
        proposed_on=date(2025, 6, 1),
        surveyed_on=date(2025, 6, 2),
        approved_on=date(2025, 6, 3),
        started_on=date(2025, 7, 8),
    )
    (fault,) = reorganising.preview(PLAN, date(2025, 7, 1)).faults
    assert (fault.code, "1 hồ sơ" in fault.text) == ("32101", True)
    assert reorganising.preview(PLAN, date(2025, 7, 9)).faults == []
