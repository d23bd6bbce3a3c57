"""The screen typeface keeps every letter of Vietnamese, and is cut again only when it must be."""

from itertools import product
from unicodedata import normalize

import pytest
from fontTools.ttLib import TTFont

from sohoi.ui import fonts

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
MARKED = {normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)} - {*"aeiouy"}
LETTERS = {letter for pair in MARKED | {"đ"} for letter in (pair, pair.upper())}
SIGNS = "₫–—…“”‘’·×²−≥≤"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return fonts.build(tmp_path_factory.mktemp("fonts"))


def test_every_vietnamese_letter_is_there(built):
    assert len(LETTERS) == 134
    assert len(built) == 2
    for path in built:
        with TTFont(path) as font:
            kept = font.getBestCmap()
        wanted = LETTERS | {chr(code) for code in range(0x20, 0x7F)} | {*SIGNS}
        assert [letter for letter in sorted(wanted) if ord(letter) not in kept] == []


def test_digits_have_one_width_where_columns_ask_for_it(built):
    for path in built:
        with TTFont(path) as font:
            digits = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
            (feature,) = font["GSUB"].table.FeatureList.FeatureRecord
            (lookup,) = font["GSUB"].table.LookupList.Lookup
            widths = {name: width for name, (width, _bearing) in font["hmtx"].metrics.items()}
        assert feature.FeatureTag == "tnum"
        assert len({widths[digit] for digit in digits}) > 1
        assert len({widths[lookup.SubTable[0].mapping[digit]] for digit in digits}) == 1


def test_they_are_cut_once(built):
    before = [path.stat().st_mtime_ns for path in built]
    assert fonts.build(built[0].parent) == built
    assert [path.stat().st_mtime_ns for path in built] == before


def test_another_recipe_cuts_them_again_to_the_same_bytes(built):
    first = built[0].read_bytes()
    built[0].write_bytes(b"cut by an older version")
    (built[0].parent / "recipe.txt").write_text("older", encoding="ascii")
    fonts.build(built[0].parent)
    assert built[0].read_bytes() == first
