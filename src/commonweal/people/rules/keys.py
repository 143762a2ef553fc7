"""The keys by which a record is found: equality and sound, never a scan over names.

A record has one row a key in an indexed column; searching and looking for duplicates compare keys
for equality only, which PostgreSQL lets pass ahead of row-level security (DESIGN §4).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import jellyfish

from commonweal.people.rules.births import Birth
from commonweal.people.rules.names import Name, accented, plain, surnames
from commonweal.people.rules.phonetics import spanish

PREFIX = 3
"""Letters from which on a beginning of a name is found."""


def _sound_keys(word: str) -> set[str]:
    letters = re.sub(r"[^a-z]", "", word)
    if len(letters) < 2:
        return set()
    return {"e:" + spanish(letters), "m:" + jellyfish.metaphone(letters).replace(" ", "")}


def words_of(names: Iterable[Name]) -> frozenset[str]:
    """Every single word of the names, with accents and without."""
    texts = [text for name in names for text in (name.given, name.family)]
    return frozenset(
        word for text in texts for form in (plain(text), accented(text)) for word in form.split()
    )


def record_keys(names: Iterable[Name], birth: Birth, phone: str, email: str = "") -> frozenset[str]:
    """All keys of a record; the first of ``names`` is the usual one.

    w word · p beginning · e, m sounds · b birth date · t phone · a mail address · n full name ·
    x sound of a surname with the first initial and the year of birth.
    """
    names = tuple(names)
    keys = set(block_keys(names, birth, phone, email))
    for word in words_of(names):
        keys.add("w:" + word)
        keys |= _sound_keys(plain(word))
        if len(word) > PREFIX:
            keys.add("p:" + plain(word)[:PREFIX])
    return frozenset(keys)


def block_keys(names: Iterable[Name], birth: Birth, phone: str, email: str = "") -> frozenset[str]:
    """The keys by which two records may be of one person: the union of passes of DOMAIN §5.3.

    A birth date of January 1 is no key, and placeholders give no name keys.
    """
    keys = {f"t:{phone}"} if phone else set()
    if email:
        keys.add(f"a:{email.casefold()}")
    if birth.exact and birth.day:
        keys.add(f"b:{birth.day.isoformat()}")
    for name in names:
        if name.is_placeholder:
            continue
        keys.add("n:" + name.full)
        if birth.known and birth.day:
            keys |= {
                f"x:{spanish(surname)}|{plain(name.given)[:1]}|{birth.day.year}"
                for surname in surnames(name.family)
            }
    return frozenset(keys)


@dataclass(frozen=True, slots=True)
class AskedWord:
    """One word of a search: keys that are it, that sound like it, and that begin as it does."""

    word: str
    exact: frozenset[str]
    sounds: frozenset[str]
    begins: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        return self.exact | self.sounds | self.begins


def asked_words(text: str) -> tuple[AskedWord, ...]:
    """The words of a name as typed, at most six. Accents typed count only for the exact key."""
    found = []
    for word in dict.fromkeys(plain(text).split()[:6]):
        begins = frozenset({"p:" + word[:PREFIX]}) if len(word) >= PREFIX else frozenset()
        found.append(AskedWord(word, frozenset({"w:" + word}), frozenset(_sound_keys(word)), begins))
    return tuple(found)
