"""What is typed keeps its letters and loses what cannot be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.lib.typed import LegacyText, check_readable, line, lines, one_d, one_form

NAME = "Nguyễn Thị Hồng Đượm"


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", NAME),
        f"\ufeff{NAME}\u200b",
        "Nguyễn\u200b Thị\u00a0Hồng\u2060 Đượm",
        "Nguyễn Thị Hồ\u00adng Đượm",
        "\u202eNguyễn Thị\u202c Hồng \u200eĐượm",
        "  Nguyễn\tThị \r\n Hồng  Đượm\x00\x07",
        "Nguyễn Thị Hồng Đượm\udcff\uffff",
    ],
)
def test_one_line_has_one_form(typed):
    assert line(typed) == NAME


def test_a_line_break_is_one_character_whatever_the_browser_sent():
    assert lines("một\r\nhai\rba\u2028bốn\n\nnăm\n") == "một\nhai\nba\nbốn\n\nnăm"


@pytest.mark.parametrize("sign", ["👩‍👩‍👧", "👩🏽‍⚕️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "🇻🇳", "👩‍❤️‍👩"])
def test_signs_made_of_several_stay_whole(sign):
    assert line(f"vui {sign} lắm") == f"vui {sign} lắm"


def test_a_joiner_between_letters_goes():
    assert line("a\u200db\u200cc") == "abc"


@pytest.mark.parametrize("text", ["H'Hen Niê", "M’Đrắk", "ស្រី", "Đàng Năng Quạ", "Müller", "Ｓố ５"])
def test_other_letters_and_marks_stay(text):
    assert line(text) == text


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    cleaned = lines(text)
    assert lines(cleaned) == cleaned
    assert not any(unicodedata.category(c) in ("Cs",) or c == "\r" for c in cleaned)
    cleaned.encode()


def test_eth_is_dd_among_vietnamese_only():
    assert one_d("Ðặng Thị Ðào") == "Đặng Thị Đào"
    assert one_d("Sigurður") == "Sigurður"


def test_a_password_is_composed_and_keeps_each_of_its_signs():
    typed = unicodedata.normalize("NFD", "  mật khẩu\u200b ")
    assert one_form(typed) == "  mật khẩu\u200b "


@pytest.mark.parametrize(("lang", "said"), [("vi", "Đổi sang Unicode"), ("en", "Convert it")])
def test_old_text_is_refused_with_what_to_do(lang, said):
    with pytest.raises(LegacyText, match=said):
        check_readable("NguyÔn ThÞ Hång", lang=lang)
    with pytest.raises(LegacyText, match=said):
        check_readable("Nguy\ufffdn Thị Hồng", lang=lang)
    check_readable(NAME, lang=lang)
