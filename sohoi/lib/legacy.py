"""Recognises Vietnamese typed for an old font (TCVN3, VNI) or read in a wrong encoding.

A word counts when it is no Vietnamese syllable as it stands and becomes one when read the old
way. So names of other languages pass: Müller, Nestlé, H'Hen Niê, Krông Păk.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from sohoi.lib.syllables import is_syllable

_TCVN3 = str.maketrans(
    dict(
        zip(
            "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
            "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
            strict=True,
        )
    )
)
# VNI writes a letter and then its mark, as a letter of its own.
_VNI_MARKS = dict(zip("ø ù û õ ï â à á å ã ä ê è é ú ü ë".split(), range(17), strict=True))
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_ADDS = (
    *(_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT),
    *(_HAT, _HAT + _GRAVE, _HAT + _ACUTE, _HAT + _HOOK, _HAT + _TILDE, _HAT + _DOT),
    *(_BREVE, _BREVE + _GRAVE, _BREVE + _ACUTE, _BREVE + _HOOK, _BREVE + _TILDE, _BREVE + _DOT),
)
_VNI_LETTERS = str.maketrans(dict(zip("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ", strict=True)))
_VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])", re.IGNORECASE)
# Words are divided by everything of ASCII that is neither letter nor digit.
_WORD = re.compile(r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
_EDGES = "“”‘’‚„«»…–—·•®©™\u00a0"
_OUTSIDE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_LETTERS = re.compile("[a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]+", re.IGNORECASE)
# French, and units of measure, that read as syllables by accident.
_INNOCENT = frozenset(("où", "µm", "n·m"))


def legacy_words(text: str) -> list[str]:
    """The words that betray it, as typed; none for text in Unicode."""
    if text.isascii():
        return []
    words = [w for w in _WORD.findall(unicodedata.normalize("NFC", text)) if not w.isascii()]
    sound = sum(1 for word in words if _OUTSIDE.search(word) and is_syllable(word.strip(_EDGES)))
    for read in _READINGS:
        found = [word for word in words if _betrays(word, read)]
        # One odd word among good ones is a name; many of them are pasted from elsewhere.
        if len(found) > sound or len(found) >= 3:
            return found
    return []


def _betrays(word: str, read: Callable[[str], str]) -> bool:
    core = word.strip(_EDGES)
    if len(word) < 2 or word.lower() in _INNOCENT:
        return False
    meant = read(word)
    if meant == word or meant.isascii():
        return False
    # Three signs that are the bytes of one letter are no accident.
    in_bytes = read in _BYTES and len(meant) < len(word) and bool(_LETTERS.fullmatch(meant))
    if in_bytes and len(word) - len(meant) >= 2:
        return True
    # Two may be a letter and a closing quote.
    if not core.isascii() and _is_sound(core):
        return False
    return in_bytes or is_syllable(meant)


def _is_sound(word: str) -> bool:
    """A syllable, without a capital behind a small letter (ChÊn)."""
    return is_syllable(word) and not any(
        one.islower() and other.isupper() for one, other in zip(word, word[1:], strict=False)
    )


def _tcvn3(word: str) -> str:
    # Its capitals were small letters in a font of capitals: what is typed in capitals is not it.
    shouted = word.isupper() and any(c.isupper() for c in word if not c.isascii())
    return word if shouted or _OUTSIDE.search(word) else word.translate(_TCVN3)


def _vni(word: str) -> str:
    def joined(match: re.Match[str]) -> str:
        letter, mark = match.groups()
        return letter.translate(_VNI_LETTERS) + _VNI_ADDS[_VNI_MARKS[mark.lower()]]

    if _OUTSIDE.search(word):
        return word
    # Letters that stand alone are read only where they are not the mark of one before.
    pieces = re.split(f"([aeouyôö][{''.join(_VNI_MARKS)}])", word, flags=re.IGNORECASE)
    read = [
        _VNI_PAIR.sub(joined, piece) if at % 2 else piece.translate(_VNI_LETTERS)
        for at, piece in enumerate(pieces)
    ]
    return unicodedata.normalize("NFC", "".join(read))


@lru_cache(maxsize=4)
def _bytes_of(encoding: str) -> dict[str, int]:
    """The byte behind each character; where the encoding has none, the control of that number."""
    table = {chr(number): number for number in range(256)}
    for number in range(128, 256):
        try:
            table[bytes([number]).decode(encoding)] = number
        except UnicodeDecodeError:
            continue
    return table


def _misread(encoding: str, meant: str = "utf-8") -> Callable[[str], str]:
    """Text in `meant` that was read as `encoding`."""

    def read(word: str) -> str:
        table = _bytes_of(encoding)
        try:
            raw = bytes(table[character] for character in word)
            return unicodedata.normalize("NFC", raw.decode(meant))
        except (KeyError, UnicodeDecodeError):
            return word

    return read


_BYTES = (_misread("cp1252"), _misread("cp1258"))
_READINGS = (_tcvn3, _vni, *_BYTES, _misread("cp1252", "cp1258"))
