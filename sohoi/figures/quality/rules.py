"""When a number looks wrong beside a unit's own earlier numbers: plain rules on plain numbers."""

from collections.abc import Sequence
from statistics import fmean, median

from sohoi.kit.indicators import Kind

FALL, JUMP, OUTLIER = "fall", "jump", "outlier"
LEAST_KNOWN = 4
LIMIT = 3.5
LEAST_CHANGE = 5


def unlike(kind: Kind, value: int, before: Sequence[int | None], *, scale: int = 1) -> str:
    """What is odd in a value beside those of the periods before, newest first: a stock that
    jumped, a sum since the start that fell, a flow far from its history; "" when nothing is."""
    last = before[0] if before else None
    if kind == Kind.STOCK:
        return JUMP if is_jump(value, last, scale=scale) else ""
    if kind == Kind.SINCE:
        return FALL if has_fallen(value, last) else ""
    return OUTLIER if is_outlier(value, before, scale=scale) else ""


def score(value: float, history: Sequence[float]) -> float | None:
    """The modified z-score of a value against its history; None when the history never varied.

    Iglewicz & Hoaglin, How to Detect and Handle Outliers (ASQC, 1993): 0.6745·(x − median)/MAD,
    and where MAD is 0, (x − median)/(1.253314·MeanAD).
    """
    middle = median(history)
    distances = [abs(one - middle) for one in history]
    if spread := median(distances):
        return 0.6745 * (value - middle) / spread
    if spread := fmean(distances):
        return (value - middle) / (1.253314 * spread)
    return None


def is_outlier(value: int, history: Sequence[int | None], *, scale: int = 1) -> bool:
    """Whether a value lies far from the unit's own earlier ones; never on fewer than four.

    Less than five from the middle is never far: small numbers swing by nature. After a history
    that never varied, a change of more than half is.
    """
    known = [one for one in history if one is not None]
    if len(known) < LEAST_KNOWN or abs(value - median(known)) < LEAST_CHANGE * scale:
        return False
    distance = score(value, known)
    if distance is not None:
        return abs(distance) > LIMIT
    return _moved(value, known[0], more_than=0.5, scale=scale)


def is_jump(value: int, before: int | None, *, scale: int = 1) -> bool:
    """Whether a stock moved by more than a quarter and by at least five since the period before."""
    return before is not None and _moved(value, before, more_than=0.25, scale=scale)


def has_fallen(value: int, before: int | None) -> bool:
    """Whether a figure that only ever grows is lower than before."""
    return before is not None and value < before


def _moved(value: int, before: int, *, more_than: float, scale: int) -> bool:
    change = abs(value - before)
    return change >= LEAST_CHANGE * scale and change > more_than * abs(before)
