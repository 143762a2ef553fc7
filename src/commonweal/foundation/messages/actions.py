"""Queueing messages, and settling them: access is asked again at the moment of sending (DOMAIN 2-T4)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import translation

from commonweal.foundation.access import Actor, current_actor
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment, class_of
from commonweal.foundation.jobs import defer_by_name
from commonweal.foundation.messages import sms
from commonweal.foundation.messages.models import Outbound

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
) -> UUID:
    """Queue an e-mail from ``<template>.subject.txt``, ``<template>.txt`` and ``<template>.html``.

    The subject must tell nothing about a person. Returns the message's id.
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", dict(context)).split())
        text = render_to_string(f"{template}.txt", dict(context))
        html = render_to_string(f"{template}.html", dict(context))
    return _queue("email", to, template, person_id, recheck, subject=subject, text=text, html=html)


def send_sms(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "en",
    person_id: UUID | None = None,
    recheck: Recheck | None = None,
) -> UUID:
    """Queue a text message from ``<template>.sms.txt``; raises ValueError beyond ``TEXT_LIMIT``."""
    with translation.override(language):
        text = " ".join(render_to_string(f"{template}.sms.txt", dict(context)).split())
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"{template}: a text message holds {TEXT_LIMIT} characters, this has {len(text)}")
    return _queue("sms", to, template, person_id, recheck, text=text)


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
        **body,
    )
    message.save(force_insert=True)
    defer_by_name("messages.settle", message_id=str(message.id), holder_id=str(holder) if holder else None)
    return message.id


def _as_json(recheck: Recheck | None) -> dict[str, str] | None:
    return {k: str(v) for k, v in asdict(recheck).items()} if recheck else None


def settle(message_id: UUID) -> str:
    """Send a waiting message, or drop it when its reading is no longer allowed; returns its state.

    Runs inside ``acting`` as the holder. Sending it twice is possible only if the process dies between
    the server's yes and our commit.
    """
    message = Outbound.objects.select_for_update().filter(pk=message_id, state=Outbound.State.WAITING).first()
    if message is None:
        return "settled"
    refusal = _refusal(message)
    if refusal:
        message.state, message.why = Outbound.State.DROPPED, refusal
    else:
        _send(message)
        message.state = Outbound.State.SENT
    message.text = message.html = ""
    message.settled_at = Now()
    message.save()
    return str(message.state)


def _refusal(message: Outbound) -> str:
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
    mail.send()
