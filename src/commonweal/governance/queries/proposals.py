"""Reading questions: lists of them, and one with all that was said and what came of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.foundation.access import Actor
from commonweal.governance.models import Decision, Poll, Proposal, Section
from commonweal.governance.queries import laws, polls, ratifying
from commonweal.governance.queries.board import gates_of
from commonweal.governance.queries.texts import sections_now, text_digest
from commonweal.governance.rules.wire import verdict_of
from commonweal.governance.shapes_questions import (
    AmendmentShape,
    CommentShape,
    GainShape,
    InputShape,
    Option,
    QuestionLine,
    QuestionShape,
    RecusalShape,
    SectionShape,
    StanceShape,
    WaitingShape,
)
from commonweal.governance.vocabulary import Fate, Matter, PollKind, Position, Result, Stage
from commonweal.kernel.verdict import Verdict
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape


def number_of(question_id: UUID) -> int | None:
    """The number of a question."""
    return Proposal.objects.filter(pk=question_id).values_list("number", flat=True).first()


def id_of(number: int) -> UUID | None:
    """The question with this number."""
    return Proposal.objects.filter(number=number).values_list("pk", flat=True).first()


def lines(
    actor: Actor | None = None, stages: Iterable[Stage] | None = None, body_id: UUID | None = None
) -> list[QuestionLine]:
    """Questions that the actor may see, newest first: those of private bodies only for who sits there, which
    the database holds too."""
    rows = Proposal.objects.all()
    if stages is not None:
        rows = rows.filter(stage__in=[stage.value for stage in stages])
    if body_id is not None:
        rows = rows.filter(body_id=body_id)
    return _lines(rows.order_by("-number"))


def texts_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The words of questions as they stand now, for searching: what is asked, each section's last text."""
    wanted = set(ids)
    found = dict(Proposal.objects.filter(pk__in=wanted).values_list("pk", "question"))
    rows = Section.objects.filter(proposal_id__in=wanted).order_by("version")
    last = {(row.proposal_id, row.place): f"{row.heading} {row.text}" for row in rows}
    for (question, _place), text in last.items():
        found[question] = f"{found.get(question, '')} {text}"
    return found


def with_partner(partner_id: UUID) -> list[QuestionLine]:
    """Questions that a partner put, or that are put together with it."""
    seats = Q(proposed_by_seat__partner_id=partner_id) | Q(with_partner_id=partner_id)
    return _lines(Proposal.objects.filter(seats).order_by("-number"))


def _lines(rows: QuerySet[Proposal]) -> list[QuestionLine]:
    found = list(rows.select_related("proposed_by", "proposed_by_seat__partner", "with_partner"))
    bodies = partners.bodies_by_id(row.body_id for row in found)
    ids = [row.pk for row in found]
    open_polls = dict(
        Poll.objects.filter(proposal_id__in=ids, kind=PollKind.MAIN.value)
        .order_by("opens_at")
        .values_list("proposal_id", "closes_at")
    )
    decided = dict(Decision.objects.filter(proposal_id__in=ids).values_list("proposal_id", "number"))
    return [_line(row, bodies[row.body_id], open_polls, decided) for row in found if row.body_id in bodies]


def _line(
    row: Proposal, body: BodyShape, closing: Mapping[UUID, datetime], decided: Mapping[UUID, int]
) -> QuestionLine:
    rule = laws.rule_for(row) if row.stage == Stage.NOTICE.value else None
    opens = row.noticed_at + timedelta(days=rule.notice_days) if rule and row.noticed_at else row.noticed_at
    return QuestionLine(
        id=row.id,
        number=row.number,
        title=row.title,
        matter=Matter(row.matter),
        body_id=row.body_id,
        body_slug=body.slug,
        body_name=body.name,
        stage=Stage(row.stage),
        proposed_by_name=_proposer(row),
        with_partner_name=row.with_partner.name if row.with_partner else "",
        noticed_at=row.noticed_at,
        opens_from=opens,
        closes_at=closing.get(row.id),
        decision_number=decided.get(row.id),
        recorded_at=row.recorded_at,
        is_emergency=row.is_emergency,
    )


def _proposer(row: Proposal) -> str:
    seat = row.proposed_by_seat
    if seat is not None and seat.partner is not None:
        return seat.partner.name
    return row.proposed_by.name if row.proposed_by else ""


def question_numbered(number: int, actor: Actor | None = None) -> QuestionShape | None:
    """The question with this number, if the actor may see it."""
    return _question(Proposal.objects.filter(number=number))


