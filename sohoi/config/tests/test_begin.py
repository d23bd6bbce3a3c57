"""The first day of a real installation."""

import pytest
from django.core.management import CommandError, call_command

from sohoi.accounts.models import User
from sohoi.config.demo import UNITS, NotADemo, is_loaded
from sohoi.figures.catalogue.queries import catalogue
from sohoi.org.models import Installation, Unit

OPTIONS = {"unit": "96", "administrator": "quan", "full_name": "Đỗ Văn Quân"}


@pytest.fixture
def begin(db, capsys, tmp_path):
    """Runs the command with the head of the list of 2023: the centre, Cà Mau, its districts."""
    units = tmp_path / "units.csv"
    units.write_text("".join(UNITS.read_text("utf-8").splitlines(keepends=True)[:20]), "utf-8")

    def run(**changes) -> str:
        call_command("begin", **({"units": str(units)} | OPTIONS | changes))
        return capsys.readouterr().out

    return run


def test_units_indicators_and_an_administrator_are_there(begin):
    told = begin()
    user = User.objects.get()
    assert user.check_password(told.split(": ")[1].strip())
    assert user.may("accounts.manage")
    assert "savings.raised_vnd" in catalogue()
    assert not Installation.here().demo


def test_it_runs_once_and_the_demo_is_not_loaded_over_it(begin):
    begin()
    with pytest.raises(CommandError, match="chỉ chạy một lần"):
        begin()
    with pytest.raises(NotADemo):
        is_loaded()


@pytest.mark.parametrize("wrong", [{"unit": "00"}, {"administrator": "có dấu"}, {"units": "/no"}])
def test_a_mistake_leaves_nothing_behind(begin, wrong):
    with pytest.raises(CommandError):
        begin(**wrong)
    assert (Unit.objects.count(), User.objects.count()) == (0, 0)
