"""The units of Cà Mau and Bạc Liêu shipped as data are complete, well formed and where they say."""

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

COLUMNS = ["code", "name", "kind", "parent_code", "lat", "lon", "valid_from", "invented"]
CA_MAU, BAC_LIEU = "96", "95"
COUNTS = {
    CA_MAU: {"district": 8, "city": 1, "commune": 82, "ward": 9, "township": 9, "branch": 1000},
    BAC_LIEU: {
        "district": 5,
        "city": 1,
        "town": 1,
        "commune": 49,
        "ward": 10,
        "township": 5,
        "branch": 672,
    },
}
# south, north, west, east
BOXES = {CA_MAU: (8.3, 9.6, 104.5, 105.5), BAC_LIEU: (8.9, 9.7, 105.2, 105.9)}
PREFIX = {
    "province": "Tỉnh ",
    "district": "Huyện ",
    "city": "Thành phố ",
    "town": "Thị xã ",
    "commune": "Xã ",
    "ward": "Phường ",
    "township": "Thị trấn ",
    "branch": "Chi hội ",
}
DISTRICT_LEVEL = {"district", "city", "town"}
COMMUNE_LEVEL = {"commune", "ward", "township"}
PARENT_KINDS = {
    "centre": {None},
    "province": {"centre"},
    **dict.fromkeys(DISTRICT_LEVEL, {"province"}),
    **dict.fromkeys(COMMUNE_LEVEL, DISTRICT_LEVEL),
    "branch": COMMUNE_LEVEL,
}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    path = Path(__file__).parents[1] / "data" / "units-2023.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@pytest.fixture(scope="module")
def by_code(rows) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows}


def province_of(row: dict[str, str], by_code: dict[str, dict[str, str]]) -> str | None:
    """The province above a row, or None for the centre. The levels bound the climb."""
    for _level in PREFIX:
        if row["kind"] in {"province", "centre"}:
            return row["code"] if row["kind"] == "province" else None
        row = by_code[row["parent_code"]]
    raise AssertionError(f"{row['code']} is in a cycle")


def test_each_province_has_its_units(rows, by_code):
    counts = {province: Counter() for province in COUNTS}
    for row in rows:
        province = province_of(row, by_code)
        if province and row["kind"] != "province":
            counts[province][row["kind"]] += 1
    assert counts == COUNTS
    assert [row["code"] for row in rows if row["kind"] in {"centre", "province"}] == [
        "VN",
        CA_MAU,
        BAC_LIEU,
    ]


def test_codes_are_unique_and_have_the_length_of_their_level(rows, by_code):
    assert len(by_code) == len(rows)
    for row in rows:
        if row["kind"] in DISTRICT_LEVEL | COMMUNE_LEVEL:
            length = 3 if row["kind"] in DISTRICT_LEVEL else 5
            assert row["code"].isdecimal(), row
            assert len(row["code"]) == length, row


def test_parents_come_first_and_are_one_level_up(rows):
    """A parent read before its children also rules out a cycle."""
    seen: dict[str, str] = {}
    for row in rows:
        assert not row["parent_code"] or row["parent_code"] in seen, row
        assert seen.get(row["parent_code"]) in PARENT_KINDS[row["kind"]], row
        seen[row["code"]] = row["kind"]


def test_names_are_normalised_and_begin_with_their_kind(rows):
    for row in rows:
        name = row["name"]
        assert name == " ".join(unicodedata.normalize("NFC", name).split()), row
        assert name.startswith(PREFIX.get(row["kind"], "Trung ương ")), row


def test_names_are_unique_among_siblings(rows):
    names = Counter((row["parent_code"], row["name"]) for row in rows)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_administrative_unit_lies_in_its_province(rows, by_code):
    placed = 0
    for row in rows:
        if row["kind"] in {"centre", "branch"}:
            assert (row["lat"], row["lon"]) == ("", ""), row
            continue
        south, north, west, east = BOXES[province_of(row, by_code)]
        assert south <= float(row["lat"]) <= north, row
        assert west <= float(row["lon"]) <= east, row
        placed += 1
    assert placed == 182


def test_the_branches_and_only_they_are_invented(rows):
    assert all(row["invented"] == ("1" if row["kind"] == "branch" else "0") for row in rows)


def test_branches_are_numbered_within_their_commune(rows, by_code):
    branches: dict[str, list[str]] = {}
    for row in rows:
        if row["kind"] == "branch":
            branches.setdefault(row["parent_code"], []).append(row["code"])
            word = "ấp" if by_code[row["parent_code"]]["kind"] == "commune" else "khóm"
            assert row["name"].startswith(f"Chi hội {word} "), row
    assert len(branches) == 164
    for commune, codes in branches.items():
        assert codes == [f"{commune}-{number:02d}" for number in range(1, len(codes) + 1)]
        assert 6 <= len(codes) <= 14, commune


def test_every_unit_starts_on_one_date(rows):
    assert {row["valid_from"] for row in rows} == {"2021-01-01"}
