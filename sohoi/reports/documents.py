"""From figures to documents: the review, its annex table by unit, and the news article."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import override

from sohoi.figures.asking.rules import Question
from sohoi.figures.catalogue.choices import SECTIONS, order_of
from sohoi.figures.catalogue.rules import Passing
from sohoi.figures.reading import documents as wording
from sohoi.figures.reading.queries import Contradiction, Figure, answers, contradictions
from sohoi.kit.indicators import VND
from sohoi.lib import dates, money, numbers
from sohoi.lib.periods import Period
from sohoi.org.choices import Tier
from sohoi.org.models import Installation
from sohoi.org.queries import Place
from sohoi.reports import narrative
from sohoi.reports.models import Narrative
from sohoi.reports.rendering.model import (
    Annex,
    Article,
    Column,
    Document,
    Header,
    Heading,
    Note,
    Signature,
    Table,
)
from sohoi.reports.standard import standard

DEMO_NOTICE = "Dữ liệu trình diễn: người, hộ và tên ấp, khóm là tưởng tượng."
# Up to this many units fit side by side on a landscape page.
WIDE = 12
# Indicators side by side in a table whose rows are units: their titles are long.
ACROSS = 9
RECIPIENTS = {
    Tier.PROVINCE: ("Hội LHPN Việt Nam (b/c)", "Thường trực Tỉnh uỷ (b/c)"),
    Tier.DISTRICT: ("Hội LHPN tỉnh (b/c)", "Thường trực cấp uỷ (b/c)"),
    Tier.COMMUNE: ("Hội LHPN cấp trên (b/c)", "Đảng uỷ (b/c)", "Các chi hội"),
}


@dataclass
class Sheet:
    """Everything a document of one unit and period needs: read once, worded many times.

    Documents are Vietnamese whatever language the reader's screen has.
    """

    question: Question
    text: str = ""
    missing: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.question.unit

    @property
    def period(self) -> Period:
        return self.question.period

    @cached_property
    def all(self) -> list[Figure]:
        with override("vi"):
            return answers(self.question, by_children=True)

    @cached_property
    def own(self) -> dict[str, Figure]:
        return {f.key: f for f in self.all if f.place.id == self.place.id}

    @cached_property
    def below(self) -> list[Place]:
        return list({f.place.id: f.place for f in self.all if f.place.id != self.place.id}.values())

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        return contradictions(self.own.values())

    def fill(self, key: str, form: str) -> str:
        words = {
            "@unit": _short_name(self.place),
            "@period": self.period.title(),
            "@year": str(self.period.end.year),
        }
        if key in words:
            return words[key]
        if key not in self.own:
            self.missing.append(key)
            return "…"
        return wording.worded(self.own[key], digits=form == "digits")


def sheet_for(question: Question, kind: str) -> Sheet:
    """The sheet with the unit's own text for the period, where its officers wrote one."""
    text = "" if kind == "annex" else text_of(question.unit, question.period, kind).body
    return Sheet(question, text)


def text_of(place: Place, period: Period, kind: str) -> Narrative:
    """The unit's text, or an unsaved one (version 0) that holds the standard text."""
    text = Narrative.objects.filter(unit_id=place.id, period=period.key, kind=kind).first()
    return text or Narrative(kind=kind, body=standard(kind), version=0)


def short_unit(name: str) -> str:
    """A column head: 'Huyện Đầm Dơi' is 'Đầm Dơi', 'Thành phố Cà Mau' is 'TP Cà Mau'."""
    for long, short in (("Huyện ", ""), ("Thành phố ", "TP "), ("Thị xã ", "TX "), ("Xã ", "")):
        if name.startswith(long):
            return short + name.removeprefix(long)
    return name


def _short_name(place: Place) -> str:
    """'Tỉnh Cà Mau' inside a sentence is 'tỉnh Cà Mau'."""
    return place.name[:1].lower() + place.name[1:]


