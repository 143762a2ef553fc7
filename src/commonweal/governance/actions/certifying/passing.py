"""The narrow way past a gate that did not say yes, where the bylaws have one."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor, acting
from commonweal.governance import access_voting as access
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.certifying.deciding import decide, told
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import polls
from commonweal.governance.queries.board import counting_board
from commonweal.governance.rules import bulletin
from commonweal.governance.rules.binding import GATED
from commonweal.governance.rules.counting import base_of
from commonweal.governance.rules.wire import electorate_of, share_of
from commonweal.governance.vocabulary import (
    Base,
    Matter,
    Result,
    Stage,
)
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@transaction.atomic
def pass_gate(question_id: UUID, *, by: Actor, why: str) -> Result:
    """Adopt past a gate that did not say yes, by the narrow way that the bylaws have: enough of all members
    said yes, and enough time has passed. Logged with its reason; never for sharing about people or
    publishing.

    Raises Refused, NotFound, BadInput without a reason.
    """
    row = locked(question_id)
    asked = polls.polls_of_round(row)
    because = check(_may_pass(by, row, list(asked)))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    main = asked[0]
    found = bulletin.count(counting_board(main))
    override = {"why": why.strip()[:500], "at": now().isoformat(), "article": main.rule["article"]}
    with acting(THE_COUNT):
        decision = decide(row, main, found, override)
    told(row, decision, by, because, found.outcome.result)
    return Result.ADOPTED


def _may_pass(by: Actor, row: Proposal, asked: list[Poll]) -> Verdict:
    leading = access.may_lead(by, row)
    if not leading:
        return leading
    if row.stage != Stage.PENDING_RESIDENTS.value or not asked:
        return deny("governance.override.not-waiting", N_("This question does not wait for an answer."))
    path = asked[0].rule["override"]
    if path is None or Matter(row.matter) in GATED:
        return deny("governance.override.no-path", N_("The bylaws have no way past this."))
    if polls.moment_for(asked[0]) < asked[0].closes_at + timedelta(days=path["after_days"]):
        return deny("governance.override.too-soon", N_("The bylaws let more time pass first."))
    found = bulletin.count(counting_board(asked[0]))
    rule = polls.frozen_rule(asked[0])
    electorate = electorate_of(asked[0].electorate)
    whole = base_of(replace(rule.voting, base=Base.MEMBERSHIP), electorate, found.outcome.tally)
    share = share_of(path["threshold"])
    if share is None or not share.is_met(found.outcome.tally.yes, whole):
        return deny("governance.override.too-few", N_("Too few of all members said yes for this."))
    return allow("governance.override.met", N_("The bylaws have this narrow way, and it was met."))
