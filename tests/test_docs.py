"""Docs that a reader can trust: names and paths in them exist."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from sohoi.kit import rooms

ROOT = Path(__file__).resolve().parents[1]
DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "sohoi").rglob("README.md")]
_PATH = re.compile(r"`((?:sohoi|docs|tests|deploy)/[\w./*-]+)`")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_folder_of_the_house_is_on_the_map():
    folders = [
        p.name for p in (ROOT / "sohoi").iterdir() if p.is_dir() and not p.name.startswith("__")
    ]
    assert len(folders) > 8
    assert [name for name in folders if f"`{name}/`" not in text("ARCHITECTURE.md")] == []


def test_every_model_is_in_the_glossary():
    models = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("sohoi.")
        and not model.__module__.startswith("sohoi.config.bench")
        and ".tests." not in model.__module__
    ]
    assert len(models) > 12
    glossary = text("GLOSSARY.md")
    assert [name for name in models if f"`{name}`" not in glossary] == []


def test_every_indicator_is_in_the_glossary():
    keys = rooms.indicators()
    assert len(keys) >= len(settings.ROOMS)
    glossary = text("GLOSSARY.md")
    assert [key for key in keys if f"`{key}`" not in glossary] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: str(p.relative_to(ROOT)))
def test_paths_in_docs_exist(path):
    named = _PATH.findall(path.read_text(encoding="utf-8"))
    missing = [name for name in named if not list(ROOT.glob(name.rstrip("/")))]
    assert [name for name in missing if not _in_a_room_that_left(name)] == []


def _in_a_room_that_left(name: str) -> bool:
    """A path of a programme is only required while the programme's folder is there."""
    parts = name.split("/")
    return parts[:2] == ["sohoi", "programmes"] and not Path(ROOT, *parts[:3]).is_dir()


def test_every_production_dependency_has_its_reason():
    lines = text("requirements.in").splitlines()
    names = [re.split(r"[\[=~<>; ]", line)[0] for line in lines if line and line[0] not in "#-"]
    assert len(names) > 8
    reasons = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "docs" / "decisions").glob("*.md")
    )
    assert [name for name in names if f"`{name}`" not in reasons] == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 8
