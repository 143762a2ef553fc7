"""Text made comparable: one folding, used wherever words of people are matched."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case, without accents, one space between words; equal for ``Inés`` and ``INES ``.

    PostgreSQL's ``lower(unaccent(x))`` gives the same for Latin script.
    """
    if text.isascii():  # nearly all text, and several times as fast
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.casefold()).strip()
