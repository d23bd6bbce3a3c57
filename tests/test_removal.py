"""A room leaves and the house stands; a house that would not is caught."""

import pytest

from tests import removal

# Where a fault is sown, and what it says; `{first}` and `{other}` are rooms.
NAMED = {
    "a page in an engine": ("sohoi/reports/views/rounds.py", 'BACK = "{first}:list"'),
    "a page in a template": (
        "sohoi/figures/templates/figures/board.html",
        "{{% url '{first}:list' %}}",
    ),
    "an indicator in an engine": ("sohoi/figures/explorer.py", 'KEY = "{first}.built"'),
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
