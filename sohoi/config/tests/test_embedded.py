"""The embedded server: shared, stopped by the last user, and never stuck after a crash."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from sohoi.config import embedded, reset

pytestmark = pytest.mark.slow

# Says where the server is, then uses it until its standard input closes.
USER = """
import sys
from pathlib import Path
from sohoi.config.embedded import DatabaseUnavailable, ensure_running
try:
    print(ensure_running(Path(sys.argv[1])), flush=True)
except DatabaseUnavailable as error:
    sys.exit(str(error))
sys.stdin.read()
"""


@pytest.fixture
def users(tmp_path):
    """`users(var)` starts a process that uses the server under `var`."""
    started: list[subprocess.Popen] = []

    def start(var: Path = tmp_path) -> subprocess.Popen:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        command = [sys.executable, "-c", USER, str(var)]
        started.append(subprocess.Popen(command, text=True, **pipes))
        return started[-1]

    yield start
    for process in started:
        process.communicate()
    # A killed user leaves the server to the next one: let there be one.
    if tmp_path.joinpath("pg", "postmaster.pid").exists():
        leave(start())


def url(user: subprocess.Popen) -> str:
    return user.stdout.readline().strip()


def leave(user: subprocess.Popen) -> str:
    """Let it end; what it said."""
    said, complaint = user.communicate()
    assert user.returncode == 0, complaint
    return said.strip()


def ask(address: str, question: str) -> object:
    with psycopg.connect(address) as connection:
        return connection.execute(question).fetchone()[0]


def is_up(var: Path) -> bool:
    return (var / "pg" / "postmaster.pid").exists()


def test_the_server_is_shared_and_stopped_by_the_last_user(tmp_path, users):
    first, second = users(), users()
    assert url(first) == url(second)

    leave(first)
    assert is_up(tmp_path)

    leave(second)
    assert not is_up(tmp_path)


def test_the_database_outlives_the_server_and_knows_vietnamese(users):
    first = users()
    with psycopg.connect(url(first)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT upper('đường ế') AS word")
    leave(first)

    second = users()
    assert ask(url(second), "SELECT word FROM kept") == "ĐƯỜNG Ế"


def test_many_beginnings_at_once_make_one_server(users):
    beginners = [users() for _ in range(4)]
    assert len({url(user) for user in beginners}) == 1


def test_what_a_killed_user_leaves_is_taken_over_and_stopped(tmp_path, users):
    killed = users()
    address = url(killed)
    killed.kill()
    killed.wait()
    assert ask(address, "SELECT 1") == 1

    leave(users())
    assert not is_up(tmp_path)


def test_a_killed_server_is_started_again(tmp_path, users):
    user = users()
    address = url(user)
    os.kill(int((tmp_path / "pg" / "postmaster.pid").read_text().split()[0]), 9)

    assert url(users()) == address
    assert ask(address, "SELECT 1") == 1


@pytest.mark.parametrize("left", ["{pid}\n/elsewhere\n1\n5432\n", ""], ids=["taken over", "empty"])
def test_the_mark_of_a_dead_server_does_not_stop_a_new_one(tmp_path, users, left):
    leave(users())
    # This very process has taken over the number of the dead server.
    (tmp_path / "pg" / "postmaster.pid").write_text(left.format(pid=os.getpid()))

    assert ask(url(users()), "SELECT 1") == 1


def test_a_set_up_that_was_cut_short_is_made_anew(tmp_path, users):
    (tmp_path / "pg.new").mkdir()
    (tmp_path / "pg.new" / "PG_VERSION").write_text("18")

    assert ask(url(users()), "SELECT 1") == 1


def test_long_and_odd_paths_will_do(tmp_path, users):
    var = tmp_path / 'nhà của "Hội", $số 1' / ("dài" * 30)
    user = users(var)
    assert ask(url(user), "SELECT 1") == 1

    leave(user)
    assert not is_up(var)


def test_data_of_another_version_is_refused_with_the_next_step(tmp_path, users):
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("16\n")

    said, complaint = users().communicate()
    assert said == ""
    assert "PostgreSQL 16" in complaint
    assert "make demo-reset" in complaint


def test_a_server_in_use_is_not_stopped(tmp_path, users):
    user = users()
    address = url(user)
    with pytest.raises(embedded.DatabaseInUse):
        embedded.stop(tmp_path)
    assert ask(address, "SELECT 1") == 1


def test_a_user_whose_server_was_stopped_leaves_quietly(tmp_path, users):
    user = users()
    url(user)
    process = int((tmp_path / "pg" / "postmaster.pid").read_text().split()[0])
    os.kill(process, 2)
    deadline = time.monotonic() + 10
    while is_up(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)

    leave(user)


def test_a_reset_takes_only_the_demo_and_never_what_is_in_use(tmp_path, users):
    (tmp_path / "demo").mkdir()
    (tmp_path / "backups").mkdir()
    user = users()
    url(user)
    with pytest.raises(embedded.DatabaseInUse):
        reset.reset(tmp_path)
    assert (tmp_path / "demo").exists()

    leave(user)
    reset.reset(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name[0] != ".") == ["backups"]


def test_a_real_server_is_never_reset(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://hoi@may-chu/that")
    assert reset.main() == 2
    assert "DATABASE_URL" in capsys.readouterr().err
