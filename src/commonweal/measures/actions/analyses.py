"""Asking for an analysis, and answering for one's own rows."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.periods import Month
from commonweal.kernel.words import N_
from commonweal.measures import access_data
from commonweal.measures.models import Analysis, AnalysisAnswer
from commonweal.measures.queries import analyses
from commonweal.measures.rules.analyses import COUNTABLE, quarters
from commonweal.measures.rules.periods import quarter_of
from commonweal.measures.vocabulary_data import FEWEST_HOLDERS, Population, Says, Told
from commonweal.partners import facade as partners

MOST_ELEMENTS, MOST_QUARTERS = 2, 8


@transaction.atomic
def ask_analysis(
    *,
    by: Actor,
    title: str,
    question: str,
    purpose: str,
    population: Population,
    elements: Iterable[str],
    first_day: date,
    last_day: date,
    told: Told,
    body_id: UUID,
    holders: Iterable[UUID],
    expires_on: date,
    fewest: int = FEWEST_HOLDERS,
) -> int:
    """Ask for an analysis of whole quarters; returns its number. It runs once the table has decided it, over
    the rows of the holders that say yes. Raises Refused, BadInput."""
    verdict = access_data.may_ask_analysis(by)
    if not verdict:
        raise Refused(verdict)
    chosen, whose = list(dict.fromkeys(elements)), list(dict.fromkeys(holders))
    first, last = (quarter_of(Month.of(day)).first for day in (first_day, last_day))
    _check(title, question, purpose, population, chosen, first, last, body_id, whose, expires_on, fewest)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('measures.analysis'))")
    row = Analysis(
        number=analyses.next_number(),
        title=title.strip(),
        question=question.strip(),
        purpose=purpose.strip(),
        population=population.value,
        elements=chosen,
        first_quarter=first,
        last_quarter=last,
        told=told.value,
        fewest=fewest,
        body_id=body_id,
        holders=[str(one) for one in whose],
        expires_on=expires_on,
        asked_by_id=by.account_id,
        asked_by_name=partners.known_as(by)[:200],
    )
    row.save(force_insert=True)
    audit.record(
        "analysis.asked",
        by=by,
        subject=("analysis", row.id),
        words=N_("asked those who hold data for an analysis"),
        because=verdict.rule,
        details={"number": row.number, "elements": chosen},
    )
    return row.number


def _check(
    title: str,
    question: str,
    purpose: str,
    population: Population,
    elements: list[str],
    first: date,
    last: date,
    body_id: UUID,
    holders: list[UUID],
    expires_on: date,
    fewest: int,
) -> None:
    for name, words, longest in (
        ("title", title, 200),
        ("question", question, 500),
        ("purpose", purpose, 500),
    ):
        if not words.strip():
            raise BadInput(name, N_("Say this, please."))
        if len(words.strip()) > longest:
            raise BadInput(name, N_("Say it shorter."))
    if not elements or not set(elements) <= set(COUNTABLE[population]):
        raise BadInput("elements", N_("Choose data that these rows hold."))
    if len(elements) > MOST_ELEMENTS:
        raise BadInput(
            "elements", N_("Two pieces of data at most, so that nobody can be found by crossing them.")
        )
    if last < first or len(quarters(first, last)) > MOST_QUARTERS:
        raise BadInput("last_day", N_("Ask for eight quarters at most, the last after the first."))
    if expires_on <= today():
        raise BadInput("expires_on", N_("Choose a day that is still to come."))
    if body_id not in partners.bodies_by_id([body_id]):
        raise BadInput("body_id", N_("There is no such body."))
    here = {p.id for p in partners.all_partners() if p.is_here and not p.is_victim_service_provider}
    if fewest < FEWEST_HOLDERS or len(holders) < fewest or not set(holders) <= here:
        raise BadInput(
            "holders", N_("Ask at least three organizations that hold such rows. A shelter is never asked.")
        )


@transaction.atomic
def answer_analysis(
    analysis: UUID,
    *,
    by: Actor,
    says: Says,
    only_together: bool = False,
    until: date | None = None,
    words: str = "",
) -> UUID:
    """Answer for one's own organization's rows; the last answer holds, and bites at the next read.

    Raises Refused, BadInput, NotFound.
    """
    row = Analysis.objects.filter(pk=analysis).first()
    if row is None:
        raise NotFound("analysis")
    verdict = access_data.may_answer(by, by.partner_id)
    if not verdict or by.partner_id is None:
        raise Refused(verdict)
    if str(by.partner_id) not in row.holders:
        raise BadInput("analysis", N_("Your organization was not asked."))
    if until is not None and until <= today():
        raise BadInput("until", N_("Choose a day that is still to come."))
    if len(words.strip()) > 500:
        raise BadInput("words", N_("Say it shorter."))
    before = AnalysisAnswer.objects.filter(analysis=row, partner_id=by.partner_id)
    made = AnalysisAnswer(
        analysis=row,
        partner_id=by.partner_id,
        turn=len(before) + 1,
        says=says.value,
        only_together=only_together,
        until=until,
        words=words.strip(),
        said_by_id=by.account_id,
        said_by_name=partners.known_as(by)[:200],
    )
    made.save(force_insert=True)
    audit.record(
        "analysis.answered",
        by=by,
        subject=("analysis", row.id),
        words=N_("answered for its own rows whether an analysis may use them"),
        because=verdict.rule,
        details={"number": row.number, "says": says.value},
    )
    return made.id
