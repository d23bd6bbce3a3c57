"""Cuts the screen typeface to the letters that Vietnamese and English pages need."""

import os
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

WEIGHTS = {"regular": 400, "semibold": 600}
# Basic Latin, Latin-1, Latin Extended-A, Ơ Ư, Latin Extended Additional, punctuation, đồng, minus.
LETTERS = "U+0020-007E,U+00A0-017F,U+01A0-01A1,U+01AF-01B0,U+0300-0303,U+0309,U+0323,"
LETTERS += "U+1EA0-1EF9,U+2010-2026,U+2030-203A,U+20AB,U+2212,U+2264-2265"
DIGITS = "zero one two three four five six seven eight nine".split()


def source(weight: int) -> Path:
    """The package's file of one upright weight. Raises StopIteration when the package changed."""
    import fontpkg_be_vietnam_pro

    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    names = {400: ("Regular",), 600: ("SemiBold",)}[weight]
    return next(p for p in sorted(folder.rglob("*.ttf")) if p.stem.endswith(names))


def build(target: Path) -> list[Path]:
    """Write the WOFF2 files into `target` unless this module has already written them there."""
    target.mkdir(parents=True, exist_ok=True)
    stamp = target / "recipe.txt"
    recipe = sha256(Path(__file__).read_bytes()).hexdigest()
    is_fresh = stamp.is_file() and stamp.read_text(encoding="ascii") == recipe
    built = []
    for name, weight in WEIGHTS.items():
        path = target / f"be-vietnam-pro-{name}.woff2"
        if not (is_fresh and path.exists()):
            _cut(source(weight), path)
        built.append(path)
    if not is_fresh:
        stamp.write_text(recipe, encoding="ascii")
    return built


def _cut(original: Path, path: Path) -> None:
    # Only set-up cuts fonts: no other start of the product should load the cutter.
    from fontTools import subset

    options = subset.Options(flavor="woff2", recalc_timestamp=False)
    options.layout_features = ["kern", "mark", "mkmk", "tnum"]
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    with subset.load_font(str(original), options) as font:
        _add_tabular_digits(font)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(LETTERS))
        cutter.subset(font)
        subset.save_font(font, str(unfinished), options)
    unfinished.replace(path)


def _add_tabular_digits(font: Any) -> None:
    """The typeface has no digits of one width, so sums in a column would not stand in line."""
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString

    glyphs, widths = font["glyf"], font["hmtx"]
    width = max(widths[name][0] for name in DIGITS)
    for name in DIGITS:
        shift = (width - widths[name][0]) // 2
        # A copy keeps its hinting: moving sideways changes nothing in height.
        digit = deepcopy(glyphs[name])
        digit.coordinates.translate((shift, 0))
        digit.recalcBounds(glyphs)
        glyphs[f"{name}.tnum"] = digit
        widths[f"{name}.tnum"] = (width, widths[name][1] + shift)
    swaps = "".join(f"sub {name} by {name}.tnum;" for name in DIGITS)
    addOpenTypeFeaturesFromString(font, f"feature tnum {{ {swaps} }} tnum;", tables=["GSUB"])
