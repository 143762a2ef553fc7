"""Keep what was decided in an emergency: ask for it again in the ordinary way, before it runs out."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.actions.proposing.held import check, locked, told
from commonweal.governance.actions.proposing.putting import put, write_first
from commonweal.governance.events_voting import QuestionPut
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws, emergencies
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import today
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_


@transaction.atomic
def ask_to_keep(question_id: UUID, *, by: Actor) -> int:
    """Put an emergency question again with notice, so that what it started can last; returns its number.

    It asks the same, with the text as it was voted on, under the rule as it stands without hurry. Raises
    Refused, also where it is asked already, and NotFound.
    """
    old = locked(question_id)
    rule = bylaws.rule_for(Matter(old.matter))
    because = check(may_ask_to_keep(by, old, rule))
    assert rule is not None  # may_ask_to_keep refuses without one
    row = put(
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
        ends_on=_until(old, rule),
        review_on=None,
        proposed_by_seat_id=next(
            (s.id for s in access.seats_of_account(by) if access.is_of(s, rule.proposers)), None
        ),
        with_partner_id=old.with_partner_id,
    )
    last = {s.place: s for s in old.sections.order_by("place", "version")}
    write_first(row, [(s.heading, s.text) for _place, s in sorted(last.items())], by)
    told(row, by, "question.put", N_("Put a question to the table."), because.rule, keeps=old.number)
    publish(QuestionPut(row.id, row.number))
    return row.number


def may_ask_to_keep(by: Actor, old: Proposal, rule: MatterRule | None) -> Verdict:
    """Whether the actor may ask the table to keep what an emergency started."""
    waiting = emergencies.may_be_kept(old)
    return access.may_propose(by, rule) if waiting else waiting


def _until(old: Proposal, rule: MatterRule) -> date | None:
    if old.ends_on and old.ends_on > today():
        return old.ends_on
    return today() + timedelta(days=rule.longest_days) if rule.longest_days else None
