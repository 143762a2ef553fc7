"""In which language somebody wrote, so that a screen reader speaks their words as they are (WCAG 3.1.2).

Nobody is asked for it, and the language in which they read our pages is not always the one in which they
write. The small words of a sentence tell English from Spanish; where they don't, nothing is claimed.
"""

import re

ENGLISH = """
    the of and to is are was were will would shall we you they it this that these those what which who not for
    with from have had be been can when where there their our your my she his her at by an or if but do does
    did in on as us them than then only how why should may must more
"""
SPANISH = """
    el la los las de del y que es son era fue será en un una unos unas con por para se lo al su sus mi nos sí
    si pero como más muy ya está están hay cuando donde dónde qué quién quien cuál este esta estos estas eso
    esto todo todos nada ni le les te o usted ustedes nuestro nuestra debe deben ser porque sin sobre entre
    hasta desde también
"""
_SMALL = {code: frozenset(words.split()) for code, words in (("en", ENGLISH), ("es", SPANISH))}
_WORD = re.compile(r"[^\W\d_]+")


def tongue_of(words: str) -> str:
    """``en``, ``es``, or nothing where it can't be told: two small words more of the one than of the other,
    and twice as many."""
    found = [word.lower() for word in _WORD.findall(words)]
    english, spanish = (sum(word in _SMALL[code] for word in found) for code in ("en", "es"))
    spanish += sum(mark in words for mark in "¿¡")
    code, most, least = ("en", english, spanish) if english > spanish else ("es", spanish, english)
    return code if most >= least + 2 and most >= 2 * least else ""