def review(sheet: Sheet, *, variant: str = "union") -> Document:
    """The six-month review with its annex and the notes for the officer who checks it."""
    with override("vi"):
        body = narrative.blocks(sheet.text, sheet.fill)
        return _document(
            sheet,
            variant,
            abstract=f"Kết quả công tác Hội và phong trào phụ nữ {sheet.period.title()}",
            blocks=body,
            annexes=annexes(sheet),
        )


def annex(sheet: Sheet, *, variant: str = "union") -> Document:
    """The table of figures by unit as a document of its own."""
    with override("vi"):
        return _document(
            sheet,
            variant,
            abstract=f"Tổng hợp số liệu công tác Hội {sheet.period.title()}",
            blocks=(Heading(1, "SỐ LIỆU THEO ĐƠN VỊ", "I."),),
            annexes=annexes(sheet),
        )


def article(sheet: Sheet) -> Article:
    """The news item: numbers, and no person's name."""
    with override("vi"):
        blocks = narrative.blocks(sheet.text, sheet.fill)
        title = next((b.text for b in blocks if isinstance(b, Heading)), "")
        paragraphs = [b.runs for b in blocks if not isinstance(b, Heading)]
        first, *others = paragraphs or [()]
        return Article(
            title=title,
            sapo="".join(run.text for run in first),
            paragraphs=tuple(others),
            demo_notice=DEMO_NOTICE if Installation.here().demo else "",
        )


def _document(
    sheet: Sheet, variant: str, *, abstract: str, blocks: tuple, annexes: tuple
) -> Document:
    return Document(
        header=_header(sheet.place, variant),
        kind="BÁO CÁO",
        abstract=abstract,
        blocks=blocks,
        signature=Signature(("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")),
        recipients=(*RECIPIENTS.get(sheet.place.tier, ()), *_below(sheet), "Lưu: VT"),
        annexes=annexes,
        notes=notes(sheet),
        demo_notice=DEMO_NOTICE if Installation.here().demo else "",
    )


def _below(sheet: Sheet) -> tuple[str, ...]:
    """The Unions below that receive the report: of the tier that stands there on the day."""
    tiers = {place.tier for place in sheet.below}
    if Tier.DISTRICT in tiers:
        return ("Hội LHPN các huyện, thành phố",)
    if Tier.COMMUNE in tiers and sheet.place.tier == Tier.PROVINCE:
        return ("Hội LHPN các xã, phường",)
    return ("Hội LHPN các xã, phường, thị trấn",) if Tier.COMMUNE in tiers else ()


def _header(place: Place, variant: str) -> Header:
    """Without a date: it is written when the document is signed."""
    name = place.name.upper()
    locality = (
        place.name.split(" ", 1)[-1].removeprefix("phố ").removeprefix("xã ").removeprefix("trấn ")
    )
    return Header(
        variant=variant,
        parent=f"HỘI LIÊN HIỆP PHỤ NỮ {name}",
        issuer="BAN THƯỜNG VỤ",
        code="BC-BTV",
        place=locality,
        date=None,
    )


def notes(sheet: Sheet) -> tuple[Note, ...]:
    """What the checking officer must settle before anyone signs; it stands in the file too."""
    notes = [Note("Số liệu mâu thuẫn", wording.contradiction_text(c)) for c in sheet.contradictions]
    for coverage, titles in _uncovered(sheet).items():
        notes.append(Note("Chưa đủ đơn vị báo cáo", f"{coverage}: {'; '.join(titles)}."))
    if split := [str(f.indicator.title) for f in sheet.own.values() if not f.comparable]:
        notes.append(Note("Không so sánh được", f"{'; '.join(split)}. {wording.NOT_COMPARABLE}"))
    silent = [f for f in sheet.own.values() if f.value is None and f.comparable]
    if titles := [str(figure.indicator.title) for figure in silent]:
        notes.append(Note("Chưa có số liệu", "; ".join(titles) + "."))
    if passing := [f.indicator for f in sheet.own.values() if isinstance(f.indicator, Passing)]:
        near = [sheet.period, sheet.period.previous()]
        notes += [Note("Đổi nguồn số liệu", text) for text in wording.passings(passing, near)]
    if sheet.missing:
        keys = ", ".join(dict.fromkeys(sheet.missing))
        notes.append(Note("Chỉ tiêu không còn trong hệ thống", f"{keys}. Sửa lại đoạn văn."))
    return tuple(notes)


