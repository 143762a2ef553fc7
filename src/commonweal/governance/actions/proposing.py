"""Acts on a question before it is voted on: put it, write its text, say who gains, withdraw it, put it
again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.actions import effects
from commonweal.governance.events_voting import QuestionPut
from commonweal.governance.models import Decision, GainLine, InputAnswered, Mandate, Proposal, Section
from commonweal.governance.queries import bylaws, mandate_shape, stopping
from commonweal.governance.rules.choices import read_counting
from commonweal.governance.shapes_bylaws import Challenge, MatterRule
from commonweal.governance.vocabulary import Matter, Stage
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.text import fold
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

MOST_OPTIONS = 50


def check(verdict: Verdict) -> Verdict:
    """The verdict where it allows. Raises Refused."""
    if not verdict:
        raise Refused(verdict)
    return verdict


@transaction.atomic
def propose(
    *,
    by: Actor,
    matter: Matter,
    title: str,
    question: str,
    effect: str = "none",
    params: Mapping[str, Any] | None = None,
    seat_id: UUID | None = None,
    sections: Iterable[tuple[str, str]] = (),
    options: Sequence[Mapping[str, Any]] = (),
    counting: Mapping[str, Any] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    review_on: date | None = None,
    with_partner_id: UUID | None = None,
    is_emergency: bool = False,
) -> UUID:
    """Put a question to the body that decides this matter by the bylaws in force; it is talked about at once.

    ``effect`` and ``params`` say what a yes does (``effects``); ``sections`` are headings with their text;
    ``options`` have a key, a name and for budgets ``cost_cents``. ``seat_id``: the seat it comes from, by
    default the first that the bylaws let propose. Raises Refused, BadInput, NotFound.
    """
    rule = bylaws.rule_for(matter)
    because = check(access.may_propose(by, rule))
    assert rule is not None  # may_propose refuses without one
    if is_emergency:
        check(_may_hurry(by, rule, effect))
    clean = effects.read(effect, params or {})
    if effects.matter_of(effect, clean) is not matter and effect not in ("", "none"):
        raise BadInput("effect", N_("This effect follows from another kind of decision."))
    row = _put(
        by,
        rule,
        body=rule.body,
        title=title,
        question=question,
        effect=effect or "none",
        params=dict(clean),
        options=_options(options, rule),
        starts_on=starts_on,
        ends_on=ends_on,
        review_on=review_on,
        proposed_by_seat_id=_seat_of(by, rule, seat_id),
        with_partner_id=with_partner_id,
        is_emergency=is_emergency,
    )
    if rule.choosing:
        row.counting = read_counting(rule.choosing, row.options, counting or {})
        row.save(update_fields=["counting"])
    _write_first(row, sections, by)
    _told(row, by, "question.put", N_("Put a question to the table."), because.rule)
    publish(QuestionPut(row.id, row.number))
    return row.id


def _may_hurry(by: Actor, rule: MatterRule, effect: str) -> Verdict:
    """Vote before notice has run: where the bylaws have that path, who they name for it, what can run out."""
    if rule.emergency is None:
        return deny("governance.emergency.no-path", N_("The bylaws have no way to hurry this."))
    if effects.effect(effect).is_done_at_once:
        return deny(
            "governance.emergency.lasts",
            N_("What is done once and for all is not hurried: it could not run out."),
            N_("Give notice, or stop what does harm by the emergency path of its own page."),
        )
    seats = access.seats_of_account(by)
    openers = rule.emergency.openers
    if any(access.is_of(seat, openers) for seat in seats):
        return allow("governance.emergency.opener", N_("The bylaws let you hurry this, under review."))
    if "backbone" in openers and partners.acts_for_backbone(by):
        return allow("governance.emergency.opener", N_("The bylaws let you hurry this, under review."))
    return deny(
        "governance.emergency.not-an-opener",
        N_("The bylaws name who may hurry this, and you are not among them."),
    )


def _put(by: Actor, rule: MatterRule, *, body: str, **columns: Any) -> Proposal:
    """The row, under the next number. Raises BadInput for what is missing and for impossible days."""
    place = partners.body_named(body)
    if place is None or place.ends_on is not None:
        raise NotFound("body")
    title, asked = columns["title"].strip(), columns["question"].strip()
    if not title or not asked:
        raise BadInput("question", N_("Say what you ask, in a title and a question."))
    columns["title"], columns["question"] = title[:200], asked
    _check_days(
        rule, columns["starts_on"], columns["ends_on"], begins=columns["effect"] != "mandate.withdraw"
    )
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.proposal'))")
    last = Proposal.objects.order_by("-number").values_list("number", flat=True).first()
    return Proposal.objects.create(
        number=(last or 0) + 1,
        matter=rule.matter.value,
        body_id=place.id,
        stage=Stage.TALKING.value,
        proposed_by_id=by.account_id,
        **columns,
    )


def _check_days(rule: MatterRule, starts_on: date | None, ends_on: date | None, *, begins: bool) -> None:
    """What ``begins`` something about people says when it ends; ending something is done at once."""
    start = starts_on or today()
    if ends_on is not None and ends_on <= start:
        raise BadInput("ends_on", N_("It ends before it starts."))
    if begins and ends_on is None and rule.matter is Matter.DATA_SHARING:
        raise BadInput("ends_on", N_("Sharing about people needs a day on which it ends."))
    if ends_on is not None and rule.longest_days and ends_on > start + timedelta(days=rule.longest_days):
        raise BadInput("ends_on", N_("The bylaws let this run for a shorter time."))


def _options(given: Sequence[Mapping[str, Any]], rule: MatterRule) -> list[dict[str, Any]]:
    if not rule.choosing:
        if given:
            raise BadInput("options", N_("The bylaws decide this by yes or no."))
        return []
    if len(given) > MOST_OPTIONS:
        raise BadInput("options", N_("These are too many options for one ballot."))
    found = []
    for place, option in enumerate(given, start=1):
        name = str(option.get("name", "")).strip()[:200]
        if not name:
            raise BadInput("options", N_("Give each option a name."))
        key = fold(str(option.get("key") or place)).replace(" ", "-")[:40]
        found.append({"key": key, "name": name, "cost_cents": option.get("cost_cents")})
    return found


def _seat_of(by: Actor, rule: MatterRule, seat_id: UUID | None) -> UUID | None:
    mine = [seat for seat in access.seats_of_account(by) if access.is_of(seat, rule.proposers)]
    if seat_id is not None and seat_id not in {seat.id for seat in mine}:
        raise NotFound("seat")
    return seat_id or next((seat.id for seat in mine), None)


def _write_first(row: Proposal, sections: Iterable[tuple[str, str]], by: Actor) -> None:
    Section.objects.bulk_create(
        Section(
            proposal=row,
            place=place,
            heading=heading.strip()[:200],
            text=text.strip(),
            recorded_by_id=by.account_id,
        )
        for place, (heading, text) in enumerate(sections, start=1)
        if text.strip()
    )


def _told(row: Proposal, by: Actor, verb: str, words: str, because: str, **details: object) -> None:
    audit.record(
        verb,
        by=by,
        subject=("question", row.id),
        words=words,
        details={"number": row.number, **details},
        because=because,
    )


def locked(question_id: UUID) -> Proposal:
    """The question, held until the transaction ends. Raises NotFound."""
    row = (
        Proposal.objects.select_for_update(of=("self",)).select_related("body").filter(pk=question_id).first()
    )
    if row is None:
        raise NotFound("question")
    return row


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
    _told(row, by, "question.written", N_("Wrote a section of a question."), because.rule, section=at)
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
    _told(row, by, "question.gain-said", N_("Said who gains and who bears."), because.rule)
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
    _told(row, by, "question.input-answered", N_("Answered what was said."), because.rule)
    return line.id


@transaction.atomic
def withdraw_question(question_id: UUID, *, by: Actor, why: str) -> None:
    """Take a question back before voting opens. Raises Refused, NotFound, BadInput without a reason."""
    row = locked(question_id)
    because = check(_may_take_back(by, row))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    row.stage, row.stopped_why = Stage.WITHDRAWN.value, why.strip()[:500]
    row.save(update_fields=["stage", "stopped_why"])
    _told(row, by, "question.withdrawn", N_("Took a question back."), because.rule)


def _may_take_back(by: Actor, row: Proposal) -> Verdict:
    if row.stage not in access.TALKING:
        return deny("governance.withdraw-question.too-late", N_("Voting has opened; it ends with an answer."))
    return access.may_take_back(by, row)


@transaction.atomic
def challenge(decision_id: UUID, *, by: Actor, why: str) -> UUID:
    """Put a decided matter again, as the bylaws let some do for a time; returns the new question.

    Where the rule suspends, what the decision put into effect ends now and the same question is asked again;
    else the new question is whether to withdraw it. Raises Refused, NotFound, BadInput without a reason.
    """
    decision = _decision(decision_id)
    rule = bylaws.rule_for(Matter(decision.proposal.matter)) if decision.proposal else None
    path = _challenge_of(decision, rule)
    because = check(_may_challenge(by, decision, path))
    assert rule is not None
    assert path is not None
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    live = Mandate.objects.filter(decision=decision).live(now()).first()
    if path.suspends and live is not None:
        _suspend(live, by, why, because.rule)
    again = path.suspends or live is None
    row = _again(decision, rule, by, why) if again else _undo(decision, live, rule, by, why, rule.body)
    _told(
        row, by, "decision.challenged", N_("Challenged a decision."), because.rule, decision=decision.number
    )
    publish(QuestionPut(row.id, row.number))
    return row.id


def _decision(decision_id: UUID) -> Decision:
    row = Decision.objects.select_related("proposal__body").filter(pk=decision_id).first()
    if row is None:
        raise NotFound("decision")
    return row


def _challenge_of(decision: Decision, rule: MatterRule | None) -> Challenge | None:
    """How a decision may be challenged: by the bylaws under which it was decided. What was amended since
    takes nobody's challenge away, and gives none."""
    law = bylaws.version_numbered(decision.bylaws_version) if decision.bylaws_version else None
    if rule is None or law is None or decision.proposal is None:
        return None
    then = law.matters.get(Matter(decision.proposal.matter))
    return then.challenge if then else None


