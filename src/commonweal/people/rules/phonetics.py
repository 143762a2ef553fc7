"""Keys that names share when they sound alike, in English and in Spanish."""

import re

import jellyfish

from commonweal.people.rules.names import plain, surnames

_SPANISH_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[^a-z]", ""),
        (r"ch", "1"),
        (r"sh", "1"),
        (r"ph", "f"),
        (r"^x(?=[aeiou])", "j"),
        (r"qu(?=[ei])", "k"),
        (r"gu(?=[ei])", "2"),
        (r"g(?=[ei])", "j"),
        (r"c(?=[ei])", "s"),
        (r"[cq]", "k"),
        (r"h", ""),
        (r"ll|y(?=[aeiou])", "3"),
        (r"y", "i"),
        (r"v|w", "b"),
        (r"z", "s"),
        (r"x", "ks"),
        (r"2", "g"),
        (r"n(?=[bp])", "m"),
        (r"(.)\1+", r"\1"),
        (r"d$", ""),
    )
)
_VOWELS_WITHIN = re.compile(r"(?<!^)[aeiou]")


def spanish(word: str) -> str:
    """A key by how Spanish sounds: *Baldibia* is *Valdivia*, *Ximénez* is *Giménez*.

    b and v, s, z and soft c, j and soft g, ll and y are one sound each; h is silent; vowels after
    the first letter are dropped, so that unstressed slips do not matter.
    """
    key = plain(word).replace(" ", "")
    for pattern, instead in _SPANISH_STEPS:
        key = pattern.sub(instead, key)
    return _VOWELS_WITHIN.sub("", key).upper()


def sounds(word: str) -> frozenset[str]:
    """The phonetic keys of one name, each marked with its kind. Empty for what has no Latin letters."""
    letters = re.sub(r"[^a-z]", "", plain(word))
    if not letters:
        return frozenset()
    keys = {"s:" + jellyfish.soundex(letters), "e:" + spanish(letters)}
    if metaphone := jellyfish.metaphone(letters):
        keys.add("m:" + metaphone.replace(" ", ""))
    return frozenset(keys)


def family_sounds(family: str) -> frozenset[str]:
    """The keys of every surname in a family name."""
    return frozenset().union(*(sounds(name) for name in surnames(family)))


def sound_alike(one: str, other: str) -> bool:
    """Whether two words sound alike: one Spanish key, and an English key or three sounds."""
    mine, theirs = spanish(one), spanish(other)
    return (
        bool(mine)
        and mine == theirs
        and (len(mine) >= 3 or bool(sounds(one) & sounds(other) - {"e:" + mine}))
    )
