"""The text that a unit starts from: the shipped one, with what each room offers to its sections.

In the shipped text `[+savings]` on a line of its own takes the paragraphs of a section,
`[+movement;]` inside a sentence the clauses, with that mark between them, and `[+]` the paragraphs
of all sections that the text does not name; as a heading it titles each of them.
"""

import re
from collections import defaultdict
from itertools import count
from pathlib import Path

from django.utils.translation import override

from sohoi.figures.catalogue.choices import SECTIONS, order_of
from sohoi.kit.rooms import rooms

DATA = Path(__file__).parent / "data"
_CLAUSES = re.compile(r"\[\+(?P<section>[a-z_]+)(?P<mark>[,;])\](?P<after>[,;]?\s*)")
_PARAGRAPHS = re.compile(r"(?P<heading>#+ )?\[\+(?P<section>[a-z_]*)\]")
_NUMBERED = re.compile(r"### \d+\. ")
_EMPTY_HEADING = re.compile(r"^###[^\n]*\n+(?=##|\Z)", re.MULTILINE)


def standard(kind: str) -> str:
    """The text of a `review` or an `article`."""
    offered: dict[str, list[str]] = defaultdict(list)
    sentences = [sentence for room in rooms() for sentence in room.sentences]
    for sentence in sorted(sentences, key=lambda one: (order_of(one.section), one.order)):
        if text := getattr(sentence, kind):
            offered[sentence.section].append(text)
    with override("vi"):
        titles = {key: str(title) for key, title in SECTIONS.items()}
    return assembled((DATA / f"{kind}.txt").read_text(encoding="utf-8"), offered, titles)


def assembled(text: str, offered: dict[str, list[str]], titles: dict[str, str]) -> str:
    """The shipped text with the offered texts in their places; sections that stay empty leave it,
    and those that remain are numbered on."""
    listing = {match["section"] for match in _CLAUSES.finditer(text)}
    named = {match["section"] for match in _PARAGRAPHS.finditer(text)}
    clauses = {
        key: [one for one in texts if key in listing and not one.endswith(".")]
        for key, texts in offered.items()
    }
    paragraphs = {
        key: [_closed(one) for one in texts if one not in clauses[key]]
        for key, texts in offered.items()
    }
    others = [key for key in paragraphs if key not in named]
    blocks = [
        filled
        for block in text.rstrip("\n").split("\n\n")
        for filled in _filled(block, clauses, paragraphs, others, titles)
    ]
    return _numbered(_EMPTY_HEADING.sub("", "\n\n".join(blocks) + "\n"))


def _filled(
    block: str, clauses: dict, paragraphs: dict, others: list[str], titles: dict[str, str]
) -> list[str]:
    """What stands in the place of one block of the shipped text."""
    if not (slot := _PARAGRAPHS.fullmatch(block)):
        return [_listed(block, clauses)]
    if slot["section"]:
        return paragraphs.get(slot["section"], [])
    return [
        line
        for key in others
        if paragraphs[key]
        for line in ([f"### 0. {titles.get(key, key)}"] if slot["heading"] else [])
        + paragraphs[key]
    ]


def _listed(block: str, clauses: dict[str, list[str]]) -> str:
    def words(slot: re.Match[str]) -> str:
        texts = clauses.get(slot["section"], [])
        return f"{slot['mark']} ".join(texts) + slot["after"] if texts else ""

    filled = _CLAUSES.sub(words, block)
    return filled[:1].upper() + filled[1:]


def _closed(text: str) -> str:
    """A clause that stands alone is a sentence."""
    return text if text.endswith(".") else f"{text[:1].upper()}{text[1:]}."


def _numbered(text: str) -> str:
    numbers = count(1)
    return _NUMBERED.sub(lambda _match: f"### {next(numbers)}. ", text)