def _may_challenge(by: Actor, decision: Decision, path: Challenge | None) -> Verdict:
    if path is None:
        return deny("governance.challenge.no-path", N_("The bylaws have no challenge for this."))
    if now() >= decision.recorded_at + timedelta(days=path.within_days):
        return deny(
            "governance.challenge.too-late", N_("The time in which this could be challenged is over.")
        )
    if any(access.is_of(seat, path.challengers) for seat in access.seats_of_account(by)):
        return allow("governance.challenge.seat", N_("The bylaws let your seat challenge this."))
    return deny(
        "governance.challenge.no-seat",
        N_("The bylaws name who may challenge this, and you are not among them."),
    )


def _suspend(mandate: Mandate, by: Actor, why: str, because: str) -> None:
    effects.suspend(mandate.id, by=by, why=why, because=because)


def _again(decision: Decision, rule: MatterRule, by: Actor, why: str) -> Proposal:
    """The same question once more, with the text as it was voted on."""
    old = decision.proposal
    assert old is not None
    row = _put(
        by,
        rule,
        body=rule.body,
        title=old.title,
        question=old.question,
        effect=old.effect,
        params=old.params,
        options=old.options,
        counting=old.counting,
        starts_on=None,
        ends_on=old.ends_on if old.ends_on and old.ends_on > today() else _latest_end(rule),
        review_on=None,
        proposed_by_seat_id=next((s.id for s in access.seats_of_account(by)), None),
        with_partner_id=old.with_partner_id,
        challenges=decision,
    )
    last = {s.place: s for s in old.sections.order_by("place", "version")}
    _write_first(
        row, [(N_("Why it is challenged"), why), *((s.heading, s.text) for _, s in sorted(last.items()))], by
    )
    return row


