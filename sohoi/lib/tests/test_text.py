"""Vietnamese text folds for search and sorts in alphabetical order, however it was typed."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.lib.text import fold, normalise, person_sort_key, search_key, sort_key

ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
TONES = "\u0300\u0309\u0303\u0301\u0323"
vietnamese = st.text(st.sampled_from(LETTERS + LETTERS.upper() + " -.'0123456789"))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đầm Dơi", "dam doi"),
        ("  Thị trấn\tCái\u00a0Nước ", "thi tran cai nuoc"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "nguyen thi huong"),
        ("\u00d0ông H\u1ea3i", "dong hai"),
        ("Trần\u200b V\ufeffăn", "tran van"),
        ("", ""),
    ],
)
def test_search_ignores_accents_case_and_spacing(typed, folded):
    assert fold(typed) == folded


def test_search_keeps_the_vowel_signs_of_khmer():
    assert fold("ភាសាខ្មែរ") == "ភាសាខ្មែរ"


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(vietnamese)
def test_folded_vietnamese_is_ascii_and_stays_as_it_is(text):
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded == fold(text.upper())


@given(vietnamese)
def test_typing_with_separate_marks_makes_no_difference(text):
    apart = unicodedata.normalize("NFD", text)
    assert (normalise(apart), fold(apart)) == (normalise(text), fold(text))
    assert sort_key(apart) == sort_key(text)
    assert person_sort_key(apart) == person_sort_key(text)


@pytest.mark.parametrize(
    "ordered",
    [
        ALPHABET,
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ"],
        ["Ấp 1", "Ấp 2", "Ấp 10", "Ấp 10A", "Ấp An"],
        ["Khóm 09", "Khóm 10", "Khóm 100"],
        ["Ba con", "Bà con", "Ba ông"],
        ["Cà Mau", "Cái Nước", "Dầm", "Đầm Dơi"],
        ["An", "An Xuyên", "Anh"],
        ["Tân An", "Tân Ân", "Tân Ân Tây", "Tân Đức"],
    ],
)
def test_sorts_in_alphabetical_order(ordered):
    keys = [sort_key(text) for text in ordered]
    assert all(first < second for first, second in pairwise(keys))


@pytest.mark.parametrize(
    ("one", "other"), [("Hoà", "hòa"), ("Bà Rịa - Vũng Tàu", "Bà Rịa–Vũng Tàu"), ("Ấp 02", "ấp 2")]
)
def test_spelling_habits_do_not_change_the_order(one, other):
    assert sort_key(one) == sort_key(other)


@given(st.text())
def test_keys_hold_only_digits_and_small_letters(text):
    for key in (sort_key(text), person_sort_key(text)):
        assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


def by_the_book(words: list[str]) -> tuple:
    """Letters of all words first, then tones, worked out without the library."""
    letters = [[ALPHABET.index(without_tone(letter)) for letter in word] for word in words]
    return letters, [tone_of(word) for word in words]


def without_tone(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES))


def tone_of(word: str) -> int:
    return max(TONES.find(mark) + 1 for mark in unicodedata.normalize("NFD", word))


syllables = st.builds(
    lambda onset, vowel, coda: onset + vowel + coda,
    st.sampled_from(["", "b", "c", "d", "đ", "ngh", "tr"]),
    st.sampled_from([letter for letter in LETTERS if without_tone(letter) in "aăâeêioôơuưy"]),
    st.sampled_from(["", "c", "n", "ng"]),
)


@given(st.lists(syllables, min_size=1, max_size=3), st.lists(syllables, min_size=1, max_size=3))
def test_any_two_names_compare_as_in_a_dictionary(first, second):
    keys = sort_key(" ".join(first)), sort_key(" ".join(second))
    expected = by_the_book(first), by_the_book(second)
    assert (keys[0] < keys[1]) == (expected[0] < expected[1])
    assert (keys[0] == keys[1]) == (expected[0] == expected[1])


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbered_hamlets_sort_by_number(first, second):
    assert (sort_key(f"Ấp {first}") < sort_key(f"Ấp {second}")) == (first < second)


def test_people_sort_by_given_name_then_family_then_middle_names():
    ordered = [
        "Lê Thị An",
        "Nguyễn Thị An",
        "Trần An",
        "Trần Thị An",
        "Lê Thị Ân",
        "Phạm Thị Hoa",
        "Bùi Thị Hoà",
        "Đỗ Thị Hoà",
    ]
    assert sorted(set(ordered), key=person_sort_key) == ordered


def test_people_with_one_name_or_none_still_sort():
    assert person_sort_key("") < person_sort_key("Lan") < person_sort_key("Lê Lan")


@pytest.mark.parametrize(
    "ordered",
    [
        # Đ after D, and Danh before Đặng, whatever the family.
        ["Trần Thị Danh", "Nguyễn Thị Dung", "An Thị Đào", "Lê Văn Đặng"],
        # A family name that is a given name elsewhere; names of two words; one name alone.
        ["Danh Thị Hoa", "Thạch Thị Sa Rinh", "Út", "Danh Út"],
        # Called by what comes first.
        ["H'Hen Niê", "H’ Len Mlô", "Trần Thị Hằng", "Lê Thị Hoa", "Y Phôn Êban", "Lê Thị Yên"],
        # What is no name decides between namesakes alone, and so does a number.
        ["Trần Thị Bé", "Trần Thị Bé (Bí thư chi bộ)", "Võ Thị Bé, ấp 2", "Lê Thị Hoa"],
        ["Lê Thị Út", "Lê Thị Út 2", "Lê Thị Út 10", "Trần Thị Út"],
        ["Nguyễn Thị Hòa", "Nguyễn Thị Hoan", "Nguyễn Thị Hoạt"],
    ],
)
def test_hard_names_sort_by_what_somebody_is_called(ordered):
    assert sorted(set(ordered), key=person_sort_key) == ordered
    assert len({person_sort_key(name) for name in ordered}) == len(ordered)


full_names = st.lists(syllables, min_size=1, max_size=4)


@given(full_names, full_names)
def test_any_two_people_compare_by_given_name_then_by_what_stands_before(first, second):
    def by_given_name(words: list[str]) -> tuple:
        return by_the_book(words[-1:]), by_the_book(words[:-1])

    # Y alone at the front is the given name of another people.
    if {first[0], second[0]} & set("yỳỷỹýỵ"):
        return
    keys = person_sort_key(" ".join(first)), person_sort_key(" ".join(second))
    assert (keys[0] < keys[1]) == (by_given_name(first) < by_given_name(second))


STROKES = "'’‘ʼʻ`´′"
DASHES = "-‐–—−"


@given(
    st.sampled_from(["M'Đrắk", "H'Hen Niê", "Krông K'Nô", "Cư M'gar"]),
    st.sampled_from(STROKES),
    st.sampled_from(["NFC", "NFD"]),
    st.booleans(),
)
def test_a_stroke_is_found_as_any_other_as_none_and_as_a_space(name, stroke, form, upper):
    stored = f" {search_key(name)}"
    written = unicodedata.normalize(form, name.replace("'", stroke))
    for typed in (written, written.replace(stroke, ""), written.replace(stroke, " ")):
        asked = fold(typed.upper() if upper else typed)
        assert all(f" {word}" in stored for word in asked.split()), asked
    assert search_key(written) == search_key(name)


@given(st.sampled_from(DASHES), st.sampled_from(["", " "]), st.sampled_from(["", " "]))
def test_a_dash_is_found_as_any_other_and_as_none(dash, before, after):
    stored = search_key(f"Phan Rang{before}{dash}{after}Tháp Chàm").split()
    asked = ("phan rang thap cham", "PHAN RANG - THÁP CHÀM", "Phan Rang–Tháp Chàm", "thap cham")
    assert all(set(fold(typed).split()) <= set(stored) for typed in asked)


@given(st.text())
def test_what_is_stored_is_words_of_letters_and_digits_and_holds_what_is_typed(text):
    words = search_key(text).split(" ") if search_key(text) else []
    assert all(unicodedata.category(c)[0] in "LMN" for word in words for c in word)
    assert "" not in words
    assert fold(text).split() == words[: len(fold(text).split())]


@pytest.mark.parametrize(("old", "new"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe")])
def test_the_old_and_the_new_place_of_a_tone_are_one_word(old, new):
    assert (fold(old), sort_key(old)) == (fold(new), sort_key(new))


def test_y_and_i_are_two_letters():
    assert fold("Lý") != fold("Lí")


@given(st.text(st.sampled_from(LETTERS + "ក្ខ漢 "), max_size=400))
def test_a_key_fits_its_column(text):
    assert len(sort_key(text)) <= 255
    assert len(person_sort_key(text)) <= 255
