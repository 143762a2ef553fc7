"""What a service is for, from its own words and from the needs that it is mapped to."""

from dataclasses import dataclass

from commonweal.directory.rules.lexicon import Lexicon
from commonweal.directory.rules.needs import domains_of, topics_in

_STRONG = 0.5
"""From this weight on a topic stands for a need of its own."""
_MOST_KEPT = 20_000

Known = tuple[tuple[str, ...], tuple[str, ...]]
"""The topics that names say, and the needs."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Topics that the name says (``offered``) or only the description does, and the needs they meet."""

    offered: tuple[str, ...]
    mentioned: tuple[str, ...]
    domains: tuple[str, ...]


def meaning_of(names: list[str], texts: list[str], mapped: tuple[str, ...], lexicon: Lexicon) -> Meaning:
    """The meaning of a service by the words of its names and of its description.

    ``mapped`` are the needs that its terms stand for, or that somebody chose. The description decides
    where neither the mapping nor the name tells a need; else it would make every house one for all.
    """
    offered, domains = _of_names(names, mapped, lexicon)
    if domains:
        return Meaning(offered, (), domains)
    mentioned = tuple(topics_in(texts, lexicon))
    return Meaning(offered, mentioned, tuple(sorted(_needs(mentioned[:3], lexicon))))


def _of_names(names: list[str], mapped: tuple[str, ...], lexicon: Lexicon) -> Known:
    """Topics and needs by the words of the names. Most names mean what another meant: that is kept."""
    asked = (lexicon.gist(names), mapped)
    known = lexicon.kept.get(asked)
    if known is None:
        offered = tuple(topics_in(names, lexicon))
        known = offered, tuple(sorted({*mapped, *_needs(offered, lexicon)}))
        if len(lexicon.kept) < _MOST_KEPT:
            lexicon.kept[asked] = known
    return known  # type: ignore[return-value]


def _needs(topics: tuple[str, ...], lexicon: Lexicon) -> set[str]:
    if not topics:
        return set()
    named = domains_of(dict.fromkeys(topics, 1.0), lexicon)
    return {domain.value for domain, weight in named.items() if weight >= _STRONG}
