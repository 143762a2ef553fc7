"""Words made comparable: one key for *groceries* and *grocery*, one sound for *luz* and *lus*."""

import re
from functools import lru_cache

from commonweal.kernel.text import fold

_SMALL = """
a an and any are at be can for from have how i im in is it me my of on or our that the their them
there this to us was we were with you your a al con cual de del el en es esta este estoy la las le
les lo los me mi mis nos o para pero por que se ser si su sus tengo tenemos tener un una unas unos y
"""
SMALL_WORDS = frozenset(_SMALL.split())
"""Words that may stand inside a phrase or not: *pay the rent* is *pay rent*."""
_ARTICLES = "a an the my our your el la las los un una unos unas mi mis su sus nos"
ARTICLES = frozenset(_ARTICLES.split())
_FILLERS = """
another could does find get getting give go going got help looking lookin need needed needs now near
nearby please place places some somebody someone something somewhere soon today tomorrow tonight
want week weekend where would month months day days free urgent really very just not no algo alguien
alguna algun ahora ayuda ayudame ayuden ayudar buscar busco cerca dia dias donde encontrar estamos
favor gratis hay hoy lugar manana mes muy necesitamos necesito no pronto puedo queremos quiero
semana urgente ya
"""
FILLERS = SMALL_WORDS | frozenset(_FILLERS.split())
"""Words that by themselves say nothing about a need; they are not looked for in names and descriptions."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_WORDS_ONLY = "".join(c if c.isalnum() else " " for c in map(chr, range(128)))
"""What takes all but letters and digits out of a text in ASCII."""
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
    if "'" in folded:
        return [word.replace("'", "") for word in _WORD.findall(folded)]
    if folded.isascii():  # nearly all text, and three times as fast
        return folded.translate(_WORDS_ONLY).split()
    return _WORD.findall(folded)


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """One key for the forms of a word: plural and final *e* off, in English and Spanish alike."""
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ses", "zes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def sound_of(word: str) -> str:
    """How a word sounds to a Spanish ear: ``lus`` as ``luz``, ``bibienda`` as ``vivienda``."""
    for pattern, sound in _SPANISH_SOUNDS:
        word = pattern.sub(sound, word)
    return word
