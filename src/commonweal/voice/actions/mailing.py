"""Letters to authors who asked for them: what became of what you said. They show no words of it."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from commonweal.foundation import audit, links
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.notices import absolute
from commonweal.foundation.messages import send_email, send_sms
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Refused
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_
from commonweal.voice import access
from commonweal.voice.models import Contact, Link
from commonweal.voice.queries import graph, telling
from commonweal.voice.shapes import Node, kind_of, ref_of

SENDER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
STOP = "voice.stop"
STOP_WORKS = timedelta(days=730)


@transaction.atomic
def write_to_authors(nodes: Iterable[Node], *, by: Actor) -> int:
    """Write to the authors whose inputs are in these nodes, where they asked for it and there is news; how
    many.

    Of what is linked elsewhere since, nobody is told twice. Raises Refused.
    """
    if by != access.TELLER:
        raise Refused(
            deny("voice.write.not-the-program", N_("The program writes to authors, and nobody else."))
        )
    sent = 0
    for input_id in sorted(_inputs(nodes), key=str):
        contact = Contact.objects.filter(pk=input_id, stopped_at=None).first()
        if contact is not None and _write(contact):
            sent += 1
    if sent:
        audit.record(
            "input.told",
            by=by,
            subject=("input", "letters"),
            words=N_("Wrote to authors what became of what they said."),
            details={"letters": sent},
            because="voice.write.asked",
        )
    return sent


def _inputs(nodes: Iterable[Node]) -> set[UUID]:
    """The inputs in nodes: inputs, groups, or what answers them."""
    found: set[UUID] = set()
    for one in nodes:
        if kind_of(one) == "input":
            found.add(UUID(ref_of(one)))
            continue
        where = (
            {"target_group_id": ref_of(one)}
            if kind_of(one) == "group"
            else {"target_kind": kind_of(one), "target_ref": ref_of(one)}
        )
        sources = [graph.link_shape(row).source for row in Link.objects.filter(undone_by=None, **where)]
        found |= _inputs(sources)
    return found


def _write(contact: Contact) -> bool:
    with translation.override(contact.language):
        told = telling.told(contact.input_id)
        if told is None:
            return False
        digest = hashlib.sha256(told.now.words.encode()).hexdigest()
        if digest == contact.last_told:
            return False
        contact.last_told = digest
        contact.save(update_fields=["last_told"])
        token = links.issue(kind=STOP, subject=contact.input_id, partner_id=None, valid_for=STOP_WORKS)
        context = {
            "now": told.now.words,
            "table": installation.name(),
            "ask": absolute(reverse("voice:ask")),
            "stop": absolute(reverse("voice:stop", args=[token])),
        }
    with acting(SENDER):
        if contact.email:
            send_email(
                to=contact.email, template="voice/mail/told", context=context, language=contact.language
            )
        elif contact.phone:
            send_sms(
                to=contact.phone, template="voice/mail/told_sms", context=context, language=contact.language
            )
    return True


@transaction.atomic
def stop_letters(input_id: UUID, *, by: Actor) -> None:
    """End the letters and take the address away. ``by``: whoever showed the link of a letter, or the code."""
    with acting(access.TELLER):
        row = Contact.objects.select_for_update().filter(pk=input_id, stopped_at=None).first()
        if row is not None:
            row.email, row.phone, row.stopped_at = "", "", now()
            row.save(update_fields=["email", "phone", "stopped_at"])
    links.close_link(kind=STOP, subject=input_id, why="stopped")
    audit.record(
        "input.letters-stopped",
        by=by,
        subject=("input", input_id),
        words=N_("Ended letters about what was said."),
        because="voice.stop.own",
    )
