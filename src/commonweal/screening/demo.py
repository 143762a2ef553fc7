"""Seeding check-ins through the acts, as a worker would write them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import at as clock_at
from commonweal.kernel.domains import NeedDomain
from commonweal.screening import actions
from commonweal.screening.shapes import Given
from commonweal.screening.shapes_past import PastCheckIn
from commonweal.screening.vocabulary import CHECK_IN, Agreed, Mode, Urgency

Said = str | Sequence[str]
BATCH = 300


def screen(
    person_id: UUID,
    answers: Mapping[str, Said],
    by: Actor,
    at: datetime,
    *,
    language: str = "en",
    mode: Mode = Mode.ALOUD,
    interpreter: bool = False,
    instrument_key: str = CHECK_IN,
) -> UUID:
    """Ask a person at that moment and finish; returns the screening's id. Call it inside ``acting(by)``.

    ``answers`` maps the question's linkId to an answer code, several codes, or ``~declined``,
    ``~unable``, ``~unknown``. What the person wants help with stands in the form (``food.help``: ``yes``).
    """
    with clock_at(at):
        screening_id = actions.start(
            person_id,
            by=by,
            instrument_key=instrument_key,
            mode=mode,
            language=language,
            interpreter=interpreter,
        )
        actions.finish(screening_id, [_given(link, said) for link, said in answers.items()], by=by)
    return screening_id


def told(
    person_id: UUID,
    answers: Mapping[str, Said],
    at: datetime,
    *,
    language: str = "en",
    mode: Mode = Mode.ALOUD,
    not_asked: Answered | None = None,
) -> PastCheckIn:
    """A check-in of that day, for ``history``; ``answers`` as for ``screen``."""
    givens = tuple(_given(link, said) for link, said in answers.items())
    return PastCheckIn(person_id, at, givens, not_asked, mode, language)


def history(past: Sequence[PastCheckIn], by: Actor) -> list[UUID]:
    """Keep check-ins of years gone by, a few hundred in a transaction; returns their ids, oldest first."""
    ids = []
    ordered = sorted(past, key=lambda one: (one.asked_at, str(one.person_id)))
    for start in range(0, len(ordered), BATCH):
        with acting(by):
            ids += actions.record_past(ordered[start : start + BATCH], by=by)
    return ids


def begin(person_id: UUID, answers: Mapping[str, Said], by: Actor, at: datetime, **more: str) -> UUID:
    """A check-in that was begun and not finished."""
    with clock_at(at):
        screening_id = actions.start(person_id, by=by, language=more.get("language", "en"))
        actions.save(screening_id, [_given(link, said) for link, said in answers.items()], by=by)
    return screening_id


def decline(person_id: UUID, by: Actor, at: datetime, *, unable: bool = False) -> UUID:
    """The person did not want to be asked that day, or could not answer."""
    with clock_at(at):
        return actions.decline(person_id, by=by, unable=unable)


def want(
    person_id: UUID,
    domain: NeedDomain,
    by: Actor,
    at: datetime,
    *,
    urgency: Urgency = Urgency.ROUTINE,
) -> UUID:
    """The person asked for help with something that day, without a check-in; returns the need's id."""
    with clock_at(at):
        return actions.raise_need(person_id, domain, by=by, agreed=Agreed.SPOKEN, urgency=urgency)


def _given(link_id: str, said: Said) -> Given:
    codes = (said,) if isinstance(said, str) else tuple(said)
    reason = next((code[1:] for code in codes if code.startswith("~")), "")
    if reason:
        return Given(link_id, absent=Answered(reason))
    return Given(link_id, codes=codes)
