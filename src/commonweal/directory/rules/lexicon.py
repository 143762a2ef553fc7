"""The lexicon: plain words in English and Spanish, and the topics and need domains that they name.

The words are ours and an installation may edit them (``data/lexicon.toml`` and the synonyms of its own
table). No licensed taxonomy is in it. A *topic* is finer than a need domain (a food box and a hot meal are
both food); one topic belongs to one domain or several, each with a weight between 0 and 1.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from commonweal.directory.rules.plain_words import ARTICLES, FILLERS, SMALL_WORDS, key_of, sound_of, tokens_of
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_PHRASE = 6  # words; longer phrases are read up to here


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that people ask for."""

    code: str
    name: str
    name_es: str
    domains: Mapping[NeedDomain, float]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says: a topic, and how surely (0 to 1)."""

    topic: str
    weight: float


@dataclass(frozen=True, slots=True)
class Danger:
    """A kind of danger that words speak of (``harm``, ``violence``), and the topic that helps."""

    kind: str
    topic: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by the keys of their words, and the indexes that find a misspelled word.

    ``longest`` tells for the first word of a phrase how many words the longest such phrase has; ``starts``
    are the first words of phrases that keep their small words.
    """

    topics: Mapping[str, Topic]
    phrases: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    longest: Mapping[str, int]
    starts: frozenset[str]
    dangers: Mapping[tuple[str, ...], Danger]
    words: frozenset[str] = field(default=frozenset())
    sounds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    spellings: tuple[str, ...] = ()
    kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out by these words and will be asked for again; whoever puts it there bounds it."""

    def gist(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words, a dot in place of each that is in no phrase: what has the same gist means the same."""
        known = self.words
        return tuple([w if key_of(w) in known or w in SMALL_WORDS else "·" for w in words])


@dataclass(frozen=True, slots=True)
class Synonym:
    """One phrase that an installation adds to a topic."""

    phrase: str
    topic: str
    weight: float = 1.0


def read_lexicon(text: str, synonyms: Iterable[Synonym] = ()) -> Lexicon:
    """Build the lexicon from the TOML of its file and an installation's own synonyms.

    Raises :class:`BadInput` with the table and key where the file says something that cannot be.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput("lexicon", str(fault)) from fault
    dangers = {
        whole_key(phrase): Danger(kind, str(table["topic"]))
        for kind, table in raw.pop("danger", {}).items()
        for phrase in table["phrases"]
    }
    topics = {code: _topic(code, table) for code, table in raw.items()}
    phrases: dict[tuple[str, ...], dict[str, float]] = {}
    for code, table in raw.items():
        for phrase in [*table.get("en", ()), *table.get("es", ())]:
            _add(phrases, phrase, code, 1.0)
        for phrase in table.get("weak", ()):
            _add(phrases, phrase, code, 0.4)
    for synonym in synonyms:
        if synonym.topic in topics:
            _add(phrases, synonym.phrase, synonym.topic, synonym.weight)
    meanings = {k: tuple(Meaning(t, w) for t, w in sorted(v.items())) for k, v in phrases.items()}
    return _indexed(topics, meanings, dangers, raw, synonyms)


def tokens_to_key(phrase: str) -> tuple[str, ...]:
    """The keys by which a phrase is found: of its words without the small ones.

    A phrase of which only one word would remain keeps them all but for articles: *on the street* must not
    be found in *Ferry Street*.
    """
    words = tokens_of(phrase)
    content = [word for word in words if word not in SMALL_WORDS]
    if len(content) >= 2 or set(words) - set(content) <= ARTICLES:
        words = content or words
    return tuple(key_of(word) for word in words)[:LONGEST_PHRASE]


def whole_key(phrase: str) -> tuple[str, ...]:
    """The keys of all words of a phrase: *quiero morir* must not be read as *morir*."""
    return tuple(key_of(token) for token in tokens_of(phrase))


def _topic(code: str, table: Mapping[str, object]) -> Topic:
    if not _CODE.fullmatch(code):
        raise BadInput(f"lexicon [{code}]", "a topic is named by small letters, digits and hyphens")
    domains: dict[NeedDomain, float] = {}
    raw = table.get("domains")
    if not isinstance(raw, Mapping) or not raw:
        raise BadInput(f"lexicon [{code}]", "names no need domain")
    for domain, weight in raw.items():
        try:
            domains[NeedDomain(domain)] = float(weight)
        except ValueError as fault:
            raise BadInput(f"lexicon [{code}] domains", f"{domain!r} is no need domain") from fault
    return Topic(
        code, str(table.get("name", code)), str(table.get("name_es", code)), MappingProxyType(domains)
    )


def _add(phrases: dict[tuple[str, ...], dict[str, float]], phrase: str, code: str, weight: float) -> None:
    key = tokens_to_key(phrase)
    if key:
        held = phrases.setdefault(key, {})
        held[code] = max(weight, held.get(code, 0.0))


def _indexed(
    topics: Mapping[str, Topic],
    phrases: Mapping[tuple[str, ...], tuple[Meaning, ...]],
    dangers: Mapping[tuple[str, ...], Danger],
    raw: Mapping[str, Mapping[str, list[str]]],
    synonyms: Iterable[Synonym],
) -> Lexicon:
    """Add what finds a misspelled word: every word as it is written, and by its sound."""
    spelled: dict[str, None] = {}
    for table in raw.values():
        for kind in ("en", "es", "weak"):
            for phrase in table.get(kind, ()):
                spelled |= dict.fromkeys(tokens_of(phrase))
    for synonym in synonyms:
        spelled |= dict.fromkeys(tokens_of(synonym.phrase))
    sounds: dict[str, str] = {}
    spelled |= dict.fromkeys(sorted(word for word in FILLERS if len(word) > 4))
    for word in spelled:
        sounds.setdefault(sound_of(word), word)
    words = {part for key in [*phrases, *dangers] for part in key}
    longest: dict[str, int] = {}
    for key in phrases:
        longest[key[0]] = max(len(key), longest.get(key[0], 0))
    starts = frozenset(key[0] for key in phrases if any(part in SMALL_WORDS for part in key))
    spellings = tuple(word for word in spelled if len(word) > 3)
    return Lexicon(topics, phrases, longest, starts, dangers, frozenset(words), sounds, spellings)
