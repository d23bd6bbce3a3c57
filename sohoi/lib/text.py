"""Vietnamese text made comparable: one spelling, search without accents, alphabetical order."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")
# Old fonts and foreign keyboards write Eth or African D where đ is meant.
_D_WITH_STROKE = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_MARKS = {
    ("a", "\u0306"): "a1",  # ă
    ("a", "\u0302"): "a2",  # â
    ("e", "\u0302"): "e1",  # ê
    ("o", "\u0302"): "o1",  # ô
    ("o", "\u031b"): "o2",  # ơ
    ("u", "\u031b"): "u1",  # ư
}
_PIECE = re.compile("[0-9]+|.", re.DOTALL)

# M'Đrắk is typed with whatever stroke the keyboard has; one of them (ʼ) even counts as a letter.
_STROKES = "'`´ʹʻʼʽˈˊˋ‘’‚‛′‵ꞌ＇"
_STROKE = re.compile(f"[{_STROKES}]")
_STROKE_APART = re.compile(rf"[{_STROKES}]\s*")
_DASH_INSIDE = re.compile(r"(?<=\w)[-\u2010-\u2015\u2212](?=\w)")

# Columns that hold a key are this long; what follows decides no order that anybody sees.
KEY_LENGTH = 255
_CLOSED_OFF = re.compile(r"\(.*?(\)|$)|\[.*?(\]|$)|[,;].*$|\s[-\u2010-\u2015/]\s.*$")
# Ê Đê, M'Nông, Ba Na: H'Hen Niê and Y Phôn Êban are called by what comes first.
_GIVEN_FIRST = re.compile(rf"(H\s?[{_STROKES}]\s*\w+|Y\s+\w+)\s+(.+)", re.IGNORECASE)


def normalise(text: str) -> str:
    """The stored form: composed letters (NFC), no outer spaces, single inner spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The searched form: lower case, without accents, đ as d, words of letters and digits alone.

    What is typed and what is stored pass through here, so that M'Đrắk is found as M’Đrăk, and
    Phan Rang–Tháp Chàm with any dash or none.
    """
    plain = _ACCENTS.sub("", _decompose(_STROKE.sub("", text))).translate(_D_WITH_STROKE)
    return normalise(_spaced(plain))


def search_key(*texts: str) -> str:
    """The words a record is found by: `fold`, and each word that has a stroke or a dash inside it
    once apart and once in one piece (m drak, mdrak; ma 7k2q, ma7k2q)."""
    text = " ".join(texts)
    words = fold(text).split()
    loose = fold(_STROKE.sub(" ", text)).split()
    tight = fold(_DASH_INSIDE.sub("", _STROKE_APART.sub("", text))).split()
    return " ".join([*words, *dict.fromkeys(w for w in (*loose, *tight) if w not in words)])


def sort_key(text: str) -> str:
    """A key whose plain string order is the Vietnamese alphabetical order of `text`.

    Letters decide first (a ă â … d đ …), then the tones word by word (ngang, huyền, hỏi, ngã,
    sắc, nặng). Runs of digits compare as numbers; case and punctuation do not count. The key
    holds only 0-9 and a-z, so every database collation orders it alike.
    """
    words = [_word_key(word) for word in _words(text)]
    letters = "1".join(key for key, _ in words)
    tones = "".join(str(tone) for _, tone in words)
    return f"{letters}0{tones}"[:KEY_LENGTH]


def person_sort_key(full_name: str) -> str:
    """Order of a list of people: by given name, then family name, then middle names.

    What stands in brackets or after a comma is no name and decides only between namesakes, as does
    a number at the end (Út 2).
    """
    text = normalise(full_name)
    name = _CLOSED_OFF.sub(" ", text).strip() or text
    given, before, number = _parts_of_name(name)
    keys = (sort_key(given), sort_key(before), sort_key(number), sort_key(text))
    return "0".join(keys if name != text else keys[:3])[:KEY_LENGTH]


def _parts_of_name(name: str) -> tuple[str, str, str]:
    """Given name, what is written before it, and a number behind it."""
    if found := _GIVEN_FIRST.fullmatch(name):
        return found[1], found[2], ""
    words = name.split()
    number = words.pop() if len(words) > 1 and words[-1].isdigit() else ""
    *before, given = words or [""]
    return given, " ".join(before), number


def _decompose(text: str) -> str:
    """Lower-case letters followed by their marks, without invisible characters."""
    lower = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return "".join(c for c in lower if unicodedata.category(c) != "Cf")


def _spaced(text: str) -> str:
    """Letters, marks and digits; anything else is a space."""
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)


def _words(text: str) -> list[str]:
    return _spaced(_decompose(_STROKE.sub(" ", text))).split()


def _word_key(word: str) -> tuple[str, int]:
    """The letters of one word as key text, and the word's tone wherever it is placed."""
    key: list[str] = []
    tone = 0
    for piece in _PIECE.findall(word):
        if piece in _TONES:
            tone = _TONES[piece]
        elif _ACCENTS.match(piece):
            if key:
                key[-1] = _LETTER_MARKS.get((key[-1][0], piece), key[-1])
        else:
            key.append(_piece_key(piece))
    return "".join(key), tone


def _piece_key(piece: str) -> str:
    """`2` + length + digits for a number; letter + rank for a letter; `z9` + code for others."""
    if piece[0] in "0123456789":
        digits = piece.lstrip("0")[:99]
        return f"2{len(digits):02}{digits}"
    if piece in "đðɖ":
        return "d1"
    if piece.isascii():
        return f"{piece}0"
    return f"z9{ord(piece):06x}"
