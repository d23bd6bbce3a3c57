"""What a newcomer relies on: the lock, the two commands, the gate."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from sohoi.config import chromium
from tests import gate, removal

ROOT = Path(__file__).resolve().parents[1]


def names(file: str) -> set[str]:
    """The packages named at the start of a line, in the form of the registry."""
    found = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / file).read_text(), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


def test_every_requirement_is_locked():
    asked = names("requirements.in") | names("requirements-dev.in")
    assert len(asked) > 20
    assert asked - names("requirements.lock") == set()


def test_every_locked_package_has_its_version_and_hashes():
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    assert len(entries) > 40
    good = re.compile(r"[\w.-]+==[\w.]+ \\\n +--hash=sha256:[0-9a-f]{64}")
    assert [entry for entry in entries if not good.match(entry)] == []


def test_the_lock_names_no_host():
    text = (ROOT / "requirements.lock").read_text()
    assert re.findall(r"://|^-", text, re.MULTILINE) == []


def test_make_has_ten_targets_at_most_and_the_promised_ones():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "demo-reset", "test", "run", "lint"} <= targets
    assert len(targets) <= 10


def test_ci_does_what_everybody_does():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "CI=true make test"


def test_the_gate_knows_every_room():
    assert removal.rooms() == settings.ROOMS


@pytest.mark.parametrize(
    ("ci", "browser", "asked"), [("", "", True), ("", "0", False), ("true", "0", True)]
)
def test_a_person_may_leave_the_browser_out_but_ci_may_not(monkeypatch, ci, browser, asked):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("BROWSER", browser)
    steps = [name for name, _work in gate.everything(gate.Gate({}))]
    assert ("journeys in a browser" in steps) is asked
    assert len(steps) > 6


def test_a_missing_browser_is_named_with_the_next_step(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(chromium.ChromiumMissing, match="apt-get install chromium"):
        chromium.find()


def test_the_chosen_browser_is_taken(monkeypatch, tmp_path):
    chosen = tmp_path / "my-browser"
    chosen.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(chosen))
    assert chromium.find() == str(chosen)


@pytest.fixture
def apt(monkeypatch, tmp_path):
    """`apt("chromium")` puts an apt-get on the path that knows this package; gives the folder."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("CI", "")
    monkeypatch.setenv("PATH", str(tmp_path))

    def knowing(package: str) -> Path:
        installer = tmp_path / "apt-get"
        installer.write_text(
            "#!/bin/sh\nfor last; do :; done\n"
            f'[ "$last" = {package} ] || exit 100\n'
            f'printf "" > "{tmp_path}/$last" && /bin/chmod 755 "{tmp_path}/$last"\n'
        )
        installer.chmod(0o755)
        return tmp_path

    return knowing


@pytest.mark.parametrize("account", [0, 1000], ids=["root", "a person"])
@pytest.mark.parametrize("package", ["chromium-headless-shell", "chromium"])
def test_the_browser_is_installed_where_we_may(monkeypatch, apt, account, package):
    folder = apt(package)
    monkeypatch.setattr("os.geteuid", lambda: account)
    if account:
        with pytest.raises(chromium.ChromiumMissing):
            chromium.install()
    else:
        chromium.install()
        assert chromium.find() == str(folder / package)


@pytest.mark.parametrize(("ci", "taken"), [("", "chromium"), ("1", "chromium-headless-shell")])
def test_ci_takes_the_light_browser_beside_a_heavier_one(monkeypatch, apt, ci, taken):
    folder = apt("chromium-headless-shell")
    (folder / "chromium").touch(mode=0o755)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    chromium.install()
    assert chromium.find() == str(folder / taken)
