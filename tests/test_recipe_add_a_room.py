"""The recipe for a new room, carried out to the letter: the house accepts what it makes."""

import re
import sys
from pathlib import Path

import pytest

from tests import databases, removal
from tests.test_house_rules import telling_lines

ROOT = Path(__file__).resolve().parents[1]
ROOM = "sohoi/programmes/flower_roads"
SETTINGS, GLOSSARY = "sohoi/config/settings.py", "GLOSSARY.md"
ACCEPTED_BY = (
    "tests/test_access.py",
    "tests/test_verbs.py",
    "tests/test_undo.py",
    "tests/test_specimens.py",
    "tests/test_lives.py",
    "tests/test_constraints.py",
    "tests/test_docs.py::test_every_model_is_in_the_glossary",
    "tests/test_docs.py::test_every_indicator_is_in_the_glossary",
    "tests/test_house_rules.py::test_every_room_in_the_settings_is_registered",
    "tests/test_removal.py",
)
# What is tried on each room or verb is tried on this one.
TRIED_ON_EACH = "test_verbs or test_undo or test_specimens or test_lives or test_constraints"
ONLY = f"flower_roads or every or not ({TRIED_ON_EACH})"
BIN = Path(sys.executable).parent
_BLOCK = re.compile(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> dict[str, str]:
    """The code blocks of the recipe, by the file name above each."""
    text = (ROOT / "docs" / "recipes" / "add-a-room.md").read_text(encoding="utf-8")
    found = _BLOCK.findall(text)
    assert len(found) == text.count("\n```") / 2, "a block without a file name"
    return dict(found)


def follow_the_recipe(house: Path) -> None:
    """Write each block where the recipe says it belongs."""
    for name, content in blocks().items():
        if name == SETTINGS:
            settings = house / SETTINGS
            text = settings.read_text(encoding="utf-8")
            settings.write_text(text.replace("ROOMS = [\n", f"ROOMS = [\n{content}"), "utf-8")
        elif name == GLOSSARY:
            with (house / GLOSSARY).open("a", encoding="utf-8") as glossary:
                glossary.write(content)
        else:
            target = house / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")
    (house / ROOM / "tests" / "__init__.py").touch()


def test_a_room_is_cheap(tmp_path):
    """Beside its demo, as the house counts: imports and closing brackets are lines too."""
    room = {name: text for name, text in blocks().items() if ROOM in name and "tests/" not in name}
    assert len(room) == 13
    del room[f"{ROOM}/demo.py"]
    for name, text in room.items():
        (tmp_path / Path(name).name).write_text(text, encoding="utf-8")
    assert sum(telling_lines(path) for path in tmp_path.iterdir()) <= 220


def test_the_tests_of_a_room_say_only_what_is_its_own():
    tests = [text for name, text in blocks().items() if f"{ROOM}/tests/" in name]
    assert len(tests) == 3
    assert sum(len(text.splitlines()) for text in tests) <= 110


@pytest.mark.slow
def test_a_room_made_from_the_recipe_stands(db):
    begin = databases.made(databases.EMPTY)
    with removal.copied() as house:
        follow_the_recipe(house)

        def run(*command: str) -> None:
            done = removal.run_in(house, *command, DATABASE_URL=databases.address(begin))
            assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}"

        manage, ruff = (sys.executable, "-m", "sohoi", "manage"), (sys.executable, "-m", "ruff")
        run(*manage, "makemigrations", "flower_roads")
        run(*ruff, "check", "--fix", f"{ROOM}/migrations")
        run(*ruff, "format", f"{ROOM}/migrations")
        run(*ruff, "check", ROOM)
        run(*ruff, "format", "--check", ROOM)
        run(str(BIN / "lint-imports"))
        done = removal.tests_in(
            house, "-k", ONLY, ROOM, *ACCEPTED_BY, **{databases.BEGIN_WITH: begin}
        )
        assert done.returncode == 0, done.stdout
