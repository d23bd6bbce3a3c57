"""Cuts the screen typeface to the letters that Vietnamese and English pages need."""

import os
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

WEIGHTS = {"regular": 400, "semibold": 600}
# English; Vietnamese; č ƀ ĕ ĭ ŏ ŭ of the Ê Đê, M'Nông and Gia Rai; signs. A letter that is not
# here is shown in the reader's own typeface.
LETTERS = "U+0020-007E,U+00C0-00D6,U+00D9-00DD,U+00E0-00F6,U+00F9-00FD,U+0102-0103,U+010C-010D,"
LETTERS += "U+0110-0111,U+0114-0115,U+0128-0129,U+012C-012D,U+014E-014F,U+0168-0169,U+016C-016D,"
LETTERS += "U+0180,U+01A0-01A1,U+01AF-01B0,U+0243,U+1EA0-1EF9,U+00A0,U+00A7,U+00A9,U+00AB,"
LETTERS += "U+00B0-00B3,U+00B7,U+00BB,U+00D7,U+2010-2014,U+2018-201E,U+2022,U+2026,U+2030,"
LETTERS += "U+2039-203A,U+20AB,U+2190-2193,U+2212,U+2264-2265"
DIGITS = "zero one two three four five six seven eight nine".split()


def source(weight: int) -> Path:
    """The package's file of one upright weight. Raises StopIteration when the package changed."""
    import fontpkg_be_vietnam_pro

    folder = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    names = {400: ("Regular",), 600: ("SemiBold",)}[weight]
    return next(p for p in sorted(folder.rglob("*.ttf")) if p.stem.endswith(names))


def file_name(weight: str) -> str:
    return f"be-vietnam-pro-{weight}.woff2"


def build(target: Path) -> list[Path]:
    """Write the WOFF2 files into `target` unless this module has already written them there."""
    target.mkdir(parents=True, exist_ok=True)
    stamp = target / "recipe.txt"
    recipe = sha256(Path(__file__).read_bytes()).hexdigest()
    is_fresh = stamp.is_file() and stamp.read_text(encoding="ascii") == recipe
    built = []
    for name, weight in WEIGHTS.items():
        path = target / file_name(name)
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
    options.layout_features = ["kern", "tnum"]
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
