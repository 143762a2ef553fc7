"""What a delegate may decide, who speaks when two are there, what becomes of a seat. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from commonweal.partners.shapes_seats import AuthorityShape, SeatRule
from commonweal.partners.vocabulary import Authority
from commonweal.partners.vocabulary_seats import AUTHORITY_OF, Latitude, OnLeaving

Id = TypeVar("Id")


def authority_in(
    words: Mapping[str, AuthorityShape], matter: str, cents: int | None = None
) -> Authority | None:
    """A delegate's authority in a matter, about so much money; None where nothing was said.

    The word about the matter goes before the word about all others. Bounded authority with a limit is full up
    to it and none beyond, whoever knows the sum.
    """
    word = word_in(words, matter)
    if word is None:
        return None
    if word.latitude is Latitude.WITHIN and word.limit_cents is not None and cents is not None:
        return Authority.FULL if cents <= word.limit_cents else Authority.NONE
    return AUTHORITY_OF[word.latitude]


def word_in(words: Mapping[str, AuthorityShape], matter: str) -> AuthorityShape | None:
    """The word that holds in a matter: the one about it, else the one about all others."""
    return words.get(matter) or words.get("")


def who_speaks(holder: Id | None, alternates: Sequence[Id], present: Collection[Id]) -> Id | None:
    """Who speaks from a seat: its holder, and only while the holder is away the first alternate there."""
    if holder is not None and holder in present:
        return holder
    return next((one for one in alternates if one in present), None)


def on_leaving(*, speaks_for_more: bool, rule: SeatRule) -> OnLeaving:
    """What becomes of the seat of a partner that leaves.

    ``speaks_for_more``: it speaks for a sector, place or population that stays here when the partner goes.
    """
    if rule.on_leaving is not OnLeaving.BY_SEAT:
        return rule.on_leaving
    return OnLeaving.VACANT if speaks_for_more else OnLeaving.ENDS