def _uncovered(sheet: Sheet) -> dict[str, list[str]]:
    """The figures that not every unit answered, by what is said of their coverage."""
    titles: dict[str, list[str]] = {}
    for figure in sheet.own.values():
        if figure.reported < figure.expected:
            coverage = wording.coverage_text(figure)
            titles.setdefault(coverage, []).append(str(figure.indicator.title))
    return titles


def annexes(sheet: Sheet) -> tuple[Annex, ...]:
    """Every figure of the unit and of each unit below it."""
    if not sheet.below:
        return ()
    title = f"SỐ LIỆU CÔNG TÁC HỘI {sheet.period.title().upper()}"
    tables = (_wide(sheet),) if is_wide(sheet) else tuple(_long(sheet))
    return (Annex(title=title, tables=tables, note=_until(sheet.question)),)


def _until(question: Question) -> str:
    tree = f", {wording.tree_text(question)}" if question.is_regrouped else ""
    return f"Số liệu đến ngày {dates.short(question.day)}{tree}."


def matrix(sheet: Sheet) -> list[dict]:
    """Sections of rows, one row an indicator: the unit's figure and that of each unit below."""
    by_cell = {(f.place.id, f.key): f for f in sheet.all}
    ordered = sorted(sheet.own.values(), key=lambda f: order_of(f.indicator.section))
    groups: dict[str, list[dict]] = {}
    for own in ordered:
        cells = [by_cell[place.id, own.key] for place in sheet.below]
        groups.setdefault(own.indicator.section, []).append({"own": own, "cells": cells})
    return [{"title": str(SECTIONS.get(key, key)), "rows": rows} for key, rows in groups.items()]


def cell_text(figure: Figure) -> str:
    """A cell of the annex; money in million đồng, exact, so that columns stay narrow."""
    measure = figure.indicator.measure
    if not figure.comparable:
        return wording.value_text(figure)
    if measure.symbol == VND.symbol and figure.value is not None:
        return numbers.format_scaled(figure.value, money.MILLION)
    return wording.amount_text(figure.value, measure, noun=False)


def measure_text(figure: Figure) -> str:
    measure = figure.indicator.measure
    return "triệu đồng" if measure.symbol == VND.symbol else str(measure.title)


def named(figure: Figure) -> str:
    return f"{figure.indicator.title} ({measure_text(figure)})"


def is_wide(sheet: Sheet) -> bool:
    """Whether the units stand side by side."""
    return len(sheet.below) <= WIDE


def _wide(sheet: Sheet) -> Table:
    """Rows are indicators, columns the unit and those below it."""
    names = [short_unit(p.name) for p in sheet.below]
    columns = (
        Column("Chỉ tiêu", "left", 62.0),
        Column("Tổng số"),
        *(Column(name) for name in names),
    )
    rows = [
        (named(row["own"]), cell_text(row["own"]), *(cell_text(f) for f in row["cells"]))
        for section in matrix(sheet)
        for row in section["rows"]
    ]
    return Table(columns, tuple(rows))


def long_sections(sheet: Sheet) -> list[dict]:
    """With many units rows are units: the matrix by section, no part wider than the paper."""
    return [
        {"title": section["title"], "rows": section["rows"][start : start + ACROSS]}
        for section in matrix(sheet)
        for start in range(0, len(section["rows"]), ACROSS)
    ]


def _long(sheet: Sheet) -> list[Table]:
    tables = []
    for section in long_sections(sheet):
        columns = (
            Column("Đơn vị", "left", 50.0),
            *(Column(named(r["own"])) for r in section["rows"]),
        )
        rows = [
            (place.name, *(cell_text(r["cells"][index]) for r in section["rows"]))
            for index, place in enumerate(sheet.below)
        ]
        total = ("Tổng số", *(cell_text(r["own"]) for r in section["rows"]))
        tables.append(Table(columns, tuple(rows), total, section["title"]))
    return tables
