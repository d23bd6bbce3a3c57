"""Text whose numbers are live: `[homes.built]` becomes the figure as the report words it."""

import re
from collections.abc import Callable

from sohoi.reports.rendering.model import Block, Bullet, Heading, Paragraph, Run

# [homes.built]  [directives.breakthroughs:digits]  [@unit]
_PLACEHOLDER = re.compile(
    r"\[(?:@(?P<word>[a-z]+)|(?P<key>[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)(?::(?P<form>[a-z]+))?)\]"
)
_BEGUN = re.compile(r"\[@?[a-z][a-z0-9_]*\.[a-z0-9_.:]*|\[@[a-z]+")
WORDS = ("unit", "period", "year")
FORMS = ("digits",)


def keys_of(text: str) -> list[str]:
    """The indicators that the text speaks of, in order, each once."""
    return list(dict.fromkeys(m["key"] for m in _PLACEHOLDER.finditer(text) if m["key"]))


def unknown_placeholders(text: str, known: set[str]) -> list[str]:
    """Placeholders that nothing can fill, as they are written; also one that was not closed."""
    unclosed = [match[0] for match in _BEGUN.finditer(_PLACEHOLDER.sub("", text))]
    return unclosed + [
        match[0]
        for match in _PLACEHOLDER.finditer(text)
        if (match["word"] and match["word"] not in WORDS)
        or (match["key"] and match["key"] not in known)
        or (match["form"] and match["form"] not in FORMS)
    ]


def runs(text: str, fill: Callable[[str, str], str]) -> tuple[Run, ...]:
    """Text with its placeholders filled; a filled figure keeps the key it came from.

    `fill(key, form)` answers the words for a key ("@unit" for a word); form is "" or "digits".
    """
    pieces, end = [], 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > end:
            pieces.append(Run(text[end : match.start()]))
        key = match["key"]
        words = fill(key or f"@{match['word']}", match["form"] or "")
        pieces.append(Run(words, figure=key))
        end = match.end()
    return (*pieces, Run(text[end:])) if end < len(text) else tuple(pieces)


def blocks(text: str, fill: Callable[[str, str], str]) -> tuple[Block, ...]:
    """Paragraphs apart by a blank line; `##` and `###` begin headings, `-` a bullet."""
    parts: list[Block] = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            continue
        if stripped.startswith("#"):
            marks, _space, title = stripped.partition(" ")
            parts.append(_heading(len(marks), title, fill))
        elif stripped.startswith("- "):
            parts.append(Bullet(runs(stripped[2:], fill)))
        else:
            parts.append(Paragraph(runs(stripped, fill)))
    return tuple(parts)


def _heading(marks: int, title: str, fill: Callable[[str, str], str]) -> Heading:
    number, _space, rest = title.partition(" ")
    numbered = number.endswith((".", ")")) and rest
    words = "".join(run.text for run in runs(rest if numbered else title, fill))
    return Heading(max(1, min(4, marks - 1)), words, number if numbered else "")
