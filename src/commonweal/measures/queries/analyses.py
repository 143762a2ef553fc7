"""Analyses that were asked for, each holder's answer, and what was told, while it may be read."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from commonweal.governance import facade as governance
from commonweal.governance.shapes import MandateShape
from commonweal.kernel.clock import today
from commonweal.measures.models import Analysis, AnalysisAnswer, AnalysisRun
from commonweal.measures.queries import dictionary
from commonweal.measures.rules import analyses as rules
from commonweal.measures.shapes_data import AnalysisShape, AnswerShape, FigureRow, ResultShape
from commonweal.measures.vocabulary_data import Population, Says, Told
from commonweal.partners import facade as partners

MATTER, EFFECT = "data-sharing", "analysis.run"


def analyses() -> list[AnalysisShape]:
    """Every analysis that was asked for, newest first."""
    return _shapes(Analysis.objects.order_by("-number"))


def analysis(number: int) -> AnalysisShape | None:
    """One analysis; None for an unknown number."""
    return next(iter(_shapes(Analysis.objects.filter(number=number))), None)


def by_id(analysis_id: UUID) -> AnalysisShape | None:
    """One analysis by its id."""
    return next(iter(_shapes(Analysis.objects.filter(pk=analysis_id))), None)


def next_number() -> int:
    """The number of the next one."""
    newest = Analysis.objects.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def asked_of(partner_id: UUID | None) -> list[AnalysisShape]:
    """Those of which this holder has not said anything yet."""
    return [
        shape
        for shape in analyses()
        if shape.expires_on > today()
        and any(a.partner_id == partner_id and a.says is None for a in shape.answers)
    ]


def _shapes(found: Iterable[Analysis]) -> list[AnalysisShape]:
    rows = list(found)
    mandates = governance.live_mandates(MATTER, [row.scope for row in rows])
    adopted = dictionary.live({e for row in rows for e in row.elements})
    bodies = partners.bodies_by_id({row.body_id for row in rows})
    return [_shape(row, mandates.get(row.scope), adopted, bodies[row.body_id].name) for row in rows]


def _shape(
    row: Analysis, mandate: MandateShape | None, adopted: dict[str, MandateShape], body: str
) -> AnalysisShape:
    answers = _answers(row)
    decided = mandate is not None and mandate.effect == EFFECT
    verdict = rules.may_run(
        decided=decided,
        expired=row.expires_on <= today(),
        undefined=[e for e in row.elements if e not in adopted],
        yes=sum(answer.is_yes for answer in answers),
        fewest=row.fewest,
    )
    return AnalysisShape(
        id=row.id,
        number=row.number,
        title=row.title,
        question=row.question,
        purpose=row.purpose,
        population=Population(row.population),
        elements=tuple(row.elements),
        first_quarter=row.first_quarter,
        last_quarter=row.last_quarter,
        told=Told(row.told),
        fewest=row.fewest,
        body_id=row.body_id,
        body_name=body,
        expires_on=row.expires_on,
        asked_by=row.asked_by_name,
        asked_at=row.recorded_at,
        answers=tuple(answers),
        mandate_id=mandate.id if mandate and decided else None,
        may_run=verdict,
    )


def _answers(row: Analysis) -> list[AnswerShape]:
    """Every holder that was asked, with its last answer, by name."""
    ids = [UUID(one) for one in row.holders]
    named = partners.partners(ids)
    last: dict[UUID, AnalysisAnswer] = {}
    for answer in AnalysisAnswer.objects.filter(analysis=row).order_by("turn"):
        last[answer.partner_id] = answer
    found = []
    for one in sorted((i for i in ids if i in named), key=lambda i: named[i].name):
        said = last.get(one)
        if said is None:
            found.append(AnswerShape(one, named[one].name, None))
            continue
        is_yes = said.says == Says.YES.value and (said.until is None or said.until > today())
        found.append(
            AnswerShape(
                one, named[one].name, Says(said.says), said.only_together, said.until, said.words,
                said.said_by_name, said.recorded_at, is_yes,
            )
        )  # fmt: skip
    return found


def result(shape: AnalysisShape) -> ResultShape | None:
    """What was told at the last run that may still be read by who asks; row-level security asks again."""
    if not shape.may_run:
        return None
    yes = {str(one) for one in shape.yes}
    for run in AnalysisRun.objects.filter(analysis_id=shape.id).order_by("-recorded_at"):
        if set(run.contributors) <= yes:
            return _result(run)
    return None


def _result(run: AnalysisRun) -> ResultShape:
    named = {str(p.id): p.name for p in partners.partners(UUID(c) for c in run.contributors).values()}
    figures = tuple(
        FigureRow(f.starts_on, named.get(f.who, ""), f.what, f.value)
        for f in run.figures.order_by("starts_on", "who", "what")
    )
    not_told = tuple((date.fromisoformat(first), why) for first, why in run.not_told)
    return ResultShape(run.id, run.as_of, tuple(sorted(named.values())), figures, not_told)
