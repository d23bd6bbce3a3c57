"""A room leaves and the house stands; a house that would not is caught."""

import os
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from psycopg.errors import DependentObjectsStillExist

from tests import databases, removal

# Where a fault is sown, and what it says; `{first}` and `{other}` are rooms.
NAMED = {
    "a page in an engine": ("sohoi/reports/views/rounds.py", 'BACK = "{first}:list"'),
    "a page in a template": (
        "sohoi/figures/templates/figures/board.html",
        "{{% url '{first}:list' %}}",
    ),
    "an indicator in an engine": ("sohoi/figures/explorer/queries.py", 'KEY = "{first}.built"'),
    "an indicator in another room": (
        "sohoi/programmes/{other}/queries.py",
        'KEY = "{first}.built"',
    ),
    "a module in another room": (
        "sohoi/programmes/{other}/tests/conftest.py",
        'MODULE = "sohoi.programmes.{first}.models"',
    ),
    "a migration of another room": (
        "sohoi/programmes/{other}/migrations/0001_initial.py",
        'dependencies = [("{first}", "0001_initial")]',
    ),
    "a model by its label": ("sohoi/org/queries.py", 'get_model("{first}", "Home")'),
    "a file of another room": (
        "sohoi/programmes/{other}/templates/{other}/list.html",
        '{{% include "{first}/_rows.html" %}}',
    ),
}


def test_nothing_says_the_name_of_a_room_but_the_settings():
    assert removal.mentions() == []


@pytest.mark.parametrize("fault", NAMED)
def test_a_name_of_a_room_is_found_wherever_it_stands(tmp_path, fault):
    file, text = NAMED[fault]
    names = {"first": "gardens", "other": "wells"}
    path = tmp_path / file.format(**names)
    path.parent.mkdir(parents=True)
    path.write_text(text.format(**names), encoding="utf-8")
    lines = "".join(f'    "sohoi.programmes.{name}",\n' for name in names.values())
    (tmp_path / removal.SETTINGS).parent.mkdir(parents=True)
    (tmp_path / removal.SETTINGS).write_text(f"\nROOMS = [\n{lines}]\n", encoding="utf-8")
    assert len(removal.mentions(tmp_path)) == 1


# What only shows when it runs: a file, what stands in it, what stands there instead.
SOWN = {
    "a page asked for when another is drawn": (
        "sohoi/figures/reading/views.py",
        "    place, period = request.workplace.unit",
        "    from django.urls import reverse\n\n    reverse(':'.join(['{room}', 'list']))\n"
        "    place, period = request.workplace.unit",
    ),
    "a migration that follows one of the room": (
        "sohoi/programmes/{other}/migrations/0001_initial.py",
        "    dependencies = [",
        "    dependencies = [\n        (str.lower('{room}'), '0001_initial'),",
    ),
    "a test of the whole that needs the room": (
        "tests/test_docs.py",
        "import re\n",
        "import re\nimport sohoi.programmes.{room}.models\n",
    ),
}


@pytest.mark.long
@pytest.mark.rooms
@pytest.mark.parametrize("fault", SOWN)
def test_what_shows_only_when_it_runs_is_found_too(db, fault):
    room, other = (name.rpartition(".")[2] for name in settings.ROOMS[:2])
    file, there, instead = (text.replace("{room}", room) for text in SOWN[fault])

    def sow(house: Path) -> None:
        path = house / file.replace("{other}", other)
        text = path.read_text(encoding="utf-8")
        assert there in text
        path.write_text(text.replace(there, instead, 1), encoding="utf-8")

    assert removal.without(settings.ROOMS[0]) == ""
    assert room in removal.without(settings.ROOMS[0], sow)


@pytest.mark.rooms
def test_a_table_that_something_else_hangs_on_is_not_dropped(db):
    name = f"{databases.house()}_hanging_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    label = settings.ROOMS[0].rpartition(".")[2]
    table = next(apps.get_app_config(label).get_models())._meta.db_table
    databases.copy(databases.made(databases.EMPTY), name)
    try:
        with databases.server(name) as held:
            held.execute(f"CREATE VIEW other_words AS SELECT * FROM {table}")
        with pytest.raises(DependentObjectsStillExist):
            removal.drop_tables(name, label)
    finally:
        databases.drop(name)
