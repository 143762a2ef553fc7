"""Conflicts of interest: somebody says that there is one, others judge it."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.models import Proposal, Recusal
from commonweal.governance.queries.electorates import roll_of
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.verdict import Verdict, deny
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
def judge_conflict(recusal_id: UUID, *, by: Actor, is_conflict: bool, why: str) -> None:
    """Write down what the others held of a disclosed interest: a conflict, so the voter steps out, or none.

    Nobody judges their own. Once voting opened it can only be found to be one. Raises Refused, NotFound.
    """
    said = Recusal.objects.filter(pk=recusal_id).first()
    if said is None:
        raise NotFound("recusal")
    row = locked(said.proposal_id)
    because = check(_may_judge(by, row, said))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    said.is_conflict, said.judged_why = is_conflict, why.strip()[:500]
    said.save(update_fields=["is_conflict", "judged_why"])
    told(row, by, "conflict.judged", N_("Judged an interest."), because.rule, conflict=is_conflict)


def _may_judge(by: Actor, row: Proposal, said: Recusal) -> Verdict:
    if access.may_speak_as(by, row.body_id, said.voter):
        return deny("governance.conflict.own", N_("Nobody judges their own conflict of interest."))
    if said.recorded_by_id == by.account_id and not said.is_disclosed_by_self:
        return deny(
            "governance.conflict.second",
            N_("Who claims that another has a conflict of interest does not judge it."),
            N_("Somebody else writes down what the others hold of it."),
        )
    if said.is_conflict is not None:
        return deny("governance.conflict.judged", N_("This was judged already."))
    return access.may_lead(by, row)
