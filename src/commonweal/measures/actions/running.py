"""Running an authorized analysis: over the rows of those who said yes, told through disclosure control."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import get_default_timezone

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.words import N_
from commonweal.measures import access_data
from commonweal.measures.models import AnalysisFigure, AnalysisRun, ReleasedFigure
from commonweal.measures.queries import analyses, captured, cases
from commonweal.measures.rules import analyses as rules
from commonweal.measures.rules.definitions import NEED_MET, SCREENING_RATE
from commonweal.measures.rules.disclosure.tables import DEFAULT
from commonweal.measures.rules.periods import Period, month
from commonweal.measures.shapes_data import AnalysisShape
from commonweal.measures.vocabulary import WHOLE, Family, Grain, Shown
from commonweal.measures.vocabulary_data import Population, Told


@transaction.atomic
def run_analysis(analysis: UUID, *, by: Actor) -> UUID | None:
    """Let an analysis run, bound to what was asked and to those who said yes; the id of the run.

    None where the same holders' rows were told already. Raises Refused with what is lacking, NotFound.
    """
    verdict = access_data.may_run(by)
    if not verdict:
        raise Refused(verdict)
    counting = Actor(Role.BACKEND_SERVICE, Purpose.OPS, by.partner_id, by.account_id, name=by.name)
    with acting(counting):
        shape = analyses.by_id(analysis)
        if shape is None:
            raise NotFound("analysis")
        if not shape.may_run:
            raise Refused(shape.may_run)
        holders = sorted(str(one) for one in shape.yes)
        before = AnalysisRun.objects.filter(analysis_id=analysis).values_list("contributors", flat=True)
        if holders in [sorted(one) for one in before]:
            return None
        made = _tell(shape, holders, cases.Run(counting))
        audit.record(
            "analysis.ran",
            by=by,
            subject=("analysis", analysis),
            words=N_("ran an authorized analysis over the rows of those who said yes"),
            because=shape.may_run.rule,
            details={"number": shape.number, "holders": len(holders)},
        )
    return made


def run_authorized(*, by: Actor) -> int:
    """Let every analysis run that may and has not with these holders; returns how many. Raises Refused."""
    verdict = access_data.may_run(by)
    if not verdict:
        raise Refused(verdict)
    with acting(Actor(Role.BACKEND_SERVICE, Purpose.OPS, by.partner_id, by.account_id, name=by.name)):
        ready = [shape.id for shape in analyses.analyses() if shape.may_run]
    return sum(run_analysis(one, by=by) is not None for one in ready)


def _tell(shape: AnalysisShape, holders: list[str], run: cases.Run) -> UUID:
    row = AnalysisRun(
        analysis_id=shape.id,
        mandate_id=shape.mandate_id,  # type: ignore[misc]
        contributors=holders,
        policy=DEFAULT.name,
        as_of=now(),
    )
    answers = {
        first: _answer(shape, frozenset(holders), run, first)
        for first in rules.quarters(shape.first_quarter, shape.last_quarter)
    }
    row.not_told = [
        [first.isoformat(), answer.why_not] for first, answer in answers.items() if answer.why_not
    ]
    row.save(force_insert=True)
    AnalysisFigure.objects.bulk_create(
        AnalysisFigure(
            run=row,
            starts_on=first,
            who=who,
            what=what,
            state=(Shown.HELD if value is None else Shown.SHOWN).value,
            value=value,
        )
        for first, answer in answers.items()
        for (who, what), value in sorted(answer.cells.items())
    )
    return row.id


def _answer(shape: AnalysisShape, holders: frozenset[str], run: cases.Run, first: date) -> rules.Answer:
    quarter = Period(first, Grain.QUARTER)
    definition = NEED_MET if shape.population is Population.REQUESTS else SCREENING_RATE
    cuts = {month(one): cases.known_to(month(one), definition) for one in quarter.months}
    if max(cuts.values()) > now():
        return rules.Answer(why_not=TOO_YOUNG)
    before = _told_before(shape.population, first)
    elements = tuple(sorted({*shape.elements, *(what.partition(".")[0] for e in before for _w, what in e.shown
                                                if what != rules.ALL)}))  # fmt: skip
    zone = get_default_timezone()
    rows: list[rules.Row] = []
    for one, cut in cuts.items():
        start, end = one.months[0].bounds(zone)
        told = captured.requests if shape.population is Population.REQUESTS else captured.occasions
        rows += told(run, start, end, cut)
    counts = rules.count(rows, elements)
    alone = {str(a.partner_id) for a in shape.answers if a.is_yes and not a.only_together}
    asked = rules.Asked(
        holders,
        shape.elements,
        alone=frozenset(alone) if shape.told is Told.BY_HOLDER else frozenset(),
        fewest=shape.fewest,
    )
    return rules.tell(asked, counts, before, _public(shape.population, first))


TOO_YOUNG = N_("its rows are too young to be judged")


def _told_before(population: Population, first: date) -> list[rules.Earlier]:
    """Everything that was ever told of these rows in this quarter: it cannot be taken back."""
    figures = AnalysisFigure.objects.filter(run__analysis__population=population.value, starts_on=first)
    found: dict[UUID, tuple[set[tuple[str, str]], set[tuple[str, str]], frozenset[str]]] = {}
    for figure in figures.select_related("run"):
        shown, held, _holders = found.setdefault(
            figure.run_id, (set(), set(), frozenset(figure.run.contributors))
        )
        (held if figure.value is None else shown).add((figure.who, figure.what))
    return [
        rules.Earlier(f"before:{run_id}", holders, frozenset(shown), frozenset(held))
        for run_id, (shown, held, holders) in sorted(found.items())
    ]


def _public(population: Population, first: date) -> Mapping[str, int | None]:
    """What the public pages tell of everyone's rows of the quarter, None where it is held back."""
    if population is not Population.REQUESTS:
        return {}
    rows = ReleasedFigure.objects.filter(
        family=Family.REFERRAL.value, grain=Grain.QUARTER.value, starts_on=first, who=WHOLE
    )
    return {row.what: row.value for row in rows if row.what in rules.PUBLISHED}
