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


def normalise(text: str) -> str:
    """The stored form: composed letters (NFC), no outer spaces, single inner spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The searched form: `normalise`, lower case, without accents, đ as d."""
    plain = _ACCENTS.sub("", _decompose(text)).translate(_D_WITH_STROKE)
    return normalise(plain)


def sort_key(text: str) -> str:
    """A key whose plain string order is the Vietnamese alphabetical order of `text`.

    Letters decide first (a ă â … d đ …), then the tones word by word (ngang, huyền, hỏi, ngã,
    sắc, nặng). Runs of digits compare as numbers; case and punctuation do not count. The key
    holds only 0-9 and a-z, so every database collation orders it alike.
    """
    words = [_word_key(word) for word in _words(text)]
    letters = "1".join(key for key, _ in words)
    tones = "".join(str(tone) for _, tone in words)
    return f"{letters}0{tones}"


def person_sort_key(full_name: str) -> str:
    """Order of a list of people: by given name, then family name, then middle names."""
    *before, given = normalise(full_name).split() or [""]
    return f"{sort_key(given)}0{sort_key(' '.join(before))}"


def _decompose(text: str) -> str:
    """Lower-case letters followed by their marks, without invisible characters."""
    lower = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return "".join(c for c in lower if unicodedata.category(c) != "Cf")


def _words(text: str) -> list[str]:
    spaced = (c if unicodedata.category(c)[0] in "LMN" else " " for c in _decompose(text))
    return "".join(spaced).split()


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
