"""Acts on what is owed: write it down, say that it is done, confirm or deny it, waive it, end it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance import access as table
from commonweal.governance import access_obligations as access
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import (
    Activity,
    Agreement,
    AgreementEnd,
    AgreementParty,
    Obligation,
    ObligationWord,
)
from commonweal.governance.queries import obligations as reading
from commonweal.governance.rules.obligations import may_say
from commonweal.governance.shapes_obligations import DayOwed, ObligationShape
from commonweal.governance.vocabulary_obligations import SHARES, AgreementKind, Said
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

_DONE = {
    Said.MET: N_("Said that something owed is done."),
    Said.CONFIRMED: N_("Confirmed that something owed came."),
    Said.NOT_SO: N_("Said that something owed did not come."),
    Said.WAIVED: N_("Waived something owed."),
    Said.ENDED: N_("Ended something owed."),
}


def _text(where: str, words: str, most: int) -> str:
    found = " ".join(words.split())[:most]
    if not found:
        raise BadInput(where, N_("Write a few words."))
    return found


@transaction.atomic
def write_agreement(
    *,
    by: Actor,
    title: str,
    kind: AgreementKind,
    partner_ids: Iterable[UUID],
    text: str = "",
    signed_on: date | None = None,
) -> UUID:
    """Write down an agreement that lets nothing be told, and who signed it. What it asks of each is written
    beside it (``oblige``). Raises Refused, BadInput, Conflict."""
    because = check(table.may_keep_record(by))
    if kind in SHARES:
        raise BadInput("kind", N_("What lets something be told names who tells whom, and needs a decision."))
    ids = sorted(set(partner_ids), key=str)
    if len(partners.partners(ids)) != len(ids) or len(ids) < 2:
        raise BadInput("parties", N_("An agreement is between two or more partners."))
    slug = slugify(title)[:80]
    if Agreement.objects.filter(slug=slug).exists():
        raise Conflict("There is an agreement of this name already.")
    row = Agreement.objects.create(
        slug=slug,
        title=_text("title", title, 200),
        kind=kind.value,
        text=text.strip(),
        signed_on=signed_on or today(),
        recorded_by_id=by.account_id,
    )
    AgreementParty.objects.bulk_create(AgreementParty(agreement=row, partner_id=i) for i in ids)
    audit.record(
        "agreement.written", by=by, subject=("agreement", row.pk),
        words=N_("Recorded an agreement between partners."), details={"kind": kind.value},
        because=because.rule,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def end_agreement(agreement_id: UUID, partner_id: UUID, *, by: Actor, why: str) -> None:
    """A party ends an agreement that lets nothing be told; what is owed under it ends the same day.

    Raises Refused, NotFound, BadInput, Conflict.
    """
    row = Agreement.objects.filter(pk=agreement_id).first()
    if row is None:
        raise NotFound("agreement")
    because = check(access.may_end_agreement(by, partner_id))
    if AgreementKind(row.kind) in SHARES:
        raise Conflict("It ends by a decision.")
    if partner_id not in {p.id for p in reading.parties_of(agreement_id)}:
        raise NotFound("party")
    if AgreementEnd.objects.filter(agreement=row).exists():
        raise Conflict("It has ended already.")
    AgreementEnd.objects.create(
        agreement=row,
        partner_id=partner_id,
        ended_on=today(),
        why=_text("why", why, 500),
        author_id=by.account_id,
        author_name=partners.known_as(by),
        recorded_at=now(),
    )
    audit.record(
        "agreement.ended", by=by, subject=("agreement", row.pk),
        words=N_("Ended an agreement between partners."), because=because.rule,
    )  # fmt: skip


@transaction.atomic
def oblige(
    agreement_id: UUID,
    *,
    by: Actor,
    owes_id: UUID,
    to_id: UUID,
    words: str,
    first_due_on: date,
    every_months: int | None = None,
    last_on: date | None = None,
    evidence: str = "",
) -> UUID:
    """Write down what one party of an agreement owes another. Raises Refused, BadInput, Conflict."""
    because = check(access.may_write_down(by, owes_id))
    parties = {p.id for p in reading.parties_of(agreement_id)}
    if owes_id not in parties:
        raise BadInput("owes", N_("It did not sign this agreement."))
    if to_id not in parties or to_id == owes_id:
        raise BadInput("to", N_("Choose another party of this agreement."))
    if agreement_id in reading.ended([agreement_id]):
        raise Conflict("This agreement has ended.")
    return _written(
        by, because, words, evidence, first_due_on, every_months, last_on,
        agreement_id=agreement_id, owes_id=owes_id, to_id=to_id,
    )  # fmt: skip


@transaction.atomic
def oblige_for(
    activity_id: UUID,
    *,
    by: Actor,
    words: str,
    first_due_on: date,
    every_months: int | None = None,
    last_on: date | None = None,
    evidence: str = "",
) -> UUID:
    """Date what whoever answers for an activity owes its body. Raises Refused, NotFound, BadInput."""
    activity = Activity.objects.filter(pk=activity_id, ended_on=None).first()
    if activity is None:
        raise NotFound("activity")
    because = check(access.may_keep_work(by, activity.body_id))
    return _written(
        by, because, words, evidence, first_due_on, every_months, last_on, activity_id=activity_id
    )


def _written(
    by: Actor,
    because: Verdict,
    words: str,
    evidence: str,
    first_due_on: date,
    every_months: int | None,
    last_on: date | None,
    **under: UUID,
) -> UUID:
    if last_on is not None and last_on < first_due_on:
        raise BadInput("last_on", N_("It ends before it starts."))
    row = Obligation.objects.create(
        words=_text("words", words, 300),
        evidence=evidence.strip()[:300],
        first_due_on=first_due_on,
        every_months=every_months or None,
        last_on=last_on,
        author_id=by.account_id,
        author_name=partners.known_as(by),
        recorded_at=now(),
        **under,
    )
    audit.record(
        "obligation.written", by=by, subject=("obligation", row.pk),
        words=N_("Wrote down what is owed."), because=because.rule,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def say_met(obligation_id: UUID, due_on: date, *, by: Actor, evidence: str = "") -> None:
    """Who owes it says that it is done, with what shows it. Raises Refused, NotFound, Conflict."""
    shape = _locked(obligation_id)
    because = check(access.may_say_met(by, shape.owes_id, shape.account_ids))
    _say(shape, due_on, Said.MET, by, because, evidence.strip()[:500])


@transaction.atomic
def confirm(obligation_id: UUID, due_on: date, *, by: Actor, words: str = "") -> None:
    """Who receives it says that it came. Raises Refused, NotFound, Conflict."""
    shape = _locked(obligation_id)
    _say(shape, due_on, Said.CONFIRMED, by, _receives(by, shape), words.strip()[:500])


@transaction.atomic
def deny(obligation_id: UUID, due_on: date, *, by: Actor, why: str) -> None:
    """Who receives it says that it did not come, and why: it is open again."""
    shape = _locked(obligation_id)
    _say(shape, due_on, Said.NOT_SO, by, _receives(by, shape), _text("why", why, 500))


@transaction.atomic
def waive(obligation_id: UUID, due_on: date, *, by: Actor, why: str) -> None:
    """Who receives it lets it be for this day, and why."""
    shape = _locked(obligation_id)
    _say(shape, due_on, Said.WAIVED, by, _receives(by, shape), _text("why", why, 500))


@transaction.atomic
def end(obligation_id: UUID, *, by: Actor, why: str) -> None:
    """Who receives it asks for it no more, from today on, and why."""
    shape = _locked(obligation_id)
    because = _receives(by, shape)
    if shape.ended_on is not None:
        raise Conflict("It has ended already.")
    _keep(shape, Said.ENDED, None, by, because, _text("why", why, 500))


def _receives(by: Actor, shape: ObligationShape) -> Verdict:
    if shape.activity_id is None:
        return check(access.may_receive(by, shape.to_id))
    body_id = Activity.objects.values_list("body_id", flat=True).get(pk=shape.activity_id)
    return check(access.may_keep_work(by, body_id))


def _locked(obligation_id: UUID) -> ObligationShape:
    if Obligation.objects.select_for_update().filter(pk=obligation_id).first() is None:
        raise NotFound("obligation")
    found = reading.one(obligation_id)
    assert found is not None
    return found


def _say(shape: ObligationShape, due_on: date, word: Said, by: Actor, because: Verdict, words: str) -> None:
    day: DayOwed | None = next((one for one in shape.days if one.due_on == due_on), None)
    if day is None:
        raise NotFound("day")
    if not may_say(word, day.stands, day.confirmed is not None):
        raise Conflict("It was said already what became of it.")
    _keep(shape, word, due_on, by, because, words)


def _keep(
    shape: ObligationShape, word: Said, due_on: date | None, by: Actor, because: Verdict, words: str
) -> None:
    """Keep a word: under an agreement, for the side that says it."""
    side = shape.owes_id if word is Said.MET else shape.to_id
    ObligationWord.objects.create(
        obligation_id=shape.id,
        word=word.value,
        due_on=due_on,
        said_on=today(),
        words=words,
        partner_id=side if shape.activity_id is None else None,
        author_id=by.account_id,
        author_name=partners.known_as(by),
        recorded_at=now(),
    )
    audit.record(
        f"obligation.{word.value}", by=by, subject=("obligation", shape.id), words=_DONE[word],
        details={"due_on": due_on.isoformat() if due_on else None}, because=because.rule,
    )  # fmt: skip
