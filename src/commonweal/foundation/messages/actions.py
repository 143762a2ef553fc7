"""Queueing messages, and settling them: access is asked again at the moment of sending (DOMAIN 2-T4)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import translation

from commonweal.foundation import bus
from commonweal.foundation.access import Actor, current_actor
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment, class_of
from commonweal.foundation.jobs import defer_by_name
from commonweal.foundation.messages import rules, sms
from commonweal.foundation.messages.events import Concerns, MessageFailed
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.verdict import Verdict

TEXT_LIMIT = 320
"""Characters of a text message: two parts at most, so that an old phone shows it whole."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """The reading that the message would enable; asked again when it is sent."""

    person_id: UUID
    recipient_partner_id: UUID
    purpose: Purpose
    segment: Segment = Segment.GENERAL
    topic: str = ""
    role: Role = Role.CASE_WORKER


def send_email(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "en",
    person_id: UUID | None = None,
    recheck: Recheck | None = None,
    concerns: Concerns | None = None,
    calendar: str = "",
) -> UUID:
    """Queue an e-mail from ``<template>.subject.txt``, ``<template>.txt`` and ``<template>.html``.

    The subject must tell nothing about a person. ``concerns`` comes back in ``MessageFailed`` if it never
    arrives. ``calendar``: an iCalendar file that goes along, as an invitation does (RFC 6047); its ``METHOD``
    says what the reader's calendar does with it. Returns the message's id.
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", dict(context)).split())
        text = render_to_string(f"{template}.txt", dict(context))
        html = render_to_string(f"{template}.html", dict(context))
    body = {"subject": subject, "text": text, "html": html, "calendar": calendar}
    return _queue("email", to, template, person_id, recheck, concerns, **body)


def send_sms(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "en",
    person_id: UUID | None = None,
    recheck: Recheck | None = None,
    concerns: Concerns | None = None,
) -> UUID:
    """Queue a text message from ``<template>.sms.txt``; raises ValueError beyond ``TEXT_LIMIT``."""
    with translation.override(language):
        text = " ".join(render_to_string(f"{template}.sms.txt", dict(context)).split())
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"{template}: a text message holds {TEXT_LIMIT} characters, this has {len(text)}")
    return _queue("sms", to, template, person_id, recheck, concerns, text=text)


def letter(*, template: str, context: Mapping[str, Any], language: str = "en") -> str:
    """A page of HTML made for paper, to be printed and handed to a person."""
    with translation.override(language):
        return render_to_string(f"{template}.letter.html", dict(context))


def _queue(
    channel: str,
    to: str,
    template: str,
    person_id: UUID | None,
    recheck: Recheck | None,
    concerns: Concerns | None,
    **body: str,
) -> UUID:
    holder = current_actor().partner_id
    message = Outbound(
        holder_id=holder,
        channel=channel,
        to=to,
        template=template,
        person_id=person_id,
        recheck=_as_json(recheck),
        concerns=_as_json(concerns),
        **body,
    )
    message.save(force_insert=True)
    _settle_later(message)
    return message.id


def _settle_later(message: Outbound, wait: timedelta | None = None) -> None:
    holder = str(message.holder_id) if message.holder_id else None
    defer_by_name("messages.settle", wait, message_id=str(message.id), holder_id=holder)


def _as_json(given: Recheck | Concerns | None) -> dict[str, str | None] | None:
    return {k: None if v is None else str(v) for k, v in asdict(given).items()} if given else None


def settle(message_id: UUID) -> str:
    """Send a waiting message, or drop it when its reading is no longer allowed; returns its state.

    What cannot be sent now is tried again over a day; what was refused for good, or failed at every try,
    ends as failed, and ``MessageFailed`` tells its sender. Runs inside ``acting`` as the holder. Sending it
    twice is possible only if the process dies between the server's yes and our commit.
    """
    message = Outbound.objects.select_for_update().filter(pk=message_id, state=Outbound.State.WAITING).first()
    if message is None:
        return "settled"
    refusal = _refusal(message)
    error = None if refusal else _try(message)
    if error is not None and not rules.ends_it(error) and (wait := rules.wait_after(message.attempts)):
        message.save(update_fields=["attempts", "why"])
        _settle_later(message, wait)
        return str(message.state)
    _end(message, refusal, error)
    return str(message.state)


def _try(message: Outbound) -> Exception | None:
    """Send it once; what went wrong, if anything did."""
    message.attempts += 1
    try:
        _send(message)
    except Exception as error:
        message.why = rules.why(error)
        return error
    message.why = ""
    return None


def _end(message: Outbound, refusal: str, error: Exception | None) -> None:
    if refusal:
        message.state, message.why = Outbound.State.DROPPED, refusal
    else:
        message.state = Outbound.State.FAILED if error else Outbound.State.SENT
    message.text = message.html = message.calendar = ""
    message.settled_at = Now()
    message.save()
    if error is not None:
        bus.publish(
            MessageFailed(
                message.id, message.holder_id, message.channel, message.why, _concerns(message.concerns)
            )
        )


def _concerns(raw: dict[str, str | None] | None) -> Concerns | None:
    if raw is None:
        return None
    partner = raw["partner_id"]
    return Concerns(str(raw["kind"]), UUID(raw["id"]), UUID(partner) if partner else None)


StillAllowed = Callable[[UUID, str], Verdict]
"""Whether a message about this person may still go to this address, asked as its holder when it leaves."""

_still_allowed: dict[str, StillAllowed] = {}


def when_it_leaves(template: str, may: StillAllowed) -> None:
    """Ask ``may`` again before each message of ``template`` leaves; what it refuses is dropped."""
    _still_allowed[template] = may


def _refusal(message: Outbound) -> str:
    may = _still_allowed.get(message.template)
    if may is not None and message.person_id is not None:
        still = may(message.person_id, message.to)
        if not still:
            return still.rule
    return _closed_reading(message)


def _closed_reading(message: Outbound) -> str:
    if message.recheck is None or message.holder_id is None:
        return ""
    raw = message.recheck
    segment = Segment(raw["segment"])
    reader = Actor(Role(raw["role"]), Purpose(raw["purpose"]), UUID(raw["recipient_partner_id"]))
    verdict = explain(
        reader,
        UUID(raw["person_id"]),
        class_of(DataClass.D4, segment),
        segment,
        holder_id=message.holder_id,
        topic=raw["topic"],
    )
    return "" if verdict else verdict.rule


def _send(message: Outbound) -> None:
    if message.channel == "sms":
        sms.send(message.to, message.text)
        return
    mail = EmailMultiAlternatives(message.subject, message.text, settings.DEFAULT_FROM_EMAIL, [message.to])
    mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        method = _METHOD.search(message.calendar)
        mail.attach_alternative(
            message.calendar, f"text/calendar; method={method[1] if method else 'PUBLISH'}"
        )
        mail.attach("meeting.ics", message.calendar.encode(), "application/ics")
    mail.send()


_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)
