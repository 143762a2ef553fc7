"""What care does when something happens below."""

from django.conf import settings
from django.urls import reverse

from commonweal.care import queries
from commonweal.care.actions import program_of
from commonweal.care.shapes import TeamMember
from commonweal.foundation.access import acting
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.bus import when
from commonweal.foundation.messages import send_email
from commonweal.referrals.events import ReferralEscalated


@when(ReferralEscalated)
def when_referral_escalated(event: ReferralEscalated) -> None:
    """Nobody answers: the one who leads for the person hears of it, if the asking partner knows them."""
    team = queries.teams([event.about.person_id]).get(event.about.person_id, [])
    if team and team[0].is_lead:
        _tell(team[0], event)


def _tell(lead: TeamMember, event: ReferralEscalated) -> None:
    if lead.account_id is None:
        return
    account = Account.objects.filter(pk=lead.account_id, is_active=True).first()
    if account is None or not account.email:
        return
    path = reverse("referrals:thread", args=[event.about.referral_id])
    with acting(program_of(event.about.holder_id)):
        send_email(
            to=account.email,
            template="care/mail/escalated",
            context={"url": settings.BASE_URL.rstrip("/") + path, "table": settings.COLLABORATIVE},
            language=account.language,
        )
