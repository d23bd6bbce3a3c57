"""How a figure is worded in prose, so that the sentence stays true when the figure changes."""

from dataclasses import dataclass
from typing import Literal, get_args

from sohoi.lib.money import vnd_prose, vnd_short
from sohoi.lib.numbers import format_scaled, group, in_words

Mode = Literal["exact", "over", "thousands", "words", "money", "at_least"]
Word = Literal["hơn", "trên", "gần"]
_ENGLISH = {"hơn": "more than", "trên": "over", "gần": "nearly", "ít nhất": "at least"}
_LARGE = (
    (1_000_000_000, "tỷ", "billion"),
    (1_000_000, "triệu", "million"),
    (1_000, "ngàn", "thousand"),
)


@dataclass(frozen=True)
class Rounding:
    """The wording an indicator asks for.

    With a `step` (in the unit the reader sees: 100 models, 1 000 000 000 đồng, 10 chỉ) a value
    between two steps is stated as the lower one after `word`: 'hơn 100', 'trên 10 tỷ đồng'. Where
    that would be more than a tenth off, the step is the second digit of the number: 161 is
    'hơn 160', 3,788 tỷ 'trên 3,7 tỷ'. With 'gần' a value not further from the upper step than from
    the lower is stated as the upper one: 198 is 'gần 200', 171 'hơn 170'.
    Modes: 'exact' digits; 'over' digits with a step; 'thousands' 20 ngàn; 'words' hai;
    'money' tỷ and triệu đồng; 'at_least' for targets.
    """

    mode: Mode = "exact"
    step: int = 0
    word: Word = "hơn"

    def __post_init__(self) -> None:
        if self.mode not in get_args(Mode):
            raise ValueError(f"mode must be one of {get_args(Mode)}, not {self.mode!r}")
        if self.word not in get_args(Word):
            raise ValueError(f"word must be one of {get_args(Word)}, not {self.word!r}")
        if self.step < 0 or (self.mode == "over" and not self.step):
            raise ValueError("step must be positive, and mode 'over' needs one")
        if self.step and self.mode not in ("over", "thousands", "money"):
            raise ValueError(f"mode {self.mode!r} takes no step")


def word_figure(
    value: int, rounding: Rounding, noun: str = "", scale: int = 1, *, lang: str = "vi"
) -> str:
    """`value` in words: 'hơn 100 mô hình', '2.370 thành viên', '41,5 tỷ đồng'.

    `value` is in the measure's smallest unit, `scale` of which make the unit shown. Money carries
    its own unit, so `noun` is left out there.
    """
    if rounding.mode == "money" and scale != 1:
        raise ValueError("money is counted in đồng: its scale is 1")
    stated = _stated(value, rounding, scale)
    qualifier = _qualifier(value, stated, rounding.word)
    if rounding.mode == "at_least":
        qualifier = "ít nhất"
    if lang == "en":
        qualifier = _ENGLISH.get(qualifier, "")
    if rounding.mode == "money":
        noun = ""
    parts = (qualifier, _shown(stated, rounding.mode, scale, lang), noun)
    return " ".join(part for part in parts if part)


def _qualifier(value: int, stated: int, word: Word) -> str:
    """What makes the stated number true: more than a lower one, nearly a higher one."""
    if stated == value:
        return ""
    if stated > value:
        return "gần"
    return "hơn" if word == "gần" else word


def _stated(value: int, rounding: Rounding, scale: int) -> int:
    """The number the sentence names: the value itself, or the step below or above it."""
    if not rounding.step or value < rounding.step * scale:
        return value
    if rounding.mode == "money" and vnd_short(value).exact:
        return value
    stated = _stepped(value, rounding.step * scale, rounding.word)
    if 10 * abs(stated - value) <= value:
        return stated
    second_digit = 10 ** max(0, len(str(value // scale)) - 2)
    return _stepped(value, min(rounding.step, second_digit) * scale, rounding.word)


def _stepped(value: int, step: int, word: Word) -> int:
    beyond = value % step
    return value - beyond + (step if word == "gần" and 2 * beyond >= step else 0)


def _shown(stated: int, mode: Mode, scale: int, lang: str) -> str:
    if mode == "money":
        return vnd_prose(stated, lang=lang)
    whole, rest = divmod(stated, scale)
    # Zero stays a digit: 'không mô hình' would read as a denial, not as a count.
    if mode == "words" and not rest and whole:
        return in_words(whole, lang=lang)
    if mode == "thousands" and not rest:
        for size, vietnamese, english in _LARGE:
            if whole >= size and whole % size == 0:
                name = english if lang == "en" else vietnamese
                return f"{group(whole // size, lang=lang)} {name}"
            if whole >= size:
                break
    return format_scaled(stated, scale, lang=lang)
