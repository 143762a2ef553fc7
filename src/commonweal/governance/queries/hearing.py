"""Who is told about a question: those who sit where it is decided or waits, and whose work it touches."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts.models import Membership
from commonweal.governance import access_voting as access
from commonweal.governance.models import Proposal
from commonweal.governance.queries import laws, polls, ratifying
from commonweal.governance.queries.asked import asked_by_rule
from commonweal.partners import facade as partners


def of_vote(row: Proposal) -> set[UUID]:
    """The accounts of who sits on the body that decides, and on each that is asked for its yes."""
    rule = laws.rule_for(row)
    slugs = asked_by_rule(row, rule) if rule else {}
    asked = [body for body in map(partners.body_named, slugs) if body is not None and body.ends_on is None]
    voted = row.polls.values_list("body_id", flat=True)
    return _sitting({row.body_id, *voted, *(body.id for body in asked)})


def of_lanes(row: Proposal) -> set[UUID]:
    """The accounts that may answer for an organization whose work a question touches; not who put it."""
    own = row.proposed_by_seat.partner_id if row.proposed_by_seat else None
    return _speaking_for(access.lanes_touched(row) - {own}) - {row.proposed_by_id}


def of_answer(row: Proposal) -> set[UUID]:
    """Those who voted or were asked, and who put the question."""
    return of_vote(row) | ({row.proposed_by_id} if row.proposed_by_id else set())


def of_ratification(row: Proposal) -> set[UUID]:
    """The accounts that may say whether their organization stands behind its delegate, and were not heard."""
    asked = polls.polls_of_round(row)
    voters = ratifying.unanswered(asked[0]) if asked else set()
    return _speaking_for(filter(None, map(ratifying.partner_of, voters)))


def _sitting(bodies: Iterable[UUID]) -> set[UUID]:
    """Holders of seats; alternates hear of a vote when they stand in."""
    seats = partners.seats_of(bodies).values()
    return {s.holder.account_id for row in seats for s in row if s.holder and s.holder.account_id}


def _speaking_for(partner_ids: Iterable[UUID | None]) -> set[UUID]:
    """Who administers an organization or holds one of its seats."""
    wanted = {found for found in partner_ids if found}
    admins = Membership.objects.live().filter(partner_id__in=wanted, role=Role.ORG_ADMIN.value)
    seats = partners.seats_of(body.id for body in partners.bodies()).values()
    holders = {
        s.holder.account_id
        for row in seats
        for s in row
        if s.partner_id in wanted and s.holder and s.holder.account_id
    }
    return set(admins.values_list("account_id", flat=True)) | holders
