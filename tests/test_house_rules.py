"""The rules of the house that a linter does not know."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from sohoi.kit.rooms import RoomConfig, rooms

TEMPLATE_LINE = 140
ROOT = Path(__file__).resolve().parents[1]
FILE, FUNCTION, VIEW, TEMPLATE, ROOM, KIT = 400, 40, 25, 150, 1500, 900
TELLING, TESTS = 460, 400
# Telling lines beside the demo, and all lines of tests: tables, specimen and builders too. What two
# rooms test alike belongs into `tests/`, on the specimen of each.
LARGER = {"addresses": (779, 492), "exemplars": (593, 509)}
SLACK = 25
FORBIDDEN_NAMES = {
    "utils.py",
    "helpers.py",
    "common",
    "core",
    "services.py",
    "signals.py",
    "misc.py",
}


def tracked(*suffixes: str) -> list[Path]:
    """Files of the product, tracked or about to be."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        names = [str(p.relative_to(ROOT)) for p in (ROOT / "sohoi").rglob("*")]
    else:
        names = listed.stdout.splitlines()
    return sorted(ROOT / n for n in names if n.endswith(suffixes) and (ROOT / n).is_file())


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def python_files() -> list[Path]:
    found = [path for path in tracked(".py") if "migrations" not in path.parts]
    assert len(found) > 60
    return found


def functions(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_are_small():
    found = [p for p in tracked(".py", ".html", ".css", ".js") if p.parent.name != "migrations"]
    assert len(found) > 80
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in found if lines(p) > FILE] == []


def test_templates_are_small():
    found = tracked(".html")
    assert len(found) > 15
    assert [f"{p.relative_to(ROOT)}: {lines(p)}" for p in found if lines(p) > TEMPLATE] == []


def test_lines_of_templates_are_short():
    found = [*tracked(".html")]
    assert len(found) > 40
    long = [
        f"{path.relative_to(ROOT)}:{number}: {len(line)}"
        for path in found
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > TEMPLATE_LINE
    ]
    assert long == []


def test_functions_are_small():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in functions(path)
        if node.end_lineno - node.lineno + 1
        > (VIEW if path.name == "views.py" or path.parent.name == "views" else FUNCTION)
    ]
    assert long == []


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_there_is_no_drawer_of_odds_and_ends():
    named = [p for p in python_files() if FORBIDDEN_NAMES & {p.name, *p.relative_to(ROOT).parts}]
    assert named == []


def test_no_star_imports_generic_keys_or_late_bound_classes():
    pattern = re.compile(r"import \*|GenericForeignKey|apps\.get_model\(|import_string\(")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in python_files()
        if path.parent != ROOT / "tests"
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_rooms_and_kit_stay_small():
    sizes = {
        folder.name: sum(
            lines(p)
            for p in tracked(".py")
            if folder in p.parents and not {"tests", "migrations"} & {*p.parts}
        )
        for folder in [ROOT / "sohoi" / "kit", *(ROOT / "sohoi" / "programmes").iterdir()]
        if folder.is_dir() and not folder.name.startswith("__")
    }
    assert sizes.pop("kit") <= KIT
    assert len(sizes) == len(settings.ROOMS)
    assert {name: size for name, size in sizes.items() if size > ROOM} == {}


def telling_lines(path: Path) -> int:
    """Lines that say something: none that is blank, a comment or of a docstring."""
    text = path.read_text(encoding="utf-8")
    silent = r"\s*(#.*)?$" if path.suffix == ".py" else r"\s*(\{#.*#\}\s*)?$"
    telling = {n for n, x in enumerate(text.splitlines(), 1) if not re.match(silent, x)}
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                telling -= {*range(node.lineno, node.end_lineno + 1)}
    return len(telling)


def test_a_room_says_what_is_its_own_in_few_lines():
    """A room that needs more than its like stands in the table, in which numbers only shrink."""
    found = {}
    for name in settings.ROOMS:
        folder = ROOT / name.replace(".", "/")
        files = [p for p in tracked(".py", ".html") if folder in p.parents]
        own = [p for p in files if not {"tests", "migrations", "demo.py"} & {*p.parts}]
        tests = [p for p in files if "tests" in p.parts]
        assert len(own) > 8
        found[folder.name] = sum(map(telling_lines, own)), sum(map(lines, tests))
    known = {room: told for room, told in LARGER.items() if room in found}
    most = {room: known.get(room, (TELLING, TESTS)) for room in found}
    assert {r: n for r, n in found.items() if n[0] > most[r][0] or n[1] > most[r][1]} == {}
    shrunk = {r: found[r] for r, told in known.items() if sum(told) - sum(found[r]) > SLACK}
    assert shrunk == {}, "Write the smaller numbers into the table, or take the room out of it."


def test_only_what_says_something_is_counted(tmp_path):
    module, page = tmp_path / "a.py", tmp_path / "a.html"
    module.write_text(
        '"""Docs\n\nmore."""\n\n# why\nA = """x\n\ny"""\n\ndef f():\n    "d"\n    return 1\n'
    )
    page.write_text("{# said #}\n\n<p>\n  {# why #} a\n</p>\n")
    assert (telling_lines(module), telling_lines(page)) == (4, 3)


@pytest.mark.removal
def test_every_room_in_the_settings_is_registered():
    configs = [c for c in apps.get_app_configs() if isinstance(c, RoomConfig)]
    assert {room.key for room in rooms()} == {config.label for config in configs}
    assert {c.name for c in configs if ".programmes." in c.name} == set(settings.ROOMS)
    assert len(configs) >= len(settings.ROOMS) + 4


def test_no_inline_style_or_script():
    pattern = re.compile(
        r"<style|style=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", re.IGNORECASE
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked(".html")
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_is_fetched_from_another_host():
    pattern = re.compile(r"(?:src|href|action|url)\s*[=(]\s*[\"']?(?:https?:)?//", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked(".html", ".css", ".js")
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "NotImplementedError"])
def test_nothing_is_left_unfinished(word):
    found = [
        str(path.relative_to(ROOT))
        for path in tracked(".py", ".html", ".js", ".css")
        if path != Path(__file__) and word in path.read_text(encoding="utf-8")
    ]
    assert found == []


# Old and new placing of the tone: DESIGN and the Union's own papers write "uỷ", "hoà", "luỹ kế".
SPELLINGS = dict(
    pair.split(":")
    for pair in "òa:oà óa:oá ỏa:oả õa:oã ọa:oạ òe:oè óe:oé ỏe:oẻ õe:oẽ ọe:oẹ "
    "ùy:uỳ úy:uý ủy:uỷ ũy:uỹ ụy:uỵ".split()
)


def misspelt(text: str) -> list[str]:
    """Words whose tone stands on the other vowel."""
    return re.findall(rf"\w*(?:{'|'.join(SPELLINGS)})\w*", text, re.IGNORECASE)


def test_a_tone_in_the_wrong_place_is_seen():
    assert misspelt("Lũy kế, HÒA giải, uỷ ban, quý, khỏe; ủy quyền, toàn quốc") == [
        *("Lũy", "HÒA", "khỏe", "ủy")
    ]


def test_vietnamese_has_one_spelling():
    # Names of units are written as in their papers; tests, and the list of what people type, hold
    # both on purpose.
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in tracked(".py", ".html", ".js", ".txt", ".po", ".typ")
        if path.is_relative_to(ROOT / "sohoi") and "tests" not in path.parts
        if path.name != "syllables.py"
        for word in misspelt(path.read_text(encoding="utf-8"))
    ]
    assert found == []
