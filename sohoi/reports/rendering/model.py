"""Plain values of a document: what a report or a news item says, before any paper is chosen."""

import datetime
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Run:
    """A stretch of text; `figure` is the key of the indicator whose value it prints."""

    text: str
    bold: bool = False
    italic: bool = False
    figure: str | None = None


@dataclass(frozen=True)
class Heading:
    """`number` is printed as given, with its own full stop or bracket: "I.", "1.", "a)"."""

    level: Literal[1, 2, 3, 4]
    text: str
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Bullet:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Column:
    """`width` is in millimetres; columns without one share what is left by what they hold."""

    title: str
    align: Literal["left", "center", "right"] = "right"
    width: float | None = None


@dataclass(frozen=True)
class Table:
    """Cells are words and numbers made ready; every row is as long as `columns`."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    caption: str = ""

    def __post_init__(self):
        lines = [*self.rows, *([self.total] if self.total else [])]
        if not self.columns or any(len(line) != len(self.columns) for line in lines):
            raise ValueError("Every row of a table needs one cell for each of its columns.")


Block = Heading | Paragraph | Bullet | Table


@dataclass(frozen=True)
class Header:
    """Decree 30/2020/NĐ-CP boxes 1 to 4; the Union's own form ("union") has no Quốc hiệu."""

    variant: Literal["state", "union"]
    parent: str
    issuer: str
    code: str
    place: str
    number: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Signature:
    """`capacity` holds the lines above the name: "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"."""

    capacity: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class Annex:
    title: str
    tables: tuple[Table, ...]
    note: str = ""
    landscape: bool = True


@dataclass(frozen=True)
class Note:
    """Something the checking officer must settle before the document is signed."""

    title: str
    text: str


@dataclass(frozen=True)
class Document:
    header: Header
    kind: str
    abstract: str
    blocks: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    addressee: str | None = None
    legal_bases: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    notes: tuple[Note, ...] = ()
    draft: bool = True
    demo_notice: str = ""


@dataclass(frozen=True)
class Article:
    """A news item: numbers, no names."""

    title: str
    sapo: str
    paragraphs: tuple[tuple[Run, ...], ...]
    demo_notice: str = ""
