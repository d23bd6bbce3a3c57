"""The `sohoi` command: what it says and how it ends when something is not as it should be."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import psutil
import pytest
from django.core.management import CommandError, get_commands
from django.db import connection

from sohoi.config import launcher, server

SOHOI = (sys.executable, "-m", "sohoi")


def database(name: str) -> dict[str, str]:
    """An environment in which the product uses this database of the tests' server."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    return {**os.environ, "DATABASE_URL": url.geturl()}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, **environment}
    return subprocess.run([*SOHOI, *arguments], env=environment, capture_output=True, text=True)


@pytest.fixture
def taken_port():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


@pytest.fixture
def free_port(taken_port):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_every_command_exists():
    names = {launcher.DJANGO_NAMES.get(name, name) for name in launcher.COMMANDS} - {"manage"}
    assert len(names) >= 7
    assert names - set(get_commands()) == set()


def test_help_lists_every_command(capsys):
    assert launcher.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert [name for name in launcher.COMMANDS if f"\n  {name} " not in shown] == []


def test_no_command_is_bad_use(capsys):
    assert launcher.main([]) == 2
    assert "sohoi" in capsys.readouterr().out


@pytest.mark.parametrize(("typed", "hint"), [("figurs", "sohoi figures"), ("zzz", "--help")])
def test_an_unknown_command_is_refused_with_a_hint(typed, hint, capsys):
    assert launcher.main([typed]) == 2
    assert hint in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://hoi:matkhau@127.0.0.1:1/sohoi", "127.0.0.1"),
        ("mysql://hoi@127.0.0.1/sohoi", "postgresql://"),
        ("postgresql://hoi@127.0.0.1:cong/sohoi", "postgresql://"),
    ],
    ids=["refused", "not PostgreSQL", "no number"],
)
def test_a_database_that_is_not_there_gives_the_next_step(url, said):
    done = run("manage", "migrate", DATABASE_URL=url)
    assert done.returncode == 2
    assert said in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "matkhau" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_gives_the_next_step(tmp_path):
    (tmp_path / "file").touch()
    done = run("manage", "migrate", SOHOI_VAR=str(tmp_path / "file" / "var"))
    assert done.returncode == 2
    assert "SOHOI_VAR" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_an_empty_database_gives_the_next_step(free_port):
    done = run("serve", "--port", str(free_port), **database("postgres"))
    assert done.returncode == 2
    assert done.stderr.strip() == server.NOT_PREPARED


@pytest.mark.slow
def test_a_reader_who_leaves_early_hears_no_complaint():
    endless = "while True: print('một dòng' * 1000)"
    with subprocess.Popen(
        [*SOHOI, "manage", "shell", "--no-imports", "-c", endless],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as talker:
        talker.stdout.read(10)
        talker.stdout.close()
        assert talker.stderr.read() == b""
    assert talker.returncode == 141


# Python may end by the signal itself, which a shell shows as 130 too.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "codes"), [(signal.SIGINT, {130, -signal.SIGINT}), (signal.SIGTERM, {143})]
)
def test_an_interrupted_command_ends_quietly(number, codes):
    sleep = "import time; print('ngủ', flush=True); time.sleep(60)"
    with subprocess.Popen(
        [*SOHOI, "manage", "shell", "--no-imports", "-c", sleep],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A suite started in the background of a script inherits a SIGINT that is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as sleeper:
        sleeper.stdout.readline()
        sleeper.send_signal(number)
        assert sleeper.stderr.read() == b""
    assert sleeper.returncode in codes


def test_a_taken_port_is_named_with_another_to_use(taken_port):
    with pytest.raises(CommandError, match=f"--port {taken_port + 1}") as refusal:
        server.require_free_port("127.0.0.1", taken_port)
    assert refusal.value.returncode == 2


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 70000), ("127.0.0.1", 0), ("192.0.2.1", 8000)]
)
def test_an_impossible_address_is_refused(host, port):
    with pytest.raises(CommandError, match=str(port)) as refusal:
        server.require_free_port(host, port)
    assert refusal.value.returncode == 2


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_server_that_ends_leaves_its_port_free(free_port, number):
    command = [*SOHOI, "serve", "--port", str(free_port)]
    environment = database(connection.settings_dict["NAME"])
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as serving:
        answer = first_answer(free_port)
        serving.send_signal(number)
        code = ended(serving)
    assert answer < 500
    assert code == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    wait_until_free(free_port)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_server_that_is_stopped_while_it_starts_ends(free_port):
    command = [*SOHOI, "serve", "--port", str(free_port)]
    environment = database(connection.settings_dict["NAME"])
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as serving:
        wait_for_workers(serving)
        serving.terminate()
        assert ended(serving) == 0
    wait_until_free(free_port)


def ended(process: subprocess.Popen) -> int:
    """Its exit code; a process that does not end is killed, lest the suite wait for it for ever."""
    try:
        return process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def wait_for_workers(process: subprocess.Popen) -> None:
    for _attempt in range(200):
        if len(psutil.Process(process.pid).children()) == 2:
            return
        time.sleep(0.05)
    raise AssertionError("The server starts no workers.")


def first_answer(port: int) -> int:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The server does not answer.")


def wait_until_free(port: int) -> None:
    for _attempt in range(50):
        try:
            server.require_free_port("127.0.0.1", port)
            return
        except CommandError:
            time.sleep(0.1)
    raise AssertionError(f"Port {port} is still held.")
