"""From plain words to needs: *food for this week*, *comida*, *lus bill*, *no tengo donde dormir*."""

from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from commonweal.directory.rules.lexicon import LONGEST_PHRASE, Danger, Lexicon, Meaning
from commonweal.directory.rules.plain_words import FILLERS, SMALL_WORDS, key_of, sound_of, tokens_of
from commonweal.directory.shapes_search import Reading
from commonweal.kernel.domains import NeedDomain

_FEWEST_LETTERS_TO_MEND = 4


def read_need(text: str, lexicon: Lexicon, known: frozenset[str] = frozenset()) -> Reading:
    """How the words of a question are understood.

    Phrases of the lexicon are found longest first; a word that is in neither the lexicon nor ``known`` (the
    names in the directory) is mended by its sound, then by spelling. ``words`` are those that named no
    need, for a search in names and descriptions. Scores are between 0 and 1.
    """
    typed = tokens_of(text)[:40]
    mended = [_mend(word, lexicon, known) for word in typed]
    corrected = tuple((a, b) for a, b in zip(typed, mended, strict=True) if a != b)
    topics, used = _topics(mended, lexicon)
    danger = _danger([key_of(word) for word in mended], lexicon)
    if danger and danger.topic in lexicon.topics:
        topics[danger.topic] = 1.0
    words = tuple(w for i, w in enumerate(typed) if i not in used and mended[i] not in FILLERS)
    return Reading(
        domains=domains_of(topics, lexicon),
        topics=MappingProxyType(topics),
        corrected=corrected,
        words=tuple(dict.fromkeys(words)),
        typed=tuple(dict.fromkeys(word for word in mended if word not in FILLERS)),
        danger=danger.kind if danger else "",
    )


def _mend(word: str, lexicon: Lexicon, known: frozenset[str]) -> str:
    key = key_of(word)
    if key in lexicon.words or word in FILLERS or word in known or word.isdigit():
        return word
    same_sound = lexicon.sounds.get(sound_of(word))
    if same_sound:
        return same_sound
    if len(word) < _FEWEST_LETTERS_TO_MEND:
        return word
    slips = 1 if len(word) < 7 else 2
    found = process.extractOne(
        word, lexicon.spellings, scorer=DamerauLevenshtein.distance, score_cutoff=slips
    )
    if not found or abs(len(found[0]) - len(word)) > slips or (slips == 1 and found[0][0] != word[0]):
        return word
    return str(found[0])


Phrase = tuple[int, int, list[int], tuple[Meaning, ...]]


def _topics(words: list[str], lexicon: Lexicon) -> tuple[dict[str, float], set[int]]:
    """The topics that the words name, and the places of the words that named them.

    The longest phrase wins. Small words inside a phrase (*pay the rent*) may be there or not.
    """
    keys = [key_of(word) for word in words]
    content = [place for place, word in enumerate(words) if word not in SMALL_WORDS]
    found = list(_phrases(keys, content, lexicon, lexicon.longest))
    if not lexicon.starts.isdisjoint(keys):
        found += _phrases(keys, list(range(len(keys))), lexicon, lexicon.starts)
    topics: dict[str, float] = {}
    used: set[int] = set()
    for _size, _start, taken, meanings in sorted(found, key=lambda phrase: phrase[:2]):
        if used.intersection(taken):
            continue
        used.update(taken)
        for meaning in meanings:
            topics[meaning.topic] = max(meaning.weight, topics.get(meaning.topic, 0.0))
    return _without_weak(topics), used


def _phrases(
    keys: list[str], places: list[int], lexicon: Lexicon, starts: Container[str]
) -> Iterator[Phrase]:
    """The phrases that the words at these places make, those first that are longest."""
    longest, phrases = lexicon.longest, lexicon.phrases
    for start, place in enumerate(places):
        if keys[place] not in starts:
            continue
        for size in range(1, min(longest[keys[place]], len(places) - start) + 1):
            taken = places[start : start + size]
            meanings = phrases.get(tuple([keys[p] for p in taken]))
            if meanings:
                yield -size, start, taken, meanings


def _without_weak(topics: dict[str, float]) -> dict[str, float]:
    """A vague word (*bill*) counts only where no plain one was said (*light bill*)."""
    best = max(topics.values(), default=0.0)
    return {code: weight for code, weight in topics.items() if weight >= best / 2}


def domains_of(topics: Mapping[str, float], lexicon: Lexicon) -> Mapping[NeedDomain, float]:
    """The need domains of some topics, each by its strongest topic."""
    scores: dict[NeedDomain, float] = {}
    for code, weight in topics.items():
        for domain, share in lexicon.topics[code].domains.items():
            scores[domain] = max(weight * share, scores.get(domain, 0.0))
    return MappingProxyType(scores)


def _danger(keys: list[str], lexicon: Lexicon) -> Danger | None:
    for size in range(min(LONGEST_PHRASE, len(keys)), 0, -1):
        for start in range(len(keys) - size + 1):
            danger = lexicon.dangers.get(tuple(keys[start : start + size]))
            if danger:
                return danger
    return None


def topics_in(words: list[str], lexicon: Lexicon, most: int = 8) -> tuple[str, ...]:
    """The topics that a service's own words name, the surest first.

    They are taken as they stand: nothing is mended, since a description is not a hurried question.
    """
    topics, _ = _topics(words, lexicon)
    return tuple(sorted(topics, key=lambda code: (-topics[code], code))[:most])


def needs_in(text: str, lexicon: Lexicon) -> Mapping[NeedDomain, float]:
    """The need domains that a text names, taken as it stands, each between 0 and 1."""
    topics, _ = _topics(tokens_of(text)[:90], lexicon)
    return domains_of(topics, lexicon)
