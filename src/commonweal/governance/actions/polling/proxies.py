"""Proxies, where the bylaws have them: let another voter cast in one's place, and take that back."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.models import Proposal, Proxy
from commonweal.governance.queries import proxies
from commonweal.governance.queries.electorates import roll_of
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@transaction.atomic
def give_proxy(question_id: UUID, *, by: Actor, giver: str, carrier: str, words: str) -> UUID:
    """Let another voter cast in one's place on this question, in writing; a new one takes the old one's
    place.

    Only where the bylaws have proxies, to one who carries fewer than they allow, and until the question is
    answered. Raises Refused, BadInput.
    """
    row = locked(question_id)
    because = check(access.may_speak_as(by, row.body_id, giver))
    check(proxies.may_be_given(row))
    voters = {v.id: v for v in roll_of(row.body_id).electorate.voters}
    check(_may_carry(row, carrier, giver))
    if carrier not in voters or giver not in voters or carrier == giver:
        raise BadInput("carrier", N_("Name another voter of this body."))
    if not words.strip():
        raise BadInput("words", N_("Write what the proxy says."))
    row.proxies.filter(giver=giver, revoked_at=None).update(revoked_at=now())
    given = Proxy.objects.create(
        proposal=row,
        giver=giver,
        giver_name=voters[giver].name,
        carrier=carrier,
        carrier_name=voters[carrier].name,
        words=words.strip()[:500],
        recorded_by_id=by.account_id,
    )
    told(row, by, "proxy.given", N_("Gave a proxy."), because.rule)
    return given.id


def _may_carry(row: Proposal, carrier: str, giver: str) -> Verdict:
    carried = row.proxies.filter(carrier=carrier, revoked_at=None).exclude(giver=giver)
    if carried.count() >= proxies.most_carried(row):
        return deny("governance.proxy.enough", N_("This voter carries as many proxies as the bylaws allow."))
    return allow("governance.proxy.allowed", N_("The bylaws allow this proxy."))


@transaction.atomic
def revoke_proxy(proxy_id: UUID, *, by: Actor) -> None:
    """Take a proxy back. Again changes nothing. Raises Refused, NotFound."""
    given = Proxy.objects.select_related("proposal").filter(pk=proxy_id).first()
    if given is None:
        raise NotFound("proxy")
    because = check(access.may_speak_as(by, given.proposal.body_id, given.giver))
    if given.revoked_at is not None:
        return
    given.revoked_at = now()
    given.save(update_fields=["revoked_at"])
    told(given.proposal, by, "proxy.revoked", N_("Took a proxy back."), because.rule)
