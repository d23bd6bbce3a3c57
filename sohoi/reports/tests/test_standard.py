"""The text a unit starts from takes in what each room offers, and leaves out what nobody fills."""

import pytest

from sohoi.figures.catalogue.choices import SECTIONS, Sentence
from sohoi.figures.catalogue.queries import catalogue
from sohoi.figures.definitions.actions import load_definitions
from sohoi.kit import rooms
from sohoi.reports.narrative import keys_of, unknown_placeholders
from sohoi.reports.standard import assembled, standard

SHIPPED = """## I. KẾT QUẢ

### 1. Nhà

Đã xây [+homes,], [works.bridges] cầu.

[+homes]

### 2. An toàn

[+safety]

### 3. Tiết kiệm

Có [savings.groups] tổ.

### [+]

## II. NHIỆM VỤ

Làm tiếp.
"""
TITLES = {"gifts": "Quà tặng"}


@pytest.fixture
def room():
    """A room that another office wrote: it has sentences and nothing else."""

    def bring(*sentences: Sentence) -> None:
        rooms.register(rooms.Room(key="gifts", title="Quà", path="qua", sentences=sentences))

    yield bring
    rooms.unregister("gifts")


def test_clauses_are_listed_and_sentences_are_paragraphs():
    offered = {"homes": ["[homes.built] căn nhà", "[homes.won] căn sửa", "Sửa [homes.fixed] căn."]}
    text = assembled(SHIPPED, offered, TITLES)
    assert "Đã xây [homes.built] căn nhà, [homes.won] căn sửa, [works.bridges] cầu.\n\nSửa " in text


def test_a_clause_without_a_list_is_closed_to_a_sentence():
    text = assembled(SHIPPED, {"safety": ["có [addresses.trusted] địa chỉ"]}, TITLES)
    assert "An toàn\n\nCó [addresses.trusted] địa chỉ.\n" in text


def test_what_nobody_fills_leaves_no_heading_no_comma_and_no_gap_in_the_numbers():
    assert assembled(SHIPPED, {}, TITLES) == (
        "## I. KẾT QUẢ\n\n### 1. Nhà\n\nĐã xây [works.bridges] cầu.\n\n"
        "### 2. Tiết kiệm\n\nCó [savings.groups] tổ.\n\n## II. NHIỆM VỤ\n\nLàm tiếp.\n"
    )


def test_a_section_the_text_does_not_know_comes_last_under_its_title():
    text = assembled(SHIPPED, {"gifts": ["Tặng [gifts.given] suất quà."]}, TITLES)
    assert "### 3. Quà tặng\n\nTặng [gifts.given] suất quà.\n\n## II." in text


def test_a_sentence_at_the_head_of_a_list_that_is_gone_begins_with_a_capital():
    assert assembled("[+movement;]; duy trì [a.b] không gian.", {}, {}) == (
        "Duy trì [a.b] không gian.\n"
    )


@pytest.mark.rooms
def test_a_new_room_speaks_in_the_review_by_its_order(room):
    room(
        Sentence(section="poverty", review="Sau cùng [gifts.last].", order=2),
        Sentence(section="poverty", review="Trước hết [gifts.first].", order=1),
        Sentence(section="digital", review="Mở [gifts.cards] thẻ.", article="Mở [gifts.cards]."),
    )
    review = standard("review")
    first, last = review.index("Trước hết [gifts.first]."), review.index("Sau cùng [gifts.last].")
    assert review.index("Giảm nghèo bền vững") < first < last < review.index("Bảo vệ quyền")
    assert "Mở [gifts.cards] thẻ." in review
    assert "gifts.first" not in standard("article")
    assert "Mở [gifts.cards].\n\nThời gian tới" in standard("article")


@pytest.mark.rooms
def test_every_room_speaks_of_its_own_section_and_of_figures_there_are(db):
    load_definitions(by=None)
    offered = [sentence for room in rooms.rooms() for sentence in room.sentences]
    assert {sentence.section for sentence in offered} <= SECTIONS.keys()
    for kind in ("review", "article"):
        text = standard(kind)
        assert unknown_placeholders(text, set(catalogue())) == []
        named = [key for one in offered for key in keys_of(getattr(one, kind))]
        assert [key for key in named if key not in keys_of(text)] == []
        assert len(keys_of(text)) >= len(set(named)) + 15
