"""What pages of the table, partners, agreements and seats show of the shared charter and of what is owed."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance import access_obligations as access
from commonweal.governance.queries import activities, carrying, obligations, shared_charter
from commonweal.governance.rules import activities as rules
from commonweal.governance.rules.shared_charter import counted
from commonweal.governance.shapes import AgreementShape
from commonweal.governance.vocabulary_shared_charter import Part, Signs
from commonweal.partners.shapes import BodyShape, PackItem, Panel, SeatShape


def panels(actor: Actor, body: BodyShape | None) -> Iterable[Panel]:
    """On the page of the table, the mission that was adopted."""
    if body is not None:
        yield from _work(actor, body)
        return
    held = shared_charter.in_force()
    if held is not None:
        found = shared_charter.signatories(held.id)
        signed = counted(one.stands for one in found)[Signs.SIGNED]
        context = {"mission": held.parts[Part.MISSION], "signed": signed, "of": len(found)}
        yield Panel(5, "aside", "governance/panels/shared_charter.html", context)


def _work(actor: Actor, body: BodyShape) -> Iterator[Panel]:
    """On the page of a body that meets in the open, what lacks somebody who answers for it."""
    if body.is_private or actor.account_id is None:
        return
    live = [one for one in activities.of_bodies([body.id]) if one.ended_on is None]
    context = {
        "gaps": len(rules.gaps(live)),
        "count": len(live),
        "slug": body.slug,
        "not_carried": carrying.not_carried(body.id),
    }
    yield Panel(40, "aside", "governance/panels/activities.html", context)


def of_partner(actor: Actor, partner_id: UUID) -> Iterable[Panel]:
    """On a partner's page, what it owes and what it is owed."""
    found = obligations.of_partner(partner_id)
    if found:
        context = {
            "owes": [one for one in found if one.owes_id == partner_id],
            "owed": [one for one in found if one.to_id == partner_id],
        }
        yield Panel(10, "main", "governance/panels/owed.html", context)


def owed_under(agreement: AgreementShape, actor: Actor) -> Mapping[str, object]:
    """What the page of an agreement shows of what is owed under it."""
    parties = obligations.parties_of(agreement.id)
    mine = [p for p in parties if access.may_end_agreement(actor, p.id)]
    return {
        "owed": obligations.of_agreement(agreement.id),
        "parties": parties,
        "may_oblige": any(access.may_write_down(actor, p.id) for p in parties),
        "may_end_it": bool(mine) and not agreement.shares and agreement.is_in_force,
    }


def in_pack(seat: SeatShape, body: BodyShape) -> Iterator[PackItem]:
    """In the pack of who takes or leaves a seat: what is owed from there and not done."""
    for one in obligations.of_seat(seat):
        if one.now is not None:
            url = reverse("governance:obligation", args=[one.id])
            yield PackItem("obligation", one.words, url, one.now.due_on, _(one.now.stands_name))
