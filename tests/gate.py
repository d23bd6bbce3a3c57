"""`make test`: every check in order, each with its seconds, stopping at the first that fails."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from sohoi.config import chromium
from sohoi.config.embedded import DatabaseUnavailable, ensure_running
from tests import removal

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
MANAGE = (PYTHON, "-m", "sohoi", "manage")
WORKERS = ("-n", str(min(4, max(2, os.cpu_count() or 2))))
# Tests of one file share what takes long to set up, so they stay on one worker.
PARALLEL = (*WORKERS, "--dist", "loadfile", "--no-loadscope-reorder")
LIKE_PRODUCTION = {
    "SOHOI_HTTPS": "1",
    "SOHOI_HOSTS": "sohoi.example.vn",
    "SOHOI_ORIGINS": "https://sohoi.example.vn",
    "SOHOI_SECRET_KEY": "kiem-thu-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
}


class Gate:
    """Runs steps and remembers their seconds and the tests they ran."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self.seconds: dict[str, float] = {}
        self.worked: dict[str, float] = {}
        self.bad: list[str] = []
        self.passed = self.failed = 0

    def step(self, name: str, work: Callable[[], bool]) -> bool:
        print(f"\n── {name}", flush=True)
        start, worked = time.monotonic(), _processor()
        good = work()
        self.seconds[name] = time.monotonic() - start
        self.worked[name] = _processor() - worked
        self.bad += [] if good else [name]
        print(f"── {name}: {'ok' if good else 'FAILED'}, {self.seconds[name]:.1f} s", flush=True)
        return good

    def run(self, command: Sequence[str], *, folder: Path = ROOT, **extra: str) -> bool:
        # The copy's own code must win over the installed product.
        environment = {**self.environment, **extra, "PYTHONPATH": str(folder)}
        return subprocess.run(command, cwd=folder, env=environment).returncode == 0

    def pytest(self, *options: str, folder: Path = ROOT) -> bool:
        with tempfile.NamedTemporaryFile(suffix=".xml") as report:
            command = (PYTHON, "-m", "pytest", "-q", *options, f"--junitxml={report.name}")
            good = self.run(command, folder=folder)
            content = Path(report.name).read_bytes()
        if content:
            for suite in ElementTree.fromstring(content).iter("testsuite"):
                number = {key: int(suite.get(key, 0)) for key in ("errors", "failures", "skipped")}
                self.failed += number["errors"] + number["failures"]
                self.passed += int(suite.get("tests", 0)) - sum(number.values())
        return good

    def summary(self, good: bool) -> str:
        lines = ["seconds  of processors (but the database's)"]
        lines += [_line(s, self.worked[name], name) for name, s in self.seconds.items()]
        lines.append(_line(sum(self.seconds.values()), sum(self.worked.values()), "in all"))
        if not good:
            lines.append(f"Failed: {', '.join(self.bad)}")
            self.failed = max(1, self.failed)
        return "\n".join([*lines, f"{self.passed} passed, {self.failed} failed"])


def _line(seconds: float, worked: float, name: str) -> str:
    return f"{seconds:7.1f}  {worked:7.1f}  {name}"


def _processor() -> float:
    """Seconds that processes which have ended worked: what a busy machine does not lengthen."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def style(gate: Gate) -> Iterator[tuple[str, Callable[[], bool]]]:
    lint_imports = str(Path(PYTHON).with_name("lint-imports"))
    yield "format", lambda: gate.run((PYTHON, "-m", "ruff", "format", "--check", "."))
    yield "style", lambda: gate.run((PYTHON, "-m", "ruff", "check", "."))
    yield "layers", lambda: gate.run((lint_imports,))


def everything(gate: Gate) -> Iterator[tuple[str, Callable[[], bool]]]:
    # CI may leave nothing out; a person without a browser may.
    browser = bool(os.environ.get("CI")) or os.environ.get("BROWSER") != "0"
    if browser:
        yield "Chromium is there", _chromium
    yield from style(gate)
    deploy = (*MANAGE, "check", "--deploy", "--fail-level", "WARNING")
    yield "ready for production", lambda: gate.run(deploy, **LIKE_PRODUCTION)
    yield "migrations", lambda: gate.run((*MANAGE, "makemigrations", "--check", "--dry-run"))
    yield "translations", lambda: gate.run((*MANAGE, "messages", "--check"))
    yield "tests", lambda: gate.pytest(*PARALLEL, "-m", "not browser")
    if browser:
        yield "journeys in a browser", lambda: gate.pytest(*WORKERS, "tests/browser")
    if os.environ.get("LONG", "0") not in {"", "0"}:
        grown = (PYTHON, "-m", "tests.growth")
        yield "with thirteen more rooms", lambda: gate.run(grown, LONG="0")
    yield "without any room", without_any
    yield "without each room in turn", without_each


def _chromium() -> bool:
    try:
        chromium.install()
    except chromium.ChromiumMissing as error:
        print(error)
        return False
    return True


def without_any() -> bool:
    said = removal.without_any(*PARALLEL)
    print(said or "Every engine stands.")
    return not said


def without_each() -> bool:
    said = removal.without_each(removal.rooms())
    for room, failures in said.items():
        print(failures or f"Stands without {room}.")
    return not any(said.values())


def main(*, to_the_end: bool = False) -> int:
    var = Path(os.environ.get("SOHOI_VAR") or ROOT / "var").resolve()
    environment = {**os.environ, "SOHOI_VAR": str(var)}
    gate = Gate(environment)
    if sys.argv[1:] == ["--lint"]:
        steps = style(gate)
    else:
        environment["DATABASE_URL"] = os.environ.get("SOHOI_TEST_DATABASE_URL") or ensure_running(
            var, cluster="pgtest", durable=False
        )
        os.environ |= environment
        steps = everything(gate)
    done = (gate.step(name, work) for name, work in steps)
    good = all([*done] if to_the_end else done)
    print("\n" + gate.summary(good))
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except DatabaseUnavailable as error:
        sys.exit(str(error))
