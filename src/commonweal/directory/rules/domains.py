"""Which needs a taxonomy term stands for: what the installation mapped, else what its words say."""

from collections.abc import Iterable
from dataclasses import dataclass

from commonweal.directory.rules.lexicon import Lexicon
from commonweal.directory.rules.needs import needs_in
from commonweal.directory.vocabulary import MatchKind
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.text import fold

_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Mapping:
    """One line of the installation's mapping. An empty ``taxonomy_name`` holds for every vocabulary;
    the domain *unspecified* says that the term stands for no need."""

    taxonomy_name: str
    match: MatchKind
    pattern: str
    domain: NeedDomain


def domains_of_term(
    taxonomy_name: str, code: str, words: str, mappings: Iterable[Mapping], lexicon: Lexicon
) -> frozenset[NeedDomain]:
    """The needs of a term. Lines of the mapping that match rule; without any, its words are read."""
    mapped = [m for m in mappings if _matches(m, taxonomy_name, code, words)]
    if mapped:
        return frozenset(m.domain for m in mapped) - {NeedDomain.UNSPECIFIED}
    scores = needs_in(words, lexicon)
    return frozenset(domain for domain, score in scores.items() if score >= _ENOUGH)


def _matches(mapping: Mapping, taxonomy_name: str, code: str, words: str) -> bool:
    if mapping.taxonomy_name and fold(mapping.taxonomy_name) != fold(taxonomy_name):
        return False
    if mapping.match is MatchKind.CODE:
        return bool(code) and code.casefold() == mapping.pattern.casefold()
    if mapping.match is MatchKind.CODE_PREFIX:
        return bool(code) and code.casefold().startswith(mapping.pattern.casefold())
    return f" {fold(mapping.pattern)} " in f" {fold(words)} "
