"""Asking a service whether it has room, before anyone is sent. The question names no person and no asker."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from commonweal.directory import access
from commonweal.directory.actions.capacity import locked_service
from commonweal.directory.actions.search_index import KEEPER
from commonweal.directory.models import Service
from commonweal.directory.models_search import RoomQuestion
from commonweal.directory.queries.asking import last_sent
from commonweal.directory.queries.owners import address_to_ask, language_of, organization_of, partner_of
from commonweal.directory.queries.pace import pace
from commonweal.directory.queries.rooms import rooms
from commonweal.directory.queries.words import say
from commonweal.directory.shapes_search import CapacityNow
from commonweal.directory.vocabulary import Capacity, RoomAsked
from commonweal.foundation import audit, links
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages import Concerns, send_email
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.words import N_

LINK_KIND = "directory.room"
CONCERNS = "directory.room"
"""What a letter that did not arrive was about: a :class:`RoomQuestion`."""


@transaction.atomic
def ask_room(service_id: UUID, *, by: Actor) -> RoomAsked:
    """Mail the service one link by which it says, without an account, whether it has room.

    Within some days (``rules.asking.Pace``) a second asker sends no second mail, and hears the same answer.
    """
    with acting(KEEPER):
        service = locked_service(service_id)
        to = address_to_ask(service)
        language = language_of(organization_of(service), [service_id])
    if not access.may_see(by, service.visibility, partner_of(service)):
        raise NotFound("service")
    verdict = access.may_ask_room(by, partner_of(service))
    if not verdict:
        raise Refused(verdict)
    room = _room(service_id)
    if room.state is not Capacity.UNKNOWN or room.ask_again_on:
        return RoomAsked.NOT_NOW
    if not to:
        return RoomAsked.NO_ADDRESS
    last = last_sent([service_id], now()).get(service_id)
    question = _question(service_id, by)
    if last is None:
        _send(question, service, to, language)
    question.save()
    audit.record(
        "directory.room-asked",
        by=by,
        subject=("service", service_id),
        words=N_("asked whether a service has room"),
        details={"sent": last is None},
        because=verdict.rule,
    )
    return RoomAsked.SENT if last is None else RoomAsked.JOINED


def _room(service_id: UUID) -> CapacityNow:
    return rooms([service_id], now(), today())[service_id]


def _question(service_id: UUID, by: Actor) -> RoomQuestion:
    open_ones = RoomQuestion.objects.filter(service_id=service_id, answered_at__isnull=True)
    found = open_ones.filter(account_id=by.account_id).first() if by.account_id else None
    return found or RoomQuestion(service_id=service_id, account_id=by.account_id, partner_id=by.partner_id)


def _send(question: RoomQuestion, service: Service, to: str, language: str) -> None:
    question.asked_at = question.sent_at = now()
    question.sent_to, question.undelivered_at = to, None
    links.close_link(kind=LINK_KIND, subject=service.pk, why="asked again")
    token = links.issue(
        kind=LINK_KIND, subject=service.pk, partner_id=partner_of(service), valid_for=pace().room_link
    )
    send_email(
        to=to,
        template="directory/mail/room",
        context={
            "service": service.name,
            "url": settings.BASE_URL.rstrip("/") + reverse("directory:tell-room", args=[token]),
            "days": pace().room_link.days,
            "collaborative": settings.COLLABORATIVE,
        },
        language=language,
        concerns=Concerns(CONCERNS, question.id, partner_of(service)),
    )


@transaction.atomic
def tell_askers(service_id: UUID, *, by: Actor) -> int:
    """A service told its room: everyone who asked of late hears it by mail; returns how many."""
    open_ones = RoomQuestion.objects.select_for_update().filter(
        service_id=service_id, answered_at__isnull=True
    )
    waiting = list(open_ones.filter(asked_at__gt=now() - pace().room_told))
    open_ones.update(answered_at=now())
    for question in waiting:
        _tell(question, "directory/mail/room_told")
    if waiting:
        audit.record(
            "directory.room-answer-told",
            by=by,
            subject=("service", service_id),
            words=N_("told those who had asked whether a service has room"),
            details={"told": len(waiting)},
        )
    return len(waiting)


@transaction.atomic
def room_question_lost(question_id: UUID, *, by: Actor) -> None:
    """The mail to the service never arrived: those who wait for its answer hear that they have to call."""
    lost = RoomQuestion.objects.filter(pk=question_id, answered_at__isnull=True).first()
    if lost is None:
        return
    waiting = RoomQuestion.objects.filter(service_id=lost.service_id, answered_at__isnull=True)
    waiting.update(undelivered_at=now())
    for question in waiting:
        _tell(question, "directory/mail/room_lost")
    audit.record(
        "directory.room-question-lost",
        by=by,
        subject=("service", lost.service_id),
        words=N_("learned that a question about room did not arrive"),
    )


def _tell(question: RoomQuestion, template: str) -> None:
    if question.account_id is None or question.partner_id is None:
        return
    account = Account.objects.filter(pk=question.account_id, is_active=True).first()
    if account is None or not account.email:
        return
    room = _room(question.service_id)
    with acting(KEEPER):
        service = Service.objects.select_related("organization").get(pk=question.service_id)
    organization = organization_of(service)
    with translation.override(account.language):
        words = say(room.words)
    with acting(Actor(Role.BACKEND_SERVICE, Purpose.COORD, question.partner_id, name="Commonweal")):
        send_email(
            to=account.email,
            template=template,
            context={
                "service": service.name,
                "organization": organization.name if organization else "",
                "words": words,
                "url": settings.BASE_URL.rstrip("/") + reverse("directory:service", args=[service.pk]),
                "table": settings.COLLABORATIVE,
            },
            language=account.language,
        )
