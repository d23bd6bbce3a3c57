"""Makes what a page fetches ready to be sent: few files, named by their content, compressed."""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from sohoi.ui import fonts

SOURCES = Path(__file__).resolve().parent / "static" / "ui"
# A later sheet wins over an earlier one: what holds on paper comes after what holds on a screen.
SHEETS = {
    "ui/sohoi.css": (
        "tokens",
        "base",
        "shell",
        "forms",
        "tables",
        "components",
        "lists",
        "phone",
        "print",
    ),
    "ui/charts.css": ("charts", "explorer"),
}
MANIFEST = "staticfiles.json"
PACKED = {".css", ".js", ".svg"}


def build(var: Path) -> None:
    """Write the files and their list, in the form Django reads, into `var/static`.

    A file that is there already is left alone; one of an older version stays, for pages that were
    opened before.
    """
    root = var / "static"
    cut = fonts.build(var / "fonts")
    paths = {}
    for name, content in _contents(cut):
        paths[name] = named = _named(name, content)
        if not (root / named).is_file():
            # By its plain name the page of a failure finds it, which trusts no list.
            _write(root / name, content)
            for ending, pack in _PACKINGS.items() if Path(name).suffix in PACKED else ():
                _write(root / (named + ending), pack(content))
            _write(root / named, content)
    listed = json.dumps({"version": "1.1", "paths": paths}, indent=1).encode()
    if not _holds(root / MANIFEST, listed):
        _write(root / MANIFEST, listed)


def missing(root: Path) -> list[str]:
    """What pages ask for and `root` does not have."""
    try:
        paths = json.loads((root / MANIFEST).read_text())["paths"]
    except FileNotFoundError:
        return [MANIFEST]
    wanted = [*SHEETS, "ui/sohoi.js", "ui/htmx.js", "ui/icon.svg"]
    wanted += [f"ui/fonts/{fonts.file_name(name)}" for name in fonts.WEIGHTS]
    return [name for name in wanted if not (root / paths.get(name, "-")).is_file()]


def _contents(cut: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Every file by the name that templates use."""
    addresses = {}
    for path in cut:
        content = path.read_bytes()
        addresses[path.name] = PurePosixPath(_named(f"ui/fonts/{path.name}", content)).name
        yield f"ui/fonts/{path.name}", content
    for name, sheets in SHEETS.items():
        text = "\n".join((SOURCES / "css" / f"{sheet}.css").read_text("utf-8") for sheet in sheets)
        for plain, named in addresses.items():
            text = text.replace(f'"../fonts/{plain}"', f'"fonts/{named}"')
        yield name, text.encode()
    yield "ui/sohoi.js", _scripts()
    yield "ui/htmx.js", _htmx().read_bytes()
    yield "ui/icon.svg", (SOURCES / "icon.svg").read_bytes()


def _scripts() -> bytes:
    """Every script of ours in one, each with its names for itself, without lines of comment."""
    blocks = "".join(f"{{\n{code_of(path)}\n}}\n" for path in sorted(SOURCES.glob("*.js")))
    return f'"use strict";\n{blocks}'.encode()


def code_of(script: Path) -> str:
    lines = script.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("//"))


def _htmx() -> Path:
    import django_htmx

    return Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"


def _named(name: str, content: bytes) -> str:
    stem, ending = name.rsplit(".", 1)
    return f"{stem}.{sha256(content).hexdigest()[:12]}.{ending}"


def _brotli(content: bytes) -> bytes:
    # Only set-up compresses: no other start of the product should load the packer.
    import brotli

    return brotli.compress(content)


_PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda content: gzip.compress(content, mtime=0),
    ".br": _brotli,
}


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: another process may be reading, or building too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
