"""Notice: the text stands, and everybody has the time to think that the bylaws give."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.events_voting import NoticeGiven
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws, laws
from commonweal.governance.queries.texts import text_of
from commonweal.governance.rules.wire import digest
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.vocabulary import Fate, Stage
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@transaction.atomic
def give_notice(question_id: UUID, *, by: Actor) -> datetime:
    """Tell that a vote is coming: from now on the text stands, and the rule by which it is decided. Returns
    when voting may open.

    Raises Refused, also while another wording is still open, and NotFound.
    """
    row = locked(question_id)
    rule = rule_of(row)
    because = check(access.may_lead(by, row))
    check(may_give_notice(row))
    held = bylaws.in_force()
    row.stage, row.noticed_at = Stage.NOTICE.value, now()
    row.noticed_version = held.version if held else None
    row.save(update_fields=["stage", "noticed_at", "noticed_version"])
    told(row, by, "notice.given", N_("Gave notice of a vote."), because.rule, text=digest(text_of(row)))
    publish(NoticeGiven(row.id, row.number))
    return row.noticed_at + timedelta(days=rule.notice_days)


def may_give_notice(row: Proposal) -> Verdict:
    if row.stage not in access.WRITING:
        return deny("governance.notice.again", N_("Notice was given, or the question is over."))
    if row.amendments.filter(fate=Fate.OPEN.value).exists():
        return deny(
            "governance.notice.wordings",
            N_("Another wording waits for its answer."),
            N_("Take it up or refuse it, and say why."),
        )
    return allow("governance.notice.ready", N_("The text is ready."))


def rule_of(row: Proposal) -> MatterRule:
    """The rule by which it is decided. Raises Refused where no bylaws say so."""
    rule = laws.rule_for(row)
    if rule is None:
        check(access.NO_BYLAWS)
        raise NotFound("rule")  # never reached: the check refuses
    return rule
