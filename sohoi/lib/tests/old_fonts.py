"""Vietnamese as old fonts kept it, and as programs damaged it: the way back of `legacy`."""

import unicodedata
from collections.abc import Callable

_TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        strict=True,
    )
)
_VNI_WHOLE = dict(zip("ơưđỉĩịỵìíƠƯĐỈĨỊỴÌÍ", "ôöñæóòîìíÔÖÑÆÓÒÎÌÍ", strict=True))
_VNI_HORN = {"ơ": "ô", "ư": "ö", "Ơ": "Ô", "Ư": "Ö"}
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_VNI_MARKS = {"": "øùûõï", "\u0302": "àáåãä", "\u0306": "èéúüë"}
_VNI_PLAIN = {"\u0302": "â", "\u0306": "ê"}


def tcvn3(text: str) -> str:
    """Capitals with a tone were those of small letters, in a font of capitals."""
    return "".join(_TCVN3.get(c) or _TCVN3.get(c.lower()) or c for c in text)


def vni(text: str) -> str:
    return "".join(map(_vni_letter, text))


def _vni_letter(letter: str) -> str:
    if letter in _VNI_WHOLE:
        return _VNI_WHOLE[letter]
    apart = unicodedata.normalize("NFD", letter)
    tone = next((c for c in apart if c in _TONES), "")
    base = unicodedata.normalize("NFC", apart.replace(tone, ""))
    if len(apart) == 1:
        return letter
    hat = next((c for c in apart if c in _VNI_PLAIN), "")
    root = _VNI_HORN.get(base, apart[0])
    mark = _VNI_MARKS[hat][_TONES.index(tone)] if tone else _VNI_PLAIN[hat]
    return root + (mark.upper() if letter.isupper() else mark)


def misread(encoding: str, meant: str = "utf-8") -> Callable[[str], str]:
    """As a program shows `meant` when it takes it for `encoding`."""

    def damaged(text: str) -> str:
        raw = _cp1258(text) if meant == "cp1258" else text.encode(meant)
        return "".join(_character(byte, encoding) for byte in raw)

    return damaged


def _character(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def _cp1258(text: str) -> bytes:
    """Letters with hat, breve and horn are one byte, tones stand behind them."""
    raw = b""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in apart if c in _TONES)
        base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
        try:
            raw += letter.encode("cp1258")
        except UnicodeEncodeError:
            raw += base.encode("cp1258") + tones.encode("cp1258")
    return raw


OLD_WAYS: dict[str, Callable[[str], str]] = {
    "TCVN3": tcvn3,
    "VNI": vni,
    "UTF-8 as Windows-1252": misread("cp1252"),
    "UTF-8 as Windows-1258": misread("cp1258"),
    "UTF-8 as Latin-1": misread("latin-1"),
    "Windows-1258 as 1252": misread("cp1252", "cp1258"),
}
