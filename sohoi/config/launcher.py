"""The `sohoi` command: readies the database, then runs the Django command of that name."""

import os
import signal
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.core.management import CommandError, ManagementUtility, execute_from_command_line
from django.db import InterfaceError, OperationalError, ProgrammingError

from sohoi.config import server, translations
from sohoi.config.embedded import DatabaseUnavailable, ensure_running
from sohoi.ui import assets

SETTINGS = "sohoi.config.settings"
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "demo": "dựng dữ liệu trình diễn, viết báo cáo mẫu vào var/demo rồi mở máy chủ",
    "serve": "mở máy chủ web cho cơ sở dữ liệu đang dùng",
    "figures": "in số liệu của một đơn vị trong một kỳ",
    "evidence": "in các hồ sơ làm nên một số liệu",
    "report": "viết báo cáo, bài báo hoặc phụ lục ra tệp",
    "reorganise": "xem trước hoặc áp dụng một phương án sắp xếp đơn vị",
    "recount": "tính lại mọi số liệu từ hồ sơ rồi so sánh",
    "check": "khám dữ liệu và cấu hình",
    "bench": "đo tốc độ, đặt cạnh giới hạn",
    "manage": "chạy một lệnh quản trị của Django",
}
# Django owns the name `check`.
DJANGO_NAMES = {"check": "health"}
BAD_USE, INTERRUPTED, PIPE_CLOSED = 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit code: 0, 1 a finding, 2 bad use."""
    # A polite kill or a closed terminal ends us like Ctrl-C does: the embedded server is stopped.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # What is left in the buffer would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return code


def prepare_files() -> Path:
    """Build what is not kept in git, before Django reads its settings; the folder for our data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    var = Path(os.environ.get("SOHOI_VAR") or ROOT / "var").resolve()
    os.environ["SOHOI_VAR"] = str(var)
    translations.compile_stale()
    assets.build(var)
    return var


def prepare_database(var: Path) -> None:
    """Without DATABASE_URL the embedded server is started."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = ensure_running(var)
    _require_postgresql(os.environ["DATABASE_URL"])


def _dispatch(arguments: list[str]) -> int:
    name, *rest = arguments or [""]
    if name in COMMANDS:
        return _guarded(name, rest)
    if name in {"", "-h", "--help", "help"}:
        print(_usage())
        return 0 if name else BAD_USE
    close = get_close_matches(name, COMMANDS, n=1)
    hint = f"ý bạn là “sohoi {close[0]}”?" if close else "“sohoi --help” liệt kê các lệnh."
    return _refuse(f"Không có lệnh “{name}”; {hint}")


def _guarded(name: str, rest: list[str]) -> int:
    try:
        var = prepare_files()
    except OSError as error:
        return _refuse(
            f"Không ghi được {error.filename}: {error.strerror}. "
            "Hãy cho quyền ghi, hoặc đặt SOHOI_VAR tới một thư mục ghi được."
        )
    try:
        if {"-h", "--help"}.isdisjoint(rest):
            prepare_database(var)
        _run(name, rest)
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.returncode
    except DatabaseUnavailable as error:
        return _refuse(str(error))
    except (InterfaceError, OperationalError, ProgrammingError) as error:
        if advice := _advice(error):
            return _refuse(advice)
        raise
    return 0


def _run(name: str, rest: list[str]) -> None:
    if name == "manage":
        execute_from_command_line(["sohoi manage", *rest])
        return
    django.setup()
    command = ManagementUtility(["sohoi"]).fetch_command(DJANGO_NAMES.get(name, name))
    # With --traceback Django hands a CommandError to us instead of printing it its own way.
    command.run_from_argv(["sohoi", name, "--traceback", *rest])


def _require_postgresql(url: str) -> None:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"postgresql", "postgres"} and (parts.port or True)
    except ValueError:
        good = False
    if not good:
        raise DatabaseUnavailable(
            "DATABASE_URL không phải địa chỉ PostgreSQL; "
            "hãy viết theo mẫu postgresql://người-dùng:mật-khẩu@máy-chủ:5432/tên-cơ-sở-dữ-liệu"
        )


def _advice(error: Exception) -> str | None:
    """The next step when the database is down or empty; None when the fault is ours."""
    state = getattr(error.__cause__, "sqlstate", None)
    lost = state is None or state.startswith(("08", "57P"))
    if lost and not isinstance(error, ProgrammingError):
        place = urlsplit(os.environ["DATABASE_URL"])
        reason = str(error).strip().splitlines()[0]
        return (
            f"Không kết nối được cơ sở dữ liệu {place.path.lstrip('/')} "
            f"tại {place.hostname or 'máy này'}: {reason}\n"
            "Hãy kiểm tra máy chủ PostgreSQL và DATABASE_URL; "
            "bỏ DATABASE_URL thì dùng PostgreSQL đi kèm."
        )
    if state in {"42P01", "42703"} and server.pending_migrations():
        return str(server.NOT_PREPARED)
    return None


def _usage() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {purpose}" for name, purpose in COMMANDS.items()]
    return "\n".join(
        [
            "Sổ Hội: sohoi LỆNH [tuỳ chọn]",
            "",
            *lines,
            "",
            "“sohoi LỆNH --help” nói rõ từng lệnh. Mã thoát: 0 xong, 1 có phát hiện, 2 dùng sai.",
        ]
    )


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return BAD_USE


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)
