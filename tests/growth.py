"""How the gate grows: `python -m tests.growth 13` times it with that many rooms more.

The rooms are made from the code of the recipe, each under a name of its own, in a copy of the
product; each of their texts is its own translation, without the accents.
"""

import os
import string
import sys
import tempfile
from pathlib import Path

from tests import gate, removal
from tests.test_recipe_add_a_room import GLOSSARY, SETTINGS, blocks

INSIDE = "--inside"
# Run in the copy, whose texts are other than ours.
TRANSLATE = """
import unicodedata
from sohoi.config import translations
catalog = translations.updated("en", translations.extracted())
for message in catalog:
    if message.id and not message.string:
        plain = unicodedata.normalize("NFD", message.id.replace("đ", "d").replace("Đ", "D"))
        message.string = "".join(c for c in plain if not unicodedata.combining(c))
translations.write("en", catalog)
"""


def names(letter: str) -> dict[str, str]:
    """The recipe's names and those of the room with this letter, longer ones first."""
    return {
        "FlowerRoad": f"Garden{letter.upper()}",
        "flower_roads": f"garden_{letter}",
        "flower_road": f"garden_{letter}",
        "duong-hoa": f"vuon-{letter}",
    }


def grow(house: Path, rooms: int) -> None:
    letters = string.ascii_lowercase[:rooms]
    for letter in letters:
        for file, content in blocks().items():
            for old, new in names(letter).items():
                file, content = file.replace(old, new), content.replace(old, new)
            _write(house, file, content)
        (house / f"sohoi/programmes/garden_{letter}/tests/__init__.py").touch()
    manage, ruff = (sys.executable, "-m", "sohoi", "manage"), (sys.executable, "-m", "ruff")
    for command in (
        (*manage, "makemigrations", *(f"garden_{letter}" for letter in letters)),
        (*ruff, "check", "-q", "--fix", "sohoi"),
        (*ruff, "format", "-q", "sohoi"),
        (sys.executable, "-c", TRANSLATE),
    ):
        done = removal.run_in(house, *command)
        if done.returncode:
            raise SystemExit(done.stdout)


def _write(house: Path, file: str, content: str) -> None:
    target = house / file
    if file == SETTINGS:
        text = target.read_text(encoding="utf-8")
        target.write_text(text.replace("\n]\n", f"\n{content}]\n", 1), encoding="utf-8")
    elif file == GLOSSARY:
        with target.open("a", encoding="utf-8") as glossary:
            glossary.write(content)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")


def main(rooms: int) -> int:
    with tempfile.TemporaryDirectory() as temporary:
        house = Path(temporary) / "sohoi"
        removal.copy_product(house)
        os.environ["SOHOI_VAR"] = str(Path(temporary) / "var")
        grow(house, rooms)
        done = removal.run_in(
            house, sys.executable, "-u", "-m", "tests.growth", INSIDE, quiet=False
        )
    return done.returncode


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        sys.exit(gate.main(to_the_end=True))
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 13))
