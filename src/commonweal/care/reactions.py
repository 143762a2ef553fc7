"""What care does when something happens below."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from commonweal.care import queries
from commonweal.care.actions import program_of
from commonweal.foundation.access import acting
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages import send_email
from commonweal.partners import facade as partners
from commonweal.referrals import facade as referrals
from commonweal.referrals.events import About


def tell_lead(about: About, but: UUID | None) -> str:
    """Nobody answers: tell the one who leads for the person, if the asking partner knows them.

    Gives the name of the lead's partner, or nothing where nobody was told: no lead, no address, or the lead
    is ``but``, who asked and knows already.
    """
    team = queries.teams([about.person_id]).get(about.person_id, [])
    lead = team[0] if team and team[0].is_lead else None
    if lead is None or lead.account_id is None or lead.account_id == but:
        return ""
    account = Account.objects.filter(pk=lead.account_id, is_active=True).first()
    if account is None or not account.email:
        return ""
    path = reverse("referrals:thread", args=[about.referral_id])
    with acting(program_of(about.holder_id)):
        send_email(
            to=account.email,
            template="care/mail/escalated",
            context={"url": settings.BASE_URL.rstrip("/") + path, "table": settings.COLLABORATIVE},
            language=account.language,
        )
    partner = partners.partner(lead.partner_id)
    return partner.name if partner else lead.name


referrals.register_lead(tell_lead)
