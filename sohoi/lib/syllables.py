"""Whether a word is written like a Vietnamese syllable: onset, rime and tone that go together."""

import re
import unicodedata

_ACUTE, _DOT = "\u0301", "\u0323"
_TONES = f"\u0300\u0303\u0309{_ACUTE}{_DOT}"
_TONE = re.compile(f"[{_TONES}]")
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
# After qu the glide is part of the onset: quý is qu + y, quốc qu + ôc.
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu
iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao
oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oong ooc ô ôc ôi ôm ôn ông ôp ôt
ơ ơi ơm ơn ơng ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm
uôn uông uôt uơ uy uya uych uynh uyn uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi
ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu yt ynh
""".split()
_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS)})?(?:{'|'.join(_RIMES)})")
# A syllable closed by a stop carries sắc or nặng only.
_STOPPED = re.compile("(?:c|ch|p|t)$")
# Letters that only close a rime when they follow a vowel, and carry no tone there.
_VOWELS, _GLIDES = frozenset("aăâeêioôơuưy"), frozenset("iuoy")


def is_syllable(word: str) -> bool:
    """The tone may stand the old or the new way (hoà, hòa), but on no closing glide (giaù)."""
    toned = unicodedata.normalize("NFC", word.lower())
    plain = "".join(_bare(letter) for letter in toned)
    marked = [at for at, letter in enumerate(toned) if letter != plain[at : at + 1]]
    if len(marked) > 1 or len(toned) != len(plain) or not _SYLLABLE.fullmatch(plain):
        return False
    if not marked:
        return True
    tone = set(unicodedata.normalize("NFD", toned[marked[0]])) & set(_TONES)
    if _STOPPED.search(plain):
        return bool(tone & {_ACUTE, _DOT})
    return not _is_on_a_glide(plain, marked[0])


def _bare(letter: str) -> str:
    """The letter without its tone."""
    apart = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", _TONE.sub("", apart))


def _is_on_a_glide(plain: str, at: int) -> bool:
    before = plain[at - 1 : at]
    return (
        at == len(plain) - 1
        and plain[at] in _GLIDES
        and before in _VOWELS
        and before + plain[at] != "uy"
        and not plain.startswith("qu")
        and plain != "gi"
    )