def question(question_id: UUID, actor: Actor | None = None) -> QuestionShape | None:
    """One question, if the actor may see it."""
    return _question(Proposal.objects.filter(pk=question_id))


def _question(rows: QuerySet[Proposal]) -> QuestionShape | None:
    row = rows.select_related("challenges", "body").first()
    found = _lines(rows) if row else []
    if row is None or not found:
        return None
    asked = polls.polls_of(row.id)
    return QuestionShape(
        line=found[0],
        question=row.question,
        options=tuple(Option(o["key"], o["name"], o.get("cost_cents")) for o in row.options),
        counting=row.counting,
        effect=row.effect,
        params=row.params,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        review_on=row.review_on,
        proposed_by_seat_id=row.proposed_by_seat_id,
        with_partner_id=row.with_partner_id,
        is_emergency=row.is_emergency,
        round=row.round,
        stopped_why=row.stopped_why,
        challenges_decision=row.challenges.number if row.challenges else None,
        sections=tuple(SectionShape(s.place, s.version, s.heading, s.text) for s in sections_now(row)),
        gains=tuple(GainShape(g.who, g.gains, g.bears, g.partner_id) for g in row.gains.order_by("place")),
        inputs=tuple(
            InputShape(i.id, i.words, i.said_by, i.how_said, i.is_answered, i.answer)
            for i in row.inputs.all()
        ),
        comments=_comments(row),
        amendments=_amendments(row),
        stances=_stances(row),
        recusals=tuple(
            RecusalShape(
                *(
                    r.id,
                    r.voter,
                    r.voter_name,
                    r.interest,
                    r.is_disclosed_by_self,
                    r.is_conflict,
                    r.judged_why,
                )
            )
            for r in row.recusals.all()
        ),
        polls=asked,
        waiting=_waiting(row),
        result=_result(row),
        text_digest=text_digest(row),
    )


def _comments(row: Proposal) -> tuple[CommentShape, ...]:
    return tuple(
        CommentShape(
            *(c.id, c.section_place, c.is_reply, c.partner_id, c.author_name, c.words, c.recorded_at)
        )
        for c in row.comments.order_by("recorded_at", "id")
    )


def _amendments(row: Proposal) -> tuple[AmendmentShape, ...]:
    return tuple(
        AmendmentShape(
            id=a.id,
            section_place=a.section_place,
            text=a.text,
            why=a.why,
            author_name=a.author_name,
            fate=Fate(a.fate),
            fate_why=a.fate_why,
            fate_at=a.fate_at,
            recorded_at=a.recorded_at,
            change=a.change,
        )
        for a in row.amendments.order_by("recorded_at", "id")
    )


def _stances(row: Proposal) -> tuple[StanceShape, ...]:
    """Where voters stand: of each voter and round the last."""
    last = {(s.round, s.voter): s for s in row.stances.order_by("recorded_at")}
    return tuple(
        StanceShape(s.round, s.voter, s.voter_name, Position(s.position), s.words, s.recorded_at)
        for s in last.values()
    )


def _waiting(row: Proposal) -> WaitingShape | None:
    """For what an answered question still waits: the bodies, or the organizations, and the steps that say
    so."""
    if row.stage not in (Stage.PENDING_RESIDENTS.value, Stage.PENDING_RATIFICATION.value):
        return None
    asked = polls.polls_of_round(row)
    found = polls.count_now(asked[0])
    if row.stage == Stage.PENDING_RESIDENTS.value:
        whom = [str(gate["name"]) for gate in gates_of(asked[0]) if gate["answer"] != "affirmed"]
    else:
        names = {v["id"]: v["name"] for v in asked[0].electorate["voters"]}
        whom = [names[v] for v in sorted(ratifying.unanswered(asked[0])) if v in names]
    unmet = tuple(step for step in found.outcome.steps if not step)
    return WaitingShape(Stage(row.stage), row.waits_until, tuple(sorted(whom)), unmet)


def _result(row: Proposal) -> Result | None:
    kept = Decision.objects.filter(proposal=row).values_list("certificate", flat=True).first()
    return Result(kept["counted"]["result"]) if kept else None


def certified_steps(decision_id: UUID) -> tuple[Verdict, ...]:
    """The steps of the rule as a decision's certificate keeps them."""
    kept = Decision.objects.filter(pk=decision_id).values_list("certificate", flat=True).first()
    return tuple(verdict_of(step) for step in kept["counted"]["steps"]) if kept else ()
