"""Names made comparable without losing how they were written (DOMAIN §5.2)."""

import re
import unicodedata
from dataclasses import dataclass

from commonweal.kernel.text import fold

SUFFIXES: dict[str, str] = {
    "jr": "Jr",
    "junior": "Jr",
    "sr": "Sr",
    "senior": "Sr",
    "ii": "II",
    "iii": "III",
    "iv": "IV",
    "2nd": "II",
    "3rd": "III",
    "4th": "IV",
}
"""Generational suffixes, in their written form. ``hijo`` and ``padre`` are surnames too, so they stay."""

PLACEHOLDERS = frozenset(
    {"unknown", "desconocido", "desconocida", "doe", "test", "prueba", "none", "na", "nfn", "nln", "xxx"}
)
_PLACEHOLDER_GIVEN = (
    PLACEHOLDERS
    | {"baby", "baby boy", "baby girl", "babyboy", "babygirl", "newborn", "infant"}
    | {"john doe", "jane doe", "no name", "nino", "nina", "recien nacido"}
) - {"nina"}

_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "da", "das", "do", "dos", "van", "von", "der", "den", "al", "el", "san"}
    | {"santa", "st", "mac", "bin", "ibn", "abu", "le", "y"}
)
_APOSTROPHES = re.compile(r"['’ʼ`´‘]")
_OTHER_MARKS = re.compile(r"[^\w\s]|_")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """The name as it is kept: NFKC, no control characters, single spaces.

    Letters, accents, apostrophes and case stay as the person writes them.
    """
    normal = unicodedata.normalize("NFKC", text)
    bare = "".join(
        " " if c in "\t\n\r" else c for c in normal if unicodedata.category(c)[0] != "C" or c in "\t\n\r"
    )
    return _SPACES.sub(" ", bare).strip()


def accented(text: str) -> str:
    """Case-folded and without punctuation, accents kept: the form that tells ``Peña`` from ``Pena``."""
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    return _SPACES.sub(" ", _OTHER_MARKS.sub(" ", bare)).strip().casefold()


def plain(text: str) -> str:
    """As ``accented``, and without accents: what two spellings of one name share."""
    return fold(accented(text))


def both(text: str) -> frozenset[str]:
    """The two comparable forms, with and without accents."""
    return frozenset(form for form in (accented(text), plain(text)) if form)


def split_suffix(family: str) -> tuple[str, str]:
    """Take a generational suffix off a family name: ``"Munn, Jr."`` gives ``("Munn", "Jr")``."""
    words = clean(family).replace(",", " ").split()
    if len(words) > 1 and (suffix := SUFFIXES.get(plain(words[-1]))):
        return " ".join(words[:-1]), suffix
    return clean(family), ""


def suffix_of(text: str) -> str:
    """A suffix typed in a field of its own, in its written form; an unknown one stays as typed."""
    return SUFFIXES.get(plain(text), clean(text))


def surnames(family: str) -> tuple[str, ...]:
    """The family names within one field, folded, particles kept with what follows.

    ``"De la Cruz-Márquez"`` gives ``("de la cruz", "marquez")``.
    """
    found: list[str] = []
    held: list[str] = []
    for word in plain(family).split():
        held.append(word)
        if word not in _PARTICLES:
            found.append(" ".join(held))
            held = []
    if held:
        found.append(" ".join(held))
    return tuple(found)


def family_forms(family: str) -> frozenset[str]:
    """Every folded way in which a family name may be written elsewhere.

    Two surnames in either order, each alone, and run together; so that *García Márquez*,
    *Marquez-Garcia* and *Garcia* can meet.
    """
    names = surnames(family)
    if not names:
        return frozenset()
    forms = {" ".join(names), "".join(names).replace(" ", ""), *names}
    if len(names) == 2:
        forms.add(f"{names[1]} {names[0]}")
    return frozenset(forms)


def given_forms(given: str) -> frozenset[str]:
    """The whole given name, folded, and its first word: *María Teresa* is often *Maria*."""
    words = plain(given).split()
    return frozenset({" ".join(words), words[0]}) if words else frozenset()


def is_placeholder(given: str, family: str) -> bool:
    """Whether this stands for a name that nobody knows. Placeholders never match anyone."""
    first, last = plain(given), plain(family)
    return (
        first in _PLACEHOLDER_GIVEN
        or last in PLACEHOLDERS
        or first.startswith(("baby boy", "baby girl"))
        or not (first or last)
    )


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a person, as written."""

    given: str
    family: str
    suffix: str = ""

    @property
    def full(self) -> str:
        """Given and family name, folded, for exact search."""
        return plain(f"{self.given} {self.family}")

    @property
    def is_placeholder(self) -> bool:
        return is_placeholder(self.given, self.family)


def read_name(given: str, family: str, suffix: str = "") -> Name:
    """A name from three fields as typed; a suffix within the family name moves to its own field."""
    last, found = split_suffix(family)
    return Name(clean(given), last, suffix_of(suffix) if suffix.strip() else found)
