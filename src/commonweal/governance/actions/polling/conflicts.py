"""Conflicts of interest: somebody says that there is one, the others judge it (DOMAIN §7.6)."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.models import ConflictWord, Recusal
from commonweal.governance.queries import conflicts
from commonweal.governance.queries.electorates import roll_of
from commonweal.governance.rules.conflicts import held
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_


@transaction.atomic
def disclose_conflict(question_id: UUID, *, by: Actor, voter: str, interest: str) -> UUID:
    """Say that a voter has an interest of its own in a question, one's own or, as a claim, another's.

    The others then judge it. Raises Refused, NotFound, BadInput, Conflict where it was said before.
    """
    row = locked(question_id)
    because = check(access.may_talk(by, row))
    if not interest.strip():
        raise BadInput("interest", N_("Say what the interest is."))
    found = next((v for v in roll_of(row.body_id).electorate.voters if v.id == voter), None)
    if found is None:
        raise NotFound("voter")
    if row.recusals.filter(voter=voter).exists():
        raise Conflict("This interest was disclosed before.")
    said = Recusal.objects.create(
        proposal=row,
        voter=voter,
        voter_name=found.name,
        interest=interest.strip()[:500],
        is_disclosed_by_self=bool(access.may_speak_as(by, row.body_id, voter)),
        recorded_by_id=by.account_id,
    )
    told(row, by, "conflict.disclosed", N_("Disclosed an interest of one's own."), because.rule)
    return said.id


@transaction.atomic
def judge_conflict(recusal_id: UUID, *, by: Actor, is_conflict: bool, why: str) -> bool | None:
    """Say as one of the others whether a disclosed interest is a conflict; returns what they hold of it now.

    More than half of those who are not involved decide: then the voter steps out, or votes. Until they do it
    votes (None). Raises Refused, NotFound, BadInput without a reason.
    """
    said = Recusal.objects.filter(pk=recusal_id).first()
    if said is None:
        raise NotFound("recusal")
    row = locked(said.proposal_id)
    said = Recusal.objects.select_related("proposal__body").get(pk=recusal_id)
    judges = conflicts.judges_of(said)
    because = check(conflicts.may_judge(by, said, judges))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    mine = conflicts.voter_that_judges(by, said, judges)
    assert mine is not None  # may_judge refuses without one
    ConflictWord.objects.create(
        recusal=said,
        voter=mine.id,
        voter_name=mine.name,
        unit=mine.has_one_vote_as,
        is_conflict=is_conflict,
        why=why.strip()[:500],
        recorded_by_id=by.account_id,
    )
    told(row, by, "conflict.judged", N_("Judged an interest."), because.rule, conflict=is_conflict)
    return _settle(said, by)


def _settle(said: Recusal, by: Actor) -> bool | None:
    """Write down what the others hold, once enough of them have said so."""
    stands = conflicts.judged(by, said)
    found = held(stands.conflict, stands.none, stands.others)
    if found is None:
        return None
    reasons = ConflictWord.objects.filter(recusal=said, is_conflict=found).values_list("voter_name", "why")
    said.is_conflict = found
    said.judged_why = " · ".join(f"{name}: {why}" for name, why in reasons)[:500]
    said.save(update_fields=["is_conflict", "judged_why"])
    return found
