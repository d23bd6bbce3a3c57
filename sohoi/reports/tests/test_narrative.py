"""Text whose numbers are live."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.reports import narrative
from sohoi.reports.rendering.model import Bullet, Heading, Paragraph, Run
from sohoi.reports.standard import standard


def fill(key: str, form: str) -> str:
    return f"<{key}{'/' + form if form else ''}>"


def test_a_placeholder_becomes_words_that_remember_their_figure():
    assert narrative.runs("Xây [homes.built] căn, [@period].", fill) == (
        Run("Xây "),
        Run("<homes.built>", figure="homes.built"),
        Run(" căn, "),
        Run("<@period>"),
        Run("."),
    )


def test_a_form_is_passed_on():
    (run,) = narrative.runs("[directives.breakthroughs:digits]", fill)
    assert run.text == "<directives.breakthroughs/digits>"


def test_lines_become_headings_paragraphs_and_bullets():
    text = "## I. KẾT QUẢ\n\n### 1. Nhà [@year]\n\nĐã xây [a.b].\n\n- một\n"
    assert narrative.blocks(text, fill) == (
        Heading(1, "KẾT QUẢ", "I."),
        Heading(2, "Nhà <@year>", "1."),
        Paragraph((Run("Đã xây "), Run("<a.b>", figure="a.b"), Run("."))),
        Bullet((Run("một"),)),
    )


def test_what_nothing_can_fill_is_named():
    text = "[homes.built] [homes.gone] [@month] [homes.built:loud] [không phải] [1] [homes.bu căn"
    unknown = narrative.unknown_placeholders(text, {"homes.built"})
    assert unknown == ["[homes.bu", "[homes.gone]", "[@month]", "[homes.built:loud]"]


@pytest.mark.rooms
@pytest.mark.parametrize("kind", ["review", "article"])
def test_the_standard_texts_speak_of_figures_and_of_no_fixed_number(kind):
    text = standard(kind)
    assert len(narrative.keys_of(text)) >= 20
    without_places = narrative._PLACEHOLDER.sub("", text)
    digits = [word for word in without_places.split() if any(c.isdigit() for c in word)]
    # Headings, Covid-19 and the year in the title of a project are words, not figures.
    assert {w.strip(".;,") for w in digits} <= {*"1234567", "2030”", "Covid-19"}


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="[]")))
def test_text_without_placeholders_is_kept_to_the_letter(text):
    assert "".join(run.text for run in narrative.runs(text, fill)) == text


def test_a_key_with_digits_is_a_placeholder():
    key = "tinh.ho_5_khong_3_sach"
    assert narrative.keys_of(f"Có [{key}] hộ") == [key]
    assert narrative.unknown_placeholders(f"[{key}]", set()) == [f"[{key}]"]
