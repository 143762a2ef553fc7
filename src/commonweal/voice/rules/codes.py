"""The author's code: sayable in English and in Spanish, heard wrongly without harm.

Six syllables of one consonant and one vowel, in three pairs: ``tamo-rike-lusa``. 12 × 5 = 60 syllables, so
60⁶ ≈ 4.7 × 10¹⁰ codes (35 bits); a stranger may try ten an hour.
"""

from collections.abc import Sequence

from commonweal.kernel.text import fold

CONSONANTS = "bdfgklmnprst"
VOWELS = "aeiou"
SYLLABLES = 6
ALL = len(CONSONANTS) * len(VOWELS)

_HEARD_AS = (
    ("qu", "k"),
    ("ch", "k"),
    ("ph", "f"),
    ("v", "b"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("y", "i"),
)
"""Letters that sound alike in one of the two languages, as the code has them."""


def code_from(drawn: Sequence[int]) -> str:
    """The code of six numbers from 0 to 59. Raises ValueError for others."""
    if len(drawn) != SYLLABLES or not all(0 <= one < ALL for one in drawn):
        raise ValueError("six numbers from 0 to 59")
    said = [CONSONANTS[one // len(VOWELS)] + VOWELS[one % len(VOWELS)] for one in drawn]
    return "-".join(said[n] + said[n + 1] for n in range(0, SYLLABLES, 2))


def normal(said: str) -> str:
    """A code as it is kept, from what somebody typed or heard; empty where it can be none."""
    letters = "".join(one for one in fold(said) if one.isalpha())
    for heard, kept in _HEARD_AS:
        letters = letters.replace(heard, kept)
    pairs = [letters[n : n + 2] for n in range(0, len(letters), 2)]
    is_code = len(letters) == 2 * SYLLABLES and all(p[0] in CONSONANTS and p[1] in VOWELS for p in pairs)
    return letters if is_code else ""
