"""A calendar address of one's own: all meetings of one's bodies, by a link that expires and can be closed."""

from datetime import timedelta

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.links import close_link, issue, open_link
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Refused
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_
from commonweal.partners.actions.inviting import answers, dated
from commonweal.partners.models import Meeting
from commonweal.partners.queries.bodies import seats_with_account
from commonweal.partners.queries.meetings import shapes_of
from commonweal.partners.rules.calendar_file import Answered, calendar_file
from commonweal.partners.vocabulary_meetings import MeetingStage

KIND = "meetings.feed"
GOOD_FOR = timedelta(days=365)
BACK = timedelta(days=90)


def open_feed(*, by: Actor) -> str:
    """A new address for one's own calendar; the one before ends. Returns its token, shown once."""
    if by.account_id is None:
        raise Refused(deny("meetings.feed.nobody", N_("Sign in first.")))
    close_link(kind=KIND, subject=by.account_id, why="replaced")
    token = issue(kind=KIND, subject=by.account_id, partner_id=None, valid_for=GOOD_FOR)
    audit.record(
        "meetings.feed-opened",
        by=by,
        subject=("account", by.account_id),
        words=N_("Made a calendar address."),
    )
    return token


def close_feed(*, by: Actor) -> None:
    """End one's calendar address."""
    if by.account_id is None:
        return
    close_link(kind=KIND, subject=by.account_id, why="closed")
    audit.record(
        "meetings.feed-closed",
        by=by,
        subject=("account", by.account_id),
        words=N_("Ended a calendar address."),
    )


def read_feed(token: str) -> str | None:
    """The calendar behind an address; None for every address that opens nothing.

    It reads as a resident member would who is the account's owner, and so tells day and place of a private
    body's meetings, and never what they are about. A meeting to which the owner said that they cannot come is
    left out until they change their mind.
    """
    link = open_link(token, KIND)
    account = Account.objects.filter(pk=link.subject, is_active=True).first() if link else None
    if account is None:
        return None
    with acting(Actor(Role.MEMBER, Purpose.GOV, None, account.pk, name=account.name)):
        bodies = {seat.body_id for seat in seats_with_account(account.pk)}
        rows = Meeting.objects.filter(body_id__in=bodies, starts_at__gt=now() - BACK)
        shapes = shapes_of(rows.exclude(stage=MeetingStage.CHOOSING.value))
        going = [one for one in shapes if answers(one).get(account.pk) is not Answered.AWAY]
        found = [entry for shape in going if (entry := dated(shape)) is not None]
    return calendar_file(found, name="Commonweal")
