"""Message catalogues without a system gettext: extract, update, find what is missing, compile."""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
NOT_SHIPPED = {"tests", "migrations"}
CONTEXT = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (CONTEXT, 2),
    "pgettext_lazy": (CONTEXT, 2),
    "npgettext": (CONTEXT, 2, 3),
    "npgettext_lazy": (CONTEXT, 2, 3),
}
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: sohoi\n"
"Language: {language}\n"
"Plural-Forms: {plurals}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")


def extracted(package: Path = PACKAGE) -> Catalog:
    """What the source asks to be translated, from Python and from templates."""
    catalog = Catalog()
    for file in sorted((*package.rglob("*.py"), *_templates(package))):
        place = file.relative_to(package.parent)
        if NOT_SHIPPED.isdisjoint(place.parts):
            for message, comments, context in _messages(file):
                catalog.add(
                    message,
                    locations=[(place.as_posix(), 1)],
                    auto_comments=comments,
                    context=context,
                )
    return catalog


def updated(language: str, source: Catalog, locale: Path = LOCALE) -> Catalog:
    """The catalogue of a language brought in line with the source; guesses at similar texts are
    not made, and texts no longer asked for are in `.obsolete`."""
    catalog = _read(language, locale)
    catalog.update(source, no_fuzzy_matching=True)
    return catalog


def problems(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """(what is wrong, text) for each text that does not have a good translation."""
    for message in catalog:
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        given = [message.string] if isinstance(message.string, str) else list(message.string or [])
        if not given or not all(given) or message.fuzzy:
            yield "missing", text
        elif not _same_placeholders(message, given):
            yield "placeholders", text
    for message in catalog.obsolete.values():
        yield "obsolete", message.id if isinstance(message.id, str) else message.id[0]


def write(language: str, catalog: Catalog, locale: Path = LOCALE) -> None:
    """Sorted by text and without line numbers, so that a change shows only what it changed."""
    target = _path(language, locale)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(HEADER.format(language=language, plurals=catalog.plural_forms).encode())
        write_po(
            file,
            catalog,
            width=100,
            omit_header=True,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
        )


def compile_stale(locale: Path = LOCALE) -> None:
    """Bring every compiled catalogue up to date with its text; called before Django starts."""
    for source in locale.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as file:
            write_mo(file, _read(source.parents[1].name, locale))
        draft.replace(target)


def _path(language: str, locale: Path) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def _read(language: str, locale: Path) -> Catalog:
    path = _path(language, locale)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _templates(package: Path) -> Iterator[Path]:
    for suffix in ("html", "txt"):
        yield from package.rglob(f"templates/**/*.{suffix}")


def _messages(file: Path) -> Iterator[tuple]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Django turns a template into calls that look like Python but are not indented like it.
        python_like = templatize(text, origin=str(file))
        text = "\n".join(line.lstrip() for line in python_like.splitlines())
    for _line, *found in extract("python", BytesIO(text.encode()), KEYWORDS, ("Translators",)):
        yield tuple(found)


def _same_placeholders(message: Message, given: list[str]) -> bool:
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    asked = set().union(*(PLACEHOLDER.findall(text) for text in sources))
    used = [set(PLACEHOLDER.findall(text)) for text in given]
    # A singular form may leave its number out.
    return all(names <= asked for names in used) and used[-1] == asked
