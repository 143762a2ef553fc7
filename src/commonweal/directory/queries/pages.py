"""A search as a page of hits, with what was left out and why. Opens its view wider where nothing is near."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from commonweal.directory.queries.finding import Answer, CardMaker, find, wider
from commonweal.directory.queries.holidays_here import holidays_at
from commonweal.directory.rules.hits import hit_of
from commonweal.directory.rules.reasons import Asked
from commonweal.directory.shapes_search import Hit, NotShown, SearchPage, SearchQuery, Sentence
from commonweal.directory.vocabulary import Visibility
from commonweal.kernel.words import N_

_WHY_NOT = {
    "stale": N_("not checked for more than 180 days"),
    "closed": N_("closed now"),
    "hours": N_("do not say when they are open"),
    "language": N_("do not speak that language"),
    "age": N_("are for another age"),
    "stairs": N_("have stairs"),
    "documents": N_("ask for papers"),
    "cost": N_("cost something"),
    "room": N_("take nobody new right now"),
}


def search_page(
    query: SearchQuery, at: datetime, sight: Sequence[Visibility], missing: CardMaker
) -> SearchPage:
    """The page of places that fit.

    Where all that would fit are long unchecked, they are shown and said to be; where nothing is within the
    radius, four times the radius is looked at, and then everywhere.
    """
    answer = find(query, at, sight, missing)
    stale_shown = widened = False
    if not answer.total and answer.left_out.get("stale"):
        answer, stale_shown = find(replace(query, include_stale=True), at, sight, missing), True
    elif not answer.total and answer.spot and not answer.left_out:
        answer, widened = _wider(query, answer, at, sight, missing), True
    return SearchPage(
        hits=tuple(_hits(query, answer, at)),
        total=answer.total,
        page=query.page,
        size=query.size,
        reading=answer.reading,
        spot=answer.spot,
        place_unknown=answer.place_unknown,
        not_shown=tuple(
            NotShown(count, reason, Sentence(f"not-shown.{reason}", _WHY_NOT[reason]))
            for reason, count in sorted(answer.left_out.items(), key=lambda item: -item[1])
        ),
        at=at,
        stale_shown=stale_shown or query.include_stale,
        widened=widened and bool(answer.total),
    )


def _wider(
    query: SearchQuery, answer: Answer, at: datetime, sight: Sequence[Visibility], missing: CardMaker
) -> Answer:
    spot = answer.spot
    for radius in (wider(query), None):
        where = (
            replace(query, spot=spot, radius=radius) if radius else replace(query, spot=spot, radius=2.1e7)
        )
        found = find(where, at, sight, missing)
        if found.total or found.left_out:
            return found
    return answer


def _hits(query: SearchQuery, answer: Answer, at: datetime) -> list[Hit]:
    asked = Asked(query, answer.reading)
    return [
        hit_of(
            found.card,
            asked,
            at,
            entry_id=found.id,
            meters=found.meters,
            stale=found.stale,
            holidays=holidays_at(found.card.country, found.card.state, at.year),
        )
        for found in answer.found
    ]
