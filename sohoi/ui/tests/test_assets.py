"""What pages fetch: nothing is left out, named by its content, made once."""

import json
import re
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest

from sohoi.ui import assets
from sohoi.ui.storage import Storage


@pytest.fixture
def sources(tmp_path, monkeypatch) -> Path:
    """A copy of the house's sheets and scripts, to be changed."""
    copy = tmp_path / "sources"
    (copy / "css").mkdir(parents=True)
    for path in (*assets.SOURCES.glob("*.*"), *assets.SOURCES.glob("css/*.css")):
        (copy / path.relative_to(assets.SOURCES)).write_bytes(path.read_bytes())
    monkeypatch.setattr(assets, "SOURCES", copy)
    return copy


@pytest.fixture
def built(sources, tmp_path, settings) -> Path:
    # The typeface has tests of its own, and takes a second to cut.
    copytree(settings.VAR_DIR / "fonts", tmp_path / "fonts")
    assets.build(tmp_path)
    return tmp_path / "static"


def paths(root: Path) -> dict[str, str]:
    return json.loads((root / assets.MANIFEST).read_text())["paths"]


def test_every_sheet_and_script_of_the_house_is_in_one_of_the_files(built, sources):
    named = [sheet for sheets in assets.SHEETS.values() for sheet in sheets]
    assert sorted(named) == sorted(path.stem for path in sources.glob("css/*.css"))
    script = (built / paths(built)["ui/sohoi.js"]).read_text()
    assert [
        p.name for p in sources.glob("*.js") if assets.bare_script(p.read_text()) not in script
    ] == []
    assert list(sources.glob("*.js"))


def test_what_only_we_read_is_not_sent():
    script = '// Why.\nconst home = "https://hoi.example";\n\n  go(home); // now\n'
    assert assets.bare_script(script) == ('const home = "https://hoi.example";\ngo(home); // now\n')
    sheet = "/* Why\nso. */\na,\nb {\n  margin: 0 auto;\n  font: 1px\n    serif;\n}\n"
    assert assets.bare_sheet(sheet) == "a,b{margin:0 auto;font: 1px\nserif}"


def test_print_comes_last_and_the_phone_only_on_a_screen(sources):
    sheets = assets.SHEETS["ui/sohoi.css"]
    assert ("phone", "print") in list(pairwise(sheets))
    assert sheets[-1] == "print"
    queries = re.findall(r"@media ([^{]+max-width[^{]+)", (sources / "css/phone.css").read_text())
    assert len(queries) == 2
    assert all(query.startswith("screen") for query in queries)


def test_a_sheet_names_the_typeface_as_it_is_served(built):
    sheet = built / paths(built)["ui/sohoi.css"]
    fonts = re.findall(r'url\("([^")]+\.woff2)"\)', sheet.read_text())
    assert len(fonts) == 2
    assert all((sheet.parent / font).is_file() for font in fonts)


def test_what_has_not_changed_is_not_made_again(built, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*.*")}
    assets.build(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*.*")} == before
    assert len(before) > 15


def test_a_changed_sheet_gets_another_name_and_pages_opened_before_keep_theirs(
    built, sources, tmp_path
):
    old = paths(built)
    (sources / "css" / "base.css").write_text("body { color: red; }")
    assets.build(tmp_path)
    new = paths(built)
    assert {name for name in new if new[name] != old[name]} == {"ui/sohoi.css"}
    assert "color: red" in (built / new["ui/sohoi.css"]).read_text()
    assert "color: red" in (built / "ui/sohoi.css").read_text()
    assert (built / old["ui/sohoi.css"]).is_file()


def test_a_page_names_each_file_as_the_list_does_however_often(built):
    storage = Storage(location=built)
    named = {name: f"/static/{path}" for name, path in paths(built).items()}
    assert len(named) > 4
    for _page in range(2):
        assert {name: storage.url(name) for name in named} == named


def test_what_is_missing_is_named(built):
    assert assets.missing(built) == []
    (built / paths(built)["ui/sohoi.css"]).unlink()
    assert assets.missing(built) == ["ui/sohoi.css"]
    (built / assets.MANIFEST).unlink()
    assert assets.missing(built) == [assets.MANIFEST]
