"""Turns a document into clean nested values, so that the Word and PDF templates only place them."""

import re
import unicodedata
from datetime import date

from sohoi.lib.dates import decree
from sohoi.reports.rendering.model import (
    Annex,
    Article,
    Block,
    Bullet,
    Document,
    Header,
    Heading,
    Paragraph,
    Run,
    Table,
)

# A4 less the margins of 30 mm on the left and 15 mm on the right.
TEXT_WIDTH = {False: 165, True: 252}
# What XML 1.0 cannot hold: Word refuses a file which has one of these characters.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
NBSP = "\u00a0"
BLANK = NBSP * 6
LEVEL = re.compile(r"\b(tỉnh|thành phố|thị xã|thị trấn|quận|huyện|xã|phường)\b[^,]*", re.IGNORECASE)


def placed(document: Document) -> dict:
    """Every string, in its printed form, that the templates of a review may place."""
    notes = [{"title": clean(note.title), "text": clean(note.text)} for note in document.notes]
    return {
        "title": clean(f"{document.kind} {document.abstract}"),
        "author": clean(document.header.issuer),
        "date": _iso(document.header.date),
        "header": _header(document.header, draft=document.draft),
        "kind": clean(document.kind).upper(),
        "abstract": clean(document.abstract),
        "addressee": clean(document.addressee or ""),
        "legal_bases": _listed(document.legal_bases),
        "blocks": _blocks(document.blocks),
        "signature": {
            "capacity": [clean(line).upper() for line in document.signature.capacity],
            "name": clean(document.signature.name),
        },
        "recipients": _listed(document.recipients),
        "annexes": [
            _annex(annex, document, position)
            for position, annex in enumerate(document.annexes, start=1)
        ],
        "notes": notes,
        "draft_mark": _draft_mark(document),
        "demo_notice": clean(document.demo_notice),
    }


def placed_article(article: Article) -> dict:
    return {
        "title": clean(article.title),
        "sapo": clean(article.sapo),
        "paragraphs": [{"runs": _runs(runs)} for runs in article.paragraphs],
        "demo_notice": clean(article.demo_notice),
    }


def clean(text: str) -> str:
    """One line of composed Unicode: Decree 30 asks for TCVN 6909:2001."""
    spaced = re.sub(r"[\t\n\r]+", " ", unicodedata.normalize("NFC", text))
    return UNPRINTABLE.sub("", spaced)


def _header(header: Header, *, draft: bool) -> dict:
    number = BLANK if draft or not header.number else clean(header.number).zfill(2)
    return {
        "variant": header.variant,
        "parent": _bound(header.parent).upper(),
        "issuer": _bound(header.issuer).upper(),
        "number_line": f"Số: {number}/{clean(header.code)}",
        "place_and_date": f"{clean(header.place)}, {_day(header.date)}",
    }


def _bound(name: str) -> str:
    """Keeps "tỉnh Cà Mau" together, so that a long name breaks before its level."""
    return LEVEL.sub(lambda match: match[0].replace(" ", NBSP), clean(name))


def _day(day: date | None) -> str:
    return decree(day) if day else f"ngày{BLANK}tháng{BLANK}năm{BLANK}"


def _draft_mark(document: Document) -> str:
    if not document.draft:
        return ""
    if not document.notes:
        return "DỰ THẢO"
    return f"DỰ THẢO – có {len(document.notes)} ghi chú ở trang cuối"


def _listed(items: tuple[str, ...]) -> list[str]:
    """Decree 30: each line ends with a semicolon, the last one with a full stop."""
    lines = [clean(item).rstrip(" ;.") for item in items]
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]


def _blocks(blocks: tuple[Block, ...]) -> list[dict]:
    placed_blocks, outline = [], 0
    for block in blocks:
        match block:
            case Heading():
                # A tagged PDF may not skip a level, whatever the look of the heading.
                outline = min(block.level, outline + 1)
                words = block.text.upper() if block.level == 1 else block.text
                text = clean(f"{block.number} {words}").strip()
                value = {"kind": f"heading{block.level}", "text": text, "outline": outline}
            case Paragraph():
                value = {"kind": "paragraph", "runs": _runs(block.runs)}
            case Bullet():
                value = {"kind": "bullet", "runs": _runs(block.runs)}
            case Table():
                value = {"kind": "table", **_table(block, TEXT_WIDTH[False])}
        placed_blocks.append(value)
    return placed_blocks


def _runs(runs: tuple[Run, ...]) -> list[dict]:
    return [{"text": clean(run.text), "bold": run.bold, "italic": run.italic} for run in runs]


def _annex(annex: Annex, document: Document, position: int) -> dict:
    return {
        "label": f"Phụ lục {_roman(position)}" if len(document.annexes) > 1 else "Phụ lục",
        "title": clean(annex.title).upper(),
        # Decree 30 leaves this line blank on electronic documents.
        "attached_to": f"(Kèm theo {clean(document.kind).capitalize()} số ……/…… ngày …… "
        "tháng …… năm …… của ……………………)",
        "note": clean(annex.note),
        "landscape": annex.landscape,
        "tables": [_table(table, TEXT_WIDTH[annex.landscape]) for table in annex.tables],
    }


def _table(table: Table, available: float) -> dict:
    return {
        "caption": clean(table.caption),
        "columns": [
            {"title": clean(column.title), "align": column.align} for column in table.columns
        ],
        "shares": _shares(table, available),
        "rows": [[clean(cell) for cell in row] for row in table.rows],
        "total": [clean(cell) for cell in table.total or ()],
    }


def _shares(table: Table, available: float) -> list[float]:
    """Each column's part of the width; free columns weigh as much as their longest word."""
    fixed = sum(column.width or 0 for column in table.columns)
    weights = [_longest_word(table, i) for i in range(len(table.columns))]
    free = sum(w for w, column in zip(weights, table.columns, strict=True) if not column.width)
    rest = max(available - fixed, available / 4) if free else 0
    widths = [
        column.width or rest * weight / free
        for weight, column in zip(weights, table.columns, strict=True)
    ]
    return [round(width / sum(widths), 4) for width in widths]


def _longest_word(table: Table, index: int) -> int:
    cells = [table.columns[index].title, *(row[index] for row in table.rows)]
    cells += [table.total[index]] if table.total else []
    longest = max((len(word) for cell in cells for word in cell.split()), default=1)
    return min(max(longest, 4), 20)


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in ROMAN:
        while number >= value:
            numeral, number = numeral + letters, number - value
    return numeral


def _iso(day: date | None) -> str:
    # PDF/A wants a date; an undated draft always gets the same one, so its bytes never change.
    return (day or date(2000, 1, 1)).isoformat()
