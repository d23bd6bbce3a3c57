"""What was typed or pasted, made into text that can be kept: one form, nothing invisible."""

import re
import unicodedata

from sohoi.lib.legacy import legacy_words

_LINES = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
_SPACE = re.compile("[^\\S\n]")
_JOINER, _BLACK_FLAG = "\u200d", "\U0001f3f4"
# Invisible, yet no format character: fillers of Hangul and the marks that only choose a glyph.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffe\uffff")
# Eth and African D look like Đ and are typed for it.
_D_WITH_STROKE = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})
_LETTER_OF_VIET_NAM = re.compile("[ăđĩũơưạ-ỹ]", re.IGNORECASE)
LOST = "\ufffd"


class LegacyText(ValueError):
    """The text was typed for an old font, or read in a wrong encoding; it would be unreadable."""

    def __init__(self, text: str, *, lang: str = "vi") -> None:
        words = " ".join(legacy_words(text)[:3])
        shown = f" (“{words}”)" if words else ""
        super().__init__(
            f"This looks typed for an old font (TCVN3, VNI) or damaged in copying{shown}. "
            "Convert it to Unicode, then paste it again."
            if lang == "en"
            else f"Có vẻ đoạn này gõ bằng phông chữ cũ (TCVN3, VNI) hoặc bị lỗi khi chép{shown}. "
            "Đổi sang Unicode rồi dán lại."
        )


def line(text: str) -> str:
    """One line: single spaces, none outside."""
    return " ".join(lines(text).split())


def lines(text: str) -> str:
    """A text of many lines, each ending in one character whatever the browser sent."""
    text = _LINES.sub("\n", unicodedata.normalize("NFC", text))
    kept = "".join(c for at, c in enumerate(text) if c == "\n" or not _is_dropped(text, at))
    return _SPACE.sub(" ", kept).strip()


def one_form(secret: str) -> str:
    """A password in the form it is kept in: only composed, for each of its signs counts."""
    return unicodedata.normalize("NFC", secret)


def one_d(text: str) -> str:
    """Đ typed as Eth, where the text is otherwise Vietnamese."""
    return text.translate(_D_WITH_STROKE) if _LETTER_OF_VIET_NAM.search(text) else text


def check_readable(text: str, *, lang: str = "vi") -> None:
    """Raises LegacyText. Asked of the text as it came: an old font uses what cleaning drops."""
    if LOST in text or legacy_words(text):
        raise LegacyText(text, lang=lang)


def _is_dropped(text: str, at: int) -> bool:
    character = text[at]
    kind = unicodedata.category(character)
    if kind == "Cf":
        return not _is_of_an_emoji(text, at)
    # A tab is a space; every other control character, half a pair and non-character is nothing.
    return (kind in ("Cc", "Cs") and not character.isspace()) or character in _UNSEEN


def _is_of_an_emoji(text: str, at: int) -> bool:
    """A family or a flag is several signs held together by invisible ones."""
    if text[at] == _JOINER:
        around = text[at - 1 : at] + text[at + 1 : at + 2]
        return len(around) == 2 and all(ord(c) > 0x203B for c in around)
    if "\U000e0020" <= text[at] <= "\U000e007f":
        start = text.rfind(_BLACK_FLAG, 0, at)
        return start >= 0 and all("\U000e0020" <= c <= "\U000e007f" for c in text[start + 1 : at])
    return False
