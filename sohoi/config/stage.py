"""What the demo's rooms are given: units of 2023, invented people, exact shares of a total."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sohoi.org.choices import Tier
from sohoi.org.models import Unit, UnitVersion
from sohoi.org.queries import Place, at_tier

CUT_OFF = date(2023, 6, 30)
CA_MAU, BAC_LIEU = "96", "95"
# The commune of the demo's officer and branch head.
HOME_COMMUNE, OTHER_COMMUNE = "32185", "31894"

# The most common family, middle and given names of the delta, drawn at random: invented people.
_FAMILY = (
    "Nguyễn Trần Lê Phạm Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Phan Trương Thạch Danh Lâm".split()
)
_MIDDLE = "Thị Ngọc Thu Kim Mỹ Thanh Hồng Bích Cẩm Tuyết Diễm Phương".split()
_WOMEN = (
    "Lan Hoa Hồng Cúc Mai Đào Huệ Thảo Ngân Nhung Yến Loan Phượng Hằng Nga Thuý Trinh Diệu Sương "
    "Kiều Lài Tươi Út Ngoan Thắm Duyên Hạnh Nhàn Chi Vân Trang Oanh"
).split()
_MEN = "Hùng Dũng Tâm Phúc Lộc Thành Nhân Nghĩa Tín Minh Khánh Toàn Vinh Sơn Hải Long".split()


@dataclass(frozen=True)
class Province:
    """A demo province on the cut-off day: its communes and the hamlet branches of each."""

    place: Place
    communes: list[Place]
    districts: list[Place]
    hamlets: dict[UUID, list[UUID]]


@dataclass
class Stage:
    """One seed, so that every load of the demo gives the same records.

    `by` writes them: the officer of the province that was entered last.
    """

    by: Any
    provinces: dict[str, Province]
    writers: dict[str, Any] = field(default_factory=dict)
    home_commune: str = HOME_COMMUNE
    other_commune: str = OTHER_COMMUNE
    random: Random = field(default_factory=lambda: Random(20230630))

    def enter(self, code: str) -> Province:
        """The province with this code; from now on its officer writes."""
        self.by = self.writers.get(code, self.by)
        return self.provinces[code]

    def woman(self) -> str:
        return self._name(_WOMEN, _MIDDLE)

    def man(self) -> str:
        return self._name(_MEN, ["Văn", "Hữu", "Minh", "Hoàng", "Thanh"])

    def _name(self, given: Sequence[str], middle: Sequence[str]) -> str:
        pick = self.random.choice
        return f"{pick(_FAMILY)} {pick(middle)} {pick(given)}"

    def share(self, total: int, parts: int, *, least: int = 0) -> list[int]:
        """`parts` whole numbers, each at least `least`, that add up to `total` exactly."""
        free = total - least * parts
        if free < 0:
            raise ValueError(f"{total} cannot be shared into {parts} parts of at least {least}")
        weights = [self.random.uniform(0.5, 1.5) for _ in range(parts)]
        shares = [int(free * weight / sum(weights)) for weight in weights]
        for index in self.random.sample(range(parts), free - sum(shares)):
            shares[index] += 1
        return [least + share for share in shares]

    def scatter(self, total: int, places: Sequence[Any]) -> list[Any]:
        """`total` places, each taken about equally often, in a random order."""
        rounds = [*places] * (total // len(places) + 1)
        chosen = rounds[: total - total % len(places)]
        chosen += self.random.sample([*places], total % len(places))
        self.random.shuffle(chosen)
        return chosen

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def hamlet(self, province: Province, commune: Place) -> Unit:
        """One of the commune's hamlet branches."""
        return Unit(pk=self.random.choice(province.hamlets[commune.id]))


def province_on_stage(code: str) -> Province:
    """The demo province with this code on the cut-off day."""
    version = UnitVersion.objects.on(CUT_OFF).select_related("kind").get(code=code)
    (place,) = at_tier([version.unit_id], Tier.PROVINCE, on=CUT_OFF)
    hamlets = defaultdict(list)
    branches = UnitVersion.objects.on(CUT_OFF).under([place.id], on=CUT_OFF)
    for parent, unit in branches.filter(kind_id="branch").values_list("parent_id", "unit_id"):
        hamlets[parent].append(unit)
    return Province(
        place=place,
        communes=at_tier([place.id], Tier.COMMUNE, on=CUT_OFF),
        districts=at_tier([place.id], Tier.DISTRICT, on=CUT_OFF),
        hamlets=dict(hamlets),
    )
