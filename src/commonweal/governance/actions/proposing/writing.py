"""Write a question's text, say who gains and who bears, answer what was said, take the question back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.actions.proposing.held import check, locked, told
from commonweal.governance.models import GainLine, InputAnswered, Proposal, Section
from commonweal.governance.queries import register
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.voice import facade as voice


@transaction.atomic
def write_section(question_id: UUID, place: int | None, *, by: Actor, text: str, heading: str = "") -> int:
    """Write a section anew, or add one (``place`` None); returns its place. Earlier versions stay.

    Raises Refused once notice was given, NotFound, BadInput for an empty text.
    """
    row = locked(question_id)
    because = check(access.may_write(by, row))
    if not text.strip():
        raise BadInput("text", N_("Write what it says."))
    at = add_version(row, place, text, by, heading)
    told(row, by, "question.written", N_("Wrote a section of a question."), because.rule, section=at)
    return at


def add_version(row: Proposal, place: int | None, text: str, by: Actor, heading: str = "") -> int:
    """The next version of a section, or the next section."""
    at = place or (row.sections.order_by("-place").values_list("place", flat=True).first() or 0) + 1
    before = row.sections.filter(place=at).order_by("-version").first()
    if place is not None and before is None:
        raise NotFound("section")
    Section.objects.create(
        proposal=row,
        place=at,
        version=before.version + 1 if before else 1,
        heading=heading.strip()[:200] or (before.heading if before else ""),
        text=text.strip(),
        recorded_by_id=by.account_id,
    )
    return at


@transaction.atomic
def add_gain(
    question_id: UUID,
    *,
    by: Actor,
    who: str,
    gains: str = "",
    bears: str = "",
    partner_id: UUID | None = None,
) -> UUID:
    """Say what a group gains by a yes, and what it bears. Raises Refused, NotFound, BadInput."""
    row = locked(question_id)
    because = check(access.may_write(by, row))
    if not who.strip() or not (gains.strip() or bears.strip()):
        raise BadInput("who", N_("Say who it is about, and what they gain or bear."))
    last = row.gains.order_by("-place").values_list("place", flat=True).first()
    line = GainLine.objects.create(
        proposal=row,
        place=(last or 0) + 1,
        who=who.strip()[:200],
        gains=gains.strip()[:400],
        bears=bears.strip()[:400],
        partner_id=partner_id,
    )
    told(row, by, "question.gain-said", N_("Said who gains and who bears."), because.rule)
    return line.id


@transaction.atomic
def answer_input(
    question_id: UUID,
    *,
    by: Actor,
    words: str,
    said_by: str,
    answer: str,
    how_said: str = "",
    is_answered: bool = True,
) -> UUID:
    """Take up something that was said, in its own words, and say how this question answers it, or does
    not."""
    row = locked(question_id)
    because = check(access.may_write(by, row))
    if not words.strip() or not said_by.strip() or not answer.strip():
        raise BadInput("words", N_("Write what was said, by whom, and the answer."))
    line = InputAnswered.objects.create(
        proposal=row,
        words=words.strip(),
        said_by=said_by.strip()[:200],
        how_said=how_said.strip()[:200],
        is_answered=is_answered,
        answer=answer.strip()[:400],
    )
    where = how_said.strip()[:200]
    is_public = not row.body.is_private and bool(register.may_read(Actor.public()))
    voice.carry_over(
        line.id, row.body_id, line.words, by=by, name=line.said_by, where=where, is_public=is_public,
        rule=because.rule,
    )  # fmt: skip
    if is_answered:
        source = f"input:{line.id}"
        voice.tie(source, "question", row.pk, by=by, why=line.answer, rule=because.rule)
    told(row, by, "question.input-answered", N_("Answered what was said."), because.rule)
    return line.id


@transaction.atomic
def take_up(question_id: UUID, sources: Iterable[str], *, by: Actor, why: str) -> None:
    """Let a question answer what people said: inputs and groups of them (``input:<id>``, ``group:<id>``),
    with
    the reason. Each author is told. Raises Refused, BadInput, NotFound, Conflict."""
    row = locked(question_id)
    because = check(access.may_write(by, row))
    for source in dict.fromkeys(sources):
        voice.tie(source, "question", row.pk, by=by, why=why, rule=because.rule)
    told(row, by, "question.inputs-taken-up", N_("Let a question answer what people said."), because.rule)


@transaction.atomic
def withdraw_question(question_id: UUID, *, by: Actor, why: str) -> None:
    """Take a question back before voting opens. Raises Refused, NotFound, BadInput without a reason."""
    row = locked(question_id)
    because = check(_may_take_back(by, row))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    row.stage, row.stopped_why = Stage.WITHDRAWN.value, why.strip()[:500]
    row.save(update_fields=["stage", "stopped_why"])
    told(row, by, "question.withdrawn", N_("Took a question back."), because.rule)


def _may_take_back(by: Actor, row: Proposal) -> Verdict:
    if row.stage not in access.TALKING:
        return deny("governance.withdraw-question.too-late", N_("Voting has opened; it ends with an answer."))
    return access.may_take_back(by, row)
