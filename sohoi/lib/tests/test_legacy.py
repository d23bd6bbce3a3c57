"""Text of old fonts and wrong encodings is recognised, and nobody's name is taken for it."""

import csv
from pathlib import Path

import pytest

from sohoi.lib.legacy import legacy_words
from sohoi.lib.syllables import is_syllable
from sohoi.lib.tests.old_fonts import OLD_WAYS

DATA = Path(__file__).parents[2] / "org" / "data"
# Families, places and firms of every kind that the Union meets.
OTHERS = (
    """
H'Hen Niê|Y Blô Êban|H Linh Mlô|Kpă Y Plin|Rơ Châm H'Yéo|Siu Bâk|Nay Hê|K'Bông|Hmông Sín Chải
Krông Păk|Buôn Đôn|Cư M'gar|Ea Súp|Ea Yông|M'Đrắk|Đắk Glei|Sêrêpôk|Chư Păh|Kbang|Ia Pết|Tơ Tung
Xê Đăng|Giẻ Triêng|Brâu|Rơ Măm|Bru - Vân Kiều|Chăm H'roi|Đàng Năng Quạ|Thạch Sô Phi|Kim Sà Rươne
Danh Út|Sơn Thị Sa Rây|Châu Ôn|Néang Kim Ly|Pi Năng Thị Hốn|Chamaléa Điêu|A Lăng Pôr|Zơ Râm Bé
Müller|Señor José|Nestlé|Citroën|São Paulo|Köln|Zoë|Chloé|René|Hélène|Françoise|Søren|Åse Bjørn
Łódź|Noël|naïve façade|où est le café à la crème|Côte d'Ivoire|Curaçao|Dvořák|Ñandú|coördinate
Công ty TNHH Müller & Söhne|CÔng ty Nestlé Việt Nam|CÔNG TY CỔ PHẦN CÀ MAU|UBND TP. CÀ MAU
HĐND|ĐBSCL|THPT Phan Ngọc Hiển|XÃ EA YÔNG|“ĐÃ”|«XÃ»|BÃ…|ĐÃ XONG”|Fiin®|5 µm|36,5 m²|½ kg|±5 °C
Phạm Văn Đồng — «Tài» ©2023|giá 5 € · giảm 10%|2 × 3 ÷ 4|§ 5 khoản 2|hộ¹|Hoà, Hòa, thuý, thúy|quí
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
ON_PURPOSE = (
    "Kính gửi: Ban Thường vụ Hội Liên hiệp Phụ nữ tỉnh. Xã Tân Đức đã vận động được 12 hộ góp "
    "công, góp của để sửa nhà cho chị Nguyễn Thị Mừng; còn thiếu 5.000.000 đồng (năm triệu)."
)


def unit_names() -> list[str]:
    names = set()
    for path in DATA.glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            names |= {row["name"] for row in csv.DictReader(file) if row["name"]}
    assert len(names) > 300
    return sorted(names)


@pytest.mark.parametrize(
    "change", [str, str.upper, str.title], ids=["as written", "upper", "title"]
)
def test_no_name_of_a_unit_is_refused(change):
    assert {n: found for n in map(change, unit_names()) if (found := legacy_words(n))} == {}


def test_nobody_elses_name_is_refused():
    assert len(OTHERS) > 80
    assert {n: found for n in OTHERS if (found := legacy_words(n))} == {}


@pytest.mark.parametrize("way", OLD_WAYS)
def test_nearly_every_name_of_a_unit_is_recognised_in_its_old_form(way):
    """A name of one word may by chance be another word: Căn and Cãn."""
    old = {name: OLD_WAYS[way](name) for name in unit_names()}
    changed = {name: text for name, text in old.items() if text != name}
    assert len(changed) > 300
    missed = [name for name, text in changed.items() if not legacy_words(text)]
    assert len(missed) <= len(changed) * 0.02, missed


@pytest.mark.parametrize("way", OLD_WAYS)
def test_a_paragraph_is_recognised_alone_and_pasted_among_good_text(way):
    old = OLD_WAYS[way](ON_PURPOSE)
    assert legacy_words(old)
    assert legacy_words(f"{ON_PURPOSE}\n{old}\n{ON_PURPOSE}")
    assert not legacy_words(ON_PURPOSE)


@pytest.mark.parametrize("word", "hoà hòa thuý thúy quí giàu nghĩa khuỷu Ủy rượu tiếc yến".split())
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "giaù krông müller pắk nguyễnn thù̀ tìc Nestlé".split())
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)
