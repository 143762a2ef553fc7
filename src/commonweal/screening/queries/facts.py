"""Screenings without identity, for measures. Answers about safety are in no count (DOMAIN §6.3)."""

import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from uuid import UUID

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.people import facade as people
from commonweal.screening.models import Determination, Response
from commonweal.screening.rules.answers import topic_of
from commonweal.screening.shapes import ScreeningFact
from commonweal.screening.vocabulary import Outcome, ResponseStatus, Result

Pseudonym = Callable[[UUID], str]
ADULT_FROM = 18
_BATCH = 2000


def facts(start: date, end: date, pseudonym: Pseudonym | None = None) -> list[ScreeningFact]:
    """Completed screenings asked in ``[start, end)`` that the current actor may see, without identity."""
    name = pseudonym or _fresh_pseudonym()
    rows = list(
        Response.objects.filter(asked_on__gte=start, asked_on__lt=end, status=ResponseStatus.COMPLETED.value)
        .select_related("instrument")
        .defer("instrument__definition")
    )
    told = _topics([row.id for row in rows])
    adults = _adults(rows)
    return [
        ScreeningFact(
            person=name(row.person_id),
            holder_id=row.holder_id,
            asked_on=row.asked_on,
            instrument_key=row.instrument.key,
            outcome=Outcome(row.outcome),
            adult=adults.get(row.id),
            assessed=frozenset(told[row.id, Result.POSITIVE] | told[row.id, Result.NEGATIVE]),
            positive=frozenset(told[row.id, Result.POSITIVE]),
        )
        for row in rows
    ]


def _topics(response_ids: list[UUID]) -> dict[tuple[UUID, Result], set[str]]:
    found: dict[tuple[UUID, Result], set[str]] = defaultdict(set)
    for start in range(0, len(response_ids), _BATCH):
        general = Determination.objects.filter(
            response_id__in=response_ids[start : start + _BATCH], segment=Segment.GENERAL.value
        )
        for response_id, domain, result in general.values_list("response_id", "domain", "result"):
            topic = topic_of(NeedDomain(domain))
            if topic:
                found[response_id, Result(result)].add(topic)
    return found


def _adults(rows: list[Response]) -> dict[UUID, bool]:
    """Whether the person was of age on the day of asking, of those whose birth is known."""
    adults = {}
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        known = people.people({row.person_id for row in batch})
        for row in batch:
            person = known.get(row.person_id)
            age = person.age_on(row.asked_on) if person else None
            if age is not None:
                adults[row.id] = age >= ADULT_FROM
    return adults


def _fresh_pseudonym() -> Pseudonym:
    key = secrets.token_bytes(32)
    return lambda person_id: hmac.new(key, person_id.bytes, hashlib.sha256).hexdigest()[:32]
