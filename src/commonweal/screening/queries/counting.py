"""Occasions to screen, for measures: read by the owner's function, without names (DOMAIN §6.3)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import connection

from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.answers import topic_of
from commonweal.screening.shapes import OccasionFact
from commonweal.screening.vocabulary import Outcome


def occasions(first: date, until: date, as_of: datetime, salt: str) -> Iterator[OccasionFact]:
    """Occasions in ``[first, until)`` that had ended by ``as_of``, as recorded then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select person, holder, asked_on, outcome, domains"
            " from guard.screening_occasions(%s, %s, %s, %s)",
            [first, until, as_of, salt],
        )
        while rows := cursor.fetchmany(5000):
            for person, holder, asked_on, outcome, domains in rows:
                topics = frozenset(filter(None, (topic_of(NeedDomain(domain)) for domain in domains)))
                yield OccasionFact(person, holder, asked_on, Outcome(outcome), topics)
