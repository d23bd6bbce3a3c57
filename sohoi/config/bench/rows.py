"""How a benchmark says what it measured."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case: what we took, what it stands against, and how far ours may go.

    `most` and `least` bound the ratio of ours to theirs; one of the two is given.
    """

    case: str
    ours: float
    unit: str
    against: str
    theirs: float
    most: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.theirs else float("inf")

    @property
    def holds(self) -> bool:
        return (self.most is None or self.ratio <= self.most) and (
            self.least is None or self.ratio >= self.least
        )

    @property
    def bar(self) -> str:
        if self.against == "limit":
            return f"≤ {self.theirs:g} {self.unit}"
        if self.most is None and self.least is None:
            return ""
        return f"≤ {self.most:g} ×" if self.most is not None else f"≥ {self.least:.3g} ×"

    def as_dict(self) -> dict:
        return {
            "case": self.case,
            "ours": round(self.ours, 2),
            "unit": self.unit,
            "against": self.against,
            "theirs": round(self.theirs, 2),
            "ratio": round(self.ratio, 3),
            "bar": self.bar,
            "holds": self.holds,
        }


def limit(case: str, ours: float, unit: str, most: float) -> Row:
    """Ours against a bar that is not measured."""
    return Row(case=case, ours=ours, unit=unit, against="limit", theirs=most, most=1)


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """How long each of the rounds took; one before them warms up, as in a running server."""
    work()
    gc.collect()
    gc.freeze()
    took = []
    for _round in range(rounds):
        start = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - start))
    return took


def p95(took: list[float]) -> float:
    return quantiles(took, n=20)[-1]