def _latest_end(rule: MatterRule) -> date | None:
    return today() + timedelta(days=rule.longest_days) if rule.longest_days else None


def _undo(
    decision: Decision, mandate: Mandate | None, rule: MatterRule, by: Actor, why: str, body: str
) -> Proposal:
    """A question whose yes withdraws what the decision put into effect."""
    assert mandate is not None
    params = effects.read("mandate.withdraw", {"mandate": str(mandate.id), "why": why})
    row = _put(
        by,
        rule,
        body=body,
        title=_("To be ended: %(title)s") % {"title": _(decision.title)},
        question=N_("Shall what this decision put into effect be withdrawn?"),
        effect="mandate.withdraw",
        params=dict(params),
        options=[],
        starts_on=None,
        ends_on=None,
        review_on=None,
        proposed_by_seat_id=next((s.id for s in access.seats_of_account(by)), None),
        challenges=decision,
    )
    _write_first(row, [(N_("Why"), why)], by)
    return row


@transaction.atomic
def ask_to_withdraw_assent(mandate_id: UUID, *, by: Actor, why: str) -> UUID:
    """Ask the body whose yes a mandate needed whether it takes that yes back; returns the question.

    It alone decides, under its own quorum; its yes withdraws the mandate. Raises Refused, NotFound, BadInput.
    """
    mandate = Mandate.objects.select_related("decision").filter(pk=mandate_id).first()
    if mandate is None:
        raise NotFound("mandate")
    shape = mandate_shape(mandate)
    because = check(stopping.may_take_assent_back(by, shape))
    rule, gate = bylaws.rule_for(shape.matter), stopping.body_that_agreed(shape)
    assert rule is not None  # may_take_assent_back refuses without both
    assert gate is not None
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    row = _undo(mandate.decision, mandate, rule, by, why, gate.slug)
    _told(row, by, "question.put", N_("Asked the residents whether they take their yes back."), because.rule)
    publish(QuestionPut(row.id, row.number))
    return row.id
