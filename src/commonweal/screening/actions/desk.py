"""Where answers and findings are written, each in the rows of its segment. For the acts of this context."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.screening.access import keeping, may_ask
from commonweal.screening.models import Answer, Determination, Response
from commonweal.screening.queries.responses import givens_of
from commonweal.screening.rules.answers import object_to
from commonweal.screening.shapes import Determination as DeterminationShape
from commonweal.screening.shapes import Given, InstrumentShape, Question

TOPIC = "screening"


class Desk:
    """Writes what one screening brings, and only what its actor may keep."""

    def __init__(self, row: Response, form: InstrumentShape, by: Actor) -> None:
        self.row, self.form, self.by = row, form, by
        self._questions = {question.link_id: question for question in form.walk() if question.is_asked}
        self._may: dict[Segment, bool] = {Segment.GENERAL: True}

    def keep(self, givens: Iterable[Given]) -> None:
        """Write answers. Raises BadInput where one cannot be taken; then nothing is written."""
        kept: dict[Segment, list[Answer]] = {}
        for given in givens:
            question = self.checked(given)
            kept.setdefault(question.segment, []).append(self.answer_row(question, given))
        for segment, answers in kept.items():
            if self._may_keep(segment):
                with keeping(self.by, segment):
                    _upsert(answers)

    def with_stored(self, givens: Iterable[Given]) -> list[Given]:
        """What was kept before, with these answers in place of earlier ones to the same questions."""
        said = {given.link_id: given for given in givens}
        for given in said.values():
            self.checked(given)
        self._stored = {given.link_id: given for given in givens_of(self.row.id)}
        return list((self._stored | said).values())

    def keep_last(self, said: Sequence[Given]) -> None:
        """Write the settled answers; one that a later answer has hidden counts as not asked."""
        shown = {given.link_id for given in said}
        self.keep([*said, *(Given(link_id) for link_id in self._stored if link_id not in shown)])

    def keep_findings(self, found: Iterable[DeterminationShape]) -> dict[UUID, DeterminationShape]:
        """Store determinations; returns those that were kept, by the id of their row."""
        kept = {(row := self.finding_row(one)).id: (row, one) for one in found if self._may_keep(one.segment)}
        for segment in {one.segment for _, one in kept.values()}:
            with keeping(self.by, segment):
                Determination.objects.bulk_create(
                    [row for row, one in kept.values() if one.segment is segment]
                )
        return {row_id: one for row_id, (_, one) in kept.items()}

    def _may_keep(self, segment: Segment) -> bool:
        if segment not in self._may:
            self._may[segment] = bool(may_ask(self.by, self.row.person_id, segment))
        return self._may[segment]

    def checked(self, given: Given) -> Question:
        """The question that was answered. Raises BadInput where it cannot take this answer."""
        question = self._questions.get(given.link_id)
        if question is None:
            raise BadInput(given.link_id, N_("This question is not in the form."))
        objection = object_to(question, given)
        if objection is not None:
            raise BadInput(given.link_id, objection.sentence)
        return question

    def answer_row(self, question: Question, given: Given) -> Answer:
        """What was said, as a row that is not yet written."""
        silent = not given.codes and not given.value and given.absent is None
        return Answer(
            person_id=self.row.person_id,
            holder_id=self.row.holder_id,
            segment=question.segment.value,
            topic=TOPIC,
            response_id=self.row.id,
            link_id=given.link_id,
            question=question.code[:60],
            codes=list(given.codes),
            value=given.value,
            absent=Answered.NOT_ASKED.value if silent else (given.absent or ""),
            because=given.because or "",
            recorded_at=now(),
        )

    def finding_row(self, one: DeterminationShape) -> Determination:
        """What was found, as a row that is not yet written."""
        trace = [
            {"question": t.question, "codes": list(t.codes), "absent": t.absent.value if t.absent else None}
            for t in one.trace
        ]
        return Determination(
            person_id=self.row.person_id,
            holder_id=self.row.holder_id,
            segment=one.segment.value,
            topic=one.domain.value,
            response_id=self.row.id,
            domain=one.domain.value,
            result=one.result.value,
            urgent=one.urgent,
            flags=[flag.value for flag in one.flags],
            trace=trace,
            score=asdict(one.score) if one.score else None,
            rule=one.rule,
            rule_version=one.rule_version,
            recorded_at=now(),
        )


def _upsert(answers: list[Answer]) -> None:
    Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["response", "link_id"],
        update_fields=["codes", "value", "absent", "because", "recorded_at"],
    )
