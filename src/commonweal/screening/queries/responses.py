"""What was asked and answered, as far as the current actor may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from commonweal.foundation.access import Actor, current_actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import NotFound
from commonweal.screening.access import hides, keeping
from commonweal.screening.models import Answer, Determination, Response
from commonweal.screening.queries.instruments import instruments
from commonweal.screening.shapes import Determination as DeterminationShape
from commonweal.screening.shapes import (
    FindingShape,
    Given,
    InstrumentShape,
    Score,
    ScreeningShape,
    Traced,
)
from commonweal.screening.vocabulary import (
    Because,
    Flag,
    Mode,
    Outcome,
    ResponseStatus,
    Result,
    Wish,
)


def screening(screening_id: UUID) -> ScreeningShape:
    """One screening with its findings. Raises NotFound: hidden and absent look alike."""
    row = Response.objects.filter(id=screening_id).first()
    if row is None:
        raise NotFound(str(screening_id))
    return shapes_of([row])[0]


def screenings_of(person_id: UUID) -> list[ScreeningShape]:
    """A person's screenings that are not in error, newest first, with their findings."""
    rows = Response.objects.filter(person_id=person_id).exclude(status=ResponseStatus.IN_ERROR.value)
    return shapes_of(list(rows.order_by("-asked_on", "-recorded_at")))


def recent(partner_id: UUID, limit: int, offset: int = 0) -> list[ScreeningShape]:
    """The partner's own screenings that are finished, the last one first."""
    rows = _finished(partner_id)
    return shapes_of(list(rows.order_by("-completed_at", "id")[offset : offset + limit]), findings=False)


def count_of(partner_id: UUID) -> int:
    """How many screenings ``recent`` goes through."""
    return _finished(partner_id).count()


def _finished(partner_id: UUID) -> QuerySet[Response]:
    return Response.objects.filter(holder_id=partner_id, status=ResponseStatus.COMPLETED.value)


def waiting(partner_id: UUID) -> list[ScreeningShape]:
    """What waits for somebody of the partner: begun and not finished, or answered and not looked at."""
    rows = Response.objects.filter(holder_id=partner_id, looked_at__isnull=True).exclude(
        status=ResponseStatus.IN_ERROR.value
    )
    return shapes_of(list(rows.order_by("changed_at")[:200]), findings=False)


def last_screened(person_ids: Iterable[UUID]) -> dict[UUID, date]:
    """When each person was last asked, of those who were."""
    rows = Response.objects.filter(
        person_id__in=list(person_ids), status=ResponseStatus.COMPLETED.value
    ).exclude(outcome__in=[Outcome.DECLINED.value, Outcome.UNABLE.value, Outcome.NOT_ASKED.value])
    return dict(rows.order_by("asked_on").values_list("person_id", "asked_on"))


def givens_of(screening_id: UUID) -> list[Given]:
    """The answers of one screening that the current actor may see."""
    actor = current_actor()
    rows = Answer.objects.filter(response_id=screening_id)
    return [_given(row) for row in rows if not hides(actor, Segment(row.segment), row.topic)]


def with_sensitive(actor: Actor, screening_id: UUID) -> tuple[ScreeningShape, list[Given]]:
    """One screening and its answers, with those segments that belong to treatment where they may be seen."""
    found, givens = screening(screening_id), givens_of(screening_id)
    with keeping(actor, Segment.DOMESTIC_VIOLENCE):
        # Of the rows themselves: a consent for treatment may hold these and not the everyday ones.
        more, whole = givens_of(screening_id), _findings([screening_id]).get(screening_id, ())
    seen = {one.id for one in found.findings}
    known = {given.link_id for given in givens}
    findings = (*found.findings, *(one for one in whole if one.id not in seen))
    return replace_findings(found, findings), [*givens, *(g for g in more if g.link_id not in known)]


def replace_findings(found: ScreeningShape, findings: tuple[FindingShape, ...]) -> ScreeningShape:
    values = {name: getattr(found, name) for name in ScreeningShape.__slots__}
    return ScreeningShape(**(values | {"findings": findings}))


def shapes_of(rows: Sequence[Response], *, findings: bool = True) -> list[ScreeningShape]:
    """Rows as shapes; findings of all of them in one query."""
    forms = instruments(row.instrument_id for row in rows)
    found = _findings([row.id for row in rows]) if findings else {}
    return [_shape(row, forms[row.instrument_id], found.get(row.id, ())) for row in rows]


def _findings(response_ids: list[UUID]) -> dict[UUID, tuple[FindingShape, ...]]:
    actor = current_actor()
    grouped: dict[UUID, list[FindingShape]] = defaultdict(list)
    for row in Determination.objects.filter(response_id__in=response_ids):
        if not hides(actor, Segment(row.segment), row.topic):
            grouped[row.response_id].append(finding_of(row))
    return {response_id: tuple(sorted(each, key=_place)) for response_id, each in grouped.items()}


_PLACES = {domain: place for place, domain in enumerate(NeedDomain)}


def _place(finding: FindingShape) -> int:
    return _PLACES[finding.determination.domain]


def finding_of(row: Determination) -> FindingShape:
    """A stored determination as a shape."""
    shape = DeterminationShape(
        domain=NeedDomain(row.domain),
        result=Result(row.result),
        rule=row.rule,
        rule_version=row.rule_version,
        trace=tuple(_traced(one) for one in row.trace),
        segment=Segment(row.segment),
        urgent=row.urgent,
        flags=tuple(Flag(flag) for flag in row.flags),
        score=Score(**row.score) if row.score else None,
    )
    return FindingShape(row.id, shape, Wish(row.wish) if row.wish else None, row.wished_at)


def _traced(raw: dict[str, object]) -> Traced:
    codes, absent = raw.get("codes"), raw.get("absent")
    return Traced(
        str(raw["question"]),
        tuple(map(str, codes)) if isinstance(codes, list) else (),
        Answered(str(absent)) if absent else None,
    )


def _shape(row: Response, form: InstrumentShape, findings: tuple[FindingShape, ...]) -> ScreeningShape:
    return ScreeningShape(
        id=row.id,
        person_id=row.person_id,
        holder_id=row.holder_id,
        instrument_key=form.key,
        instrument_title=form.title,
        instrument_id=form.id,
        status=ResponseStatus(row.status),
        mode=Mode(row.mode),
        language=row.language,
        interpreter=row.interpreter,
        asked_on=row.asked_on,
        asked_by_name=row.asked_by_name,
        recorded_at=row.recorded_at,
        completed_at=row.completed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        looked_at=row.looked_at,
        findings=findings,
    )


def _given(row: Answer) -> Given:
    return Given(
        link_id=row.link_id,
        codes=tuple(row.codes),
        value=row.value,
        absent=Answered(row.absent) if row.absent else None,
        because=Because(row.because) if row.because else None,
    )
