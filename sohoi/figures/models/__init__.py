"""The models of figures, by subject."""

from sohoi.figures.models.closed import Closing, FrozenUnit
from sohoi.figures.models.declared import AnswerSet, DeclaredValue, Statement
from sohoi.figures.models.definitions import KEY_FORM, IndicatorDefinition, SourceKind
from sohoi.figures.models.sums import (
    FIRST_MONTH,
    LAST_MONTH,
    Delta,
    Derivation,
    MonthlySums,
)

__all__ = [
    "FIRST_MONTH",
    "KEY_FORM",
    "LAST_MONTH",
    "AnswerSet",
    "Closing",
    "DeclaredValue",
    "Delta",
    "Derivation",
    "FrozenUnit",
    "IndicatorDefinition",
    "MonthlySums",
    "SourceKind",
    "Statement",
]
