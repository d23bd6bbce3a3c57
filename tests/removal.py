"""What the removal of a room can break, and where each is found.

An import of the room breaks the layers and the collecting of tests. A name in a string (a page, an
indicator, a migration) is read in the files themselves (`mentions`). An engine that needs some room
fails when there is none, one that needs a certain room when that one is gone. So the engines' tests
run once without any room, save those of layers that know no business word; and for each room only
what is marked `removal` runs: checks, migrations, registry, pages of the engines. Tests of other
rooms are not run again: nothing in them can know the room that left. So the time grows by one
short run a room, and not by the square of the rooms.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from psycopg.errors import DependentObjectsStillExist
from psycopg.sql import SQL, Identifier

from tests import databases

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = Path("sohoi/config/settings.py")
PROGRAMMES = Path("sohoi/programmes")
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis"
)
WITHOUT_ANY = (
    "-m",
    "not browser and not slow and not rooms",
    "--ignore=sohoi/lib",
    "--ignore=sohoi/ui",
    "--ignore=sohoi/reports/rendering",
)

REMOVAL = ("-m", "removal", "-o", "python_files=test_*.py standing.py")


def rooms(root: Path = ROOT) -> list[str]:
    """The dotted names in the list ROOMS of the settings."""
    text = (root / SETTINGS).read_text(encoding="utf-8")
    block = text.split("\nROOMS = [\n")[1].split("]\n")[0]
    return re.findall(r'^ *"([a-z_.]+)",$', block, re.MULTILINE)


def copy_product(target: Path) -> None:
    """The product as git would commit it now, or all of it where there is no git."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        shutil.copytree(ROOT, target, ignore=NOT_COPIED)
        return
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


@contextmanager
def copied(*removed: str) -> Iterator[Path]:
    """A copy of the product with these rooms' folders and lines removed."""
    with tempfile.TemporaryDirectory() as temporary:
        house = Path(temporary) / "sohoi"
        copy_product(house)
        settings = house / SETTINGS
        text = settings.read_text(encoding="utf-8")
        for room in removed:
            shutil.rmtree(house / room.replace(".", "/"))
            text = re.sub(rf'\n *"{re.escape(room)}",', "", text)
        settings.write_text(text, encoding="utf-8")
        try:
            yield house
        finally:
            databases.forget(house)


def tests_in(house: Path, *options: str, **environment: str) -> subprocess.CompletedProcess:
    """The tests of a copy; its own code must win over the installed product."""
    return run_in(house, sys.executable, "-m", "pytest", "-q", *options, **environment)


def run_in(
    house: Path, *command: str, quiet: bool = True, **environment: str
) -> subprocess.CompletedProcess:
    known = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    known |= {"PYTHONPATH": str(house), **environment}
    said = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} if quiet else {}
    return subprocess.run(command, cwd=house, env=known, check=False, **said)


def without_any(*parallel: str) -> str:
    """What fails in a product without rooms; "" when all of it stands."""
    with copied(*rooms()) as house:
        done = tests_in(house, *parallel, *WITHOUT_ANY)
    return done.stdout if done.returncode else ""


def without_each(names: Sequence[str]) -> dict[str, str]:
    """What fails when this room alone is gone, by room; "" when all of it stands."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(names, pool.map(without, names), strict=True))


def without(room: str, sow: Callable[[Path], None] = lambda house: None) -> str:
    """`sow` spoils the copy, to see that it is noticed."""
    with copied(room) as house:
        sow(house)
        begin = f"{databases.house(house)}_begin"
        databases.copy(databases.made(databases.EMPTY), begin)
        try:
            drop_tables(begin, room.rpartition(".")[2])
        except DependentObjectsStillExist as error:
            return str(error)
        done = tests_in(house, *REMOVAL, **{databases.BEGIN_WITH: begin})
    return done.stdout if done.returncode else ""


def drop_tables(database: str, label: str) -> None:
    """In one statement and without CASCADE: whatever else depends on them stops it."""
    longer = [r.rpartition(".")[2] for r in rooms() if f".{label}_" in r]
    with databases.server(database) as held:
        found = held.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [
            name
            for (name,) in found.fetchall()
            if name.startswith(f"{label}_") and not name.startswith(tuple(f"{r}_" for r in longer))
        ]
        names = SQL(", ").join(map(Identifier, tables))
        held.execute(SQL("DROP TABLE {}").format(names))
        held.execute("DELETE FROM django_migrations WHERE app = %s", [label])


def mentions(root: Path = ROOT) -> list[str]:
    """Where the product or another room says the name of a room: `file:line what`."""
    labels = [room.rpartition(".")[2] for room in rooms(root)]
    found = []
    for path in sorted((root / "sohoi").rglob("*")):
        local = path.relative_to(root)
        own = local.parts[2] if local.is_relative_to(PROGRAMMES) and len(local.parts) > 3 else ""
        if path.suffix not in {".py", ".html"} or (not own and "tests" in local.parts):
            continue
        others = [label for label in labels if label != own]
        if local == SETTINGS or not others:
            continue
        said = _strings(path) if path.suffix == ".py" else _lines(path)
        names = "|".join(others)
        # A page, a key, a path, a migration; a word alone may be any word.
        name = re.compile(rf"(?<![\w.])(?:sohoi\.programmes\.)?(?:{names})[.:/]\w")
        found += [f"{local}:{line} {text.strip()}" for line, text in said if name.search(text)]
    return found


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings; a pair of them as `first.second`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value
        elif isinstance(node, ast.Tuple | ast.Call):
            parts = node.elts if isinstance(node, ast.Tuple) else node.args
            words = [part.value for part in parts[:2] if isinstance(part, ast.Constant)]
            if len(words) == 2 and all(isinstance(word, str) for word in words):
                yield node.lineno, ".".join(words)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
