"""Words made comparable: one key for *groceries* and *grocery*, one sound for *luz* and *lus*."""

import re
from functools import lru_cache

from commonweal.kernel.text import fold

_SMALL = """
a an and any are at be can for from get have help how i im in is it looking me my need needs of on
or our please some somebody someone something that the there this to us want we week where with you
today tomorrow tonight now near free someplace place places could would month day days soon
somewhere give find got getting go going a al algo alguien ayuda ayudame ayuden con cual de del
donde el en es esta estoy favor gratis hay hoy la las lo los manana me mes mi mis necesito
necesitamos nos para pero por que queremos quiero se semana ser si su tener tenemos tengo un una
unas unos y ya buscar busco dia dias cerca ahora lugar encontrar
"""
SMALL_WORDS = frozenset(_SMALL.split())
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SPANISH_SOUNDS = (
    (re.compile(r"ch"), "X"),  # kept apart before h falls silent
    (re.compile(r"ph"), "f"),
    (re.compile(r"h"), ""),
    (re.compile(r"qu(?=[ei])|q|c(?![ei])|k"), "k"),
    (re.compile(r"c(?=[ei])|z"), "s"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"ll"), "y"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"y$"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def tokens_of(text: str) -> list[str]:
    """The words of a text: lower case, without accents; ``can't`` is one word, ``cant``."""
    folded = text.lower() if text.isascii() else fold(text).replace("’", "'")
    found = _WORD.findall(folded)
    return [word.replace("'", "") for word in found] if "'" in folded else found


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """One key for the forms of a word: plural and a few endings off, in English and Spanish alike."""
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("es", "s"):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def sound_of(word: str) -> str:
    """How a word sounds to a Spanish ear: ``lus`` as ``luz``, ``bibienda`` as ``vivienda``."""
    for pattern, sound in _SPANISH_SOUNDS:
        word = pattern.sub(sound, word)
    return word


def content_words(text: str) -> list[str]:
    """The words of a phrase without the small ones, unless nothing else remains."""
    words = tokens_of(text)
    return [word for word in words if word not in SMALL_WORDS] or words
