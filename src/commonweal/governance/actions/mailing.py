"""Mail about votes: to each one who votes a link that opens that one's ballot alone, and a reminder.

A letter about a private body's question says that there is one, not what it asks: letters lie in many hands.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime

from commonweal.foundation import audit, links
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.notices import absolute
from commonweal.foundation.messages import send_email
from commonweal.governance import access_voting as access
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import BallotLink, Poll
from commonweal.governance.queries import polls
from commonweal.kernel.clock import now
from commonweal.kernel.words import N_

LINK_KIND = "governance.ballot"
SENDER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")


@transaction.atomic
def send_ballots(poll_id: UUID, *, by: Actor, reminds: bool = False) -> int:
    """Mail everyone who may cast in an open poll and has not, alternates left out; returns how many letters.

    Each link opens one voter's ballot for the account that it was mailed to, until voting closes.
    Raises Refused.
    """
    because = check(access.may_count(by))
    with acting(THE_COUNT):
        row = Poll.objects.select_related("proposal", "body").get(pk=poll_id)
        waiting = _waiting(row) if polls.is_open(row, polls.moment_for(row)) else []
        sent = sum(_send(row, voter, account, reminds=reminds) for voter, account in waiting)
        audit.record(
            "ballots.mailed",
            by=THE_COUNT,
            subject=("poll", row.id),
            words=N_("Mailed ballots to those who vote."),
            details={"letters": sent, "reminder": reminds},
            because=because.rule,
        )
    return sent


def _waiting(row: Poll) -> list[tuple[str, UUID]]:
    """Voters who have not cast, with the account of each one's holder."""
    cast = polls.units_that_cast(row)
    found = []
    for plain in row.electorate["voters"]:
        if plain["is_recused"] or (plain["unit"] or plain["id"]) in cast:
            continue
        holders = [hand for _seat, hand in access.hands_of(row, plain["id"]) if not hand.is_alternate]
        found += [(str(plain["id"]), hand.account_id) for hand in holders if hand.account_id]
    return found


def _send(row: Poll, voter: str, account_id: UUID, *, reminds: bool) -> bool:
    account = Account.objects.filter(pk=account_id, is_active=True).exclude(email=None).first()
    if account is None:
        return False
    opens, _made = BallotLink.objects.get_or_create(poll=row, voter=voter, account=account)
    token = links.issue(
        kind=LINK_KIND,
        subject=opens.id,
        partner_id=None,
        valid_for=max(row.closes_at - now(), timedelta(minutes=1)),
    )
    with acting(SENDER), translation.override(account.language):
        send_email(
            to=account.email or "",
            template="governance/mail/ballot",
            context={
                "name": account.name,
                "table": installation.name(),
                "title": "" if row.proposal.body.is_private or row.body.is_private else row.proposal.title,
                "body": row.body.name,
                "closes_at": localtime(row.closes_at),
                "is_secret": row.is_secret,
                "reminds": reminds,
                "url": absolute(reverse("governance:ballot-link", args=[token])),
            },
            language=account.language,
        )
    return True


def who_opens(token: str) -> tuple[Actor, UUID, str] | None:
    """Whose ballot in which poll a mailed link opens: actor, poll and voter; None for any other link."""
    link = links.open_link(token, LINK_KIND)
    opens = BallotLink.objects.filter(pk=link.subject).select_related("account").first() if link else None
    if opens is None or not opens.account.is_active:
        return None
    actor = Actor(Role.MEMBER, Purpose.GOV, account_id=opens.account_id, name=opens.account.name)
    return actor, opens.poll_id, opens.voter
