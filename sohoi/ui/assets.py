"""Makes what a page fetches ready to be sent: few files, named by their content, compressed."""

import gzip
import json
import os
import re
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
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
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
        text = "".join(
            bare_sheet((SOURCES / "css" / f"{sheet}.css").read_text("utf-8")) for sheet in sheets
        )
        for plain, named in addresses.items():
            text = text.replace(f'"../fonts/{plain}"', f'"fonts/{named}"')
        yield name, text.encode()
    yield "ui/sohoi.js", _scripts()
    yield "ui/htmx.js", _htmx().read_bytes()
    yield "ui/icon.svg", (SOURCES / "icon.svg").read_bytes()


def _scripts() -> bytes:
    """Every script of ours in one, each with its names for itself."""
    found = sorted(SOURCES.glob("*.js"))
    blocks = "".join(f"{{\n{bare_script(path.read_text('utf-8'))}}}\n" for path in found)
    return f'"use strict";\n{blocks}'.encode()


def bare_script(script: str) -> str:
    """Without what only we read: whole lines of comment, and the space before a line."""
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def bare_sheet(sheet: str) -> str:
    """Without comments, and on as few lines as a sheet needs: none but inside a value."""
    lines = (line.strip() for line in _COMMENT.sub("", sheet).splitlines())
    packed = "".join(map(_bare_line, filter(None, lines)))
    return packed.replace(";}", "}")


def _bare_line(line: str) -> str:
    if line.endswith(";"):
        return line.replace(": ", ":", 1)
    if line.endswith(" {"):
        return f"{line[:-2]}{{"
    return line if line[-1] in "{}," else f"{line}\n"


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
