"""Keeping entries true: the organization is asked by one link, without an account, fact by fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from commonweal.directory import access
from commonweal.directory.actions.capacity import locked_service
from commonweal.directory.actions.corrections import keep_suggestion
from commonweal.directory.actions.search_index import KEEPER, refresh_search
from commonweal.directory.events import ServiceVerified
from commonweal.directory.models import Organization, Service
from commonweal.directory.models_search import VerificationRequest
from commonweal.directory.queries.owners import address_to_ask, language_of, organization_of, partner_of
from commonweal.directory.queries.pace import pace
from commonweal.directory.rules.checking import FACTS, may_count_as_checked
from commonweal.directory.vocabulary import VerifiedHow
from commonweal.foundation import audit, bus, links
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.messages import Concerns, send_email
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.words import N_

LINK_KIND = "directory.verify"
ORGANIZATION_LINK = "directory.verify-all"
"""The kind of link that leads to all entries of an organization."""
CHECK, CHECK_ALL = "directory.check", "directory.check-all"
"""What a letter that did not arrive was about: a request, or an organization."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was sent. ``token`` is shown once and kept nowhere."""

    request_id: UUID
    token: str
    sent_to: str


@transaction.atomic
def ask_verification(service_id: UUID, *, by: Actor, because: str = "") -> Asked | None:
    """Ask the organization, in its language, whether what is published still holds; ``None`` where it has no
    e-mail address.

    An earlier link of the same service is closed, so that one answer counts. ``because`` is told to it.
    """
    verdict = access.may_ask_verification(by)
    if not verdict:
        raise Refused(verdict)
    with acting(KEEPER):
        service = locked_service(service_id)
        to = address_to_ask(service)
        language = language_of(organization_of(service), [service_id])
    if not to:
        _record(
            by, service_id, "directory.verification-not-sent", N_("found no address to ask at"), verdict.rule
        )
        return None
    links.close_link(kind=LINK_KIND, subject=service_id, why="asked again")
    token = links.issue(
        kind=LINK_KIND, subject=service_id, partner_id=partner_of(service), valid_for=pace().check_link
    )
    request = VerificationRequest.objects.create(
        service_id=service_id, sent_to=to, sent_at=now(), expires_at=now() + pace().check_link
    )
    send_email(
        to=to,
        template="directory/mail/verify",
        context={
            "service": service.name,
            "url": f"{settings.BASE_URL}/directory/v/{token}/",
            "because": because,
            "days": pace().check_link.days,
            "collaborative": settings.COLLABORATIVE,
        },
        language=language,
        concerns=Concerns(CHECK, request.id, partner_of(service)),
    )
    _record(
        by, service_id, "directory.verification-asked", N_("asked whether an entry still holds"), verdict.rule
    )
    return Asked(request.id, token, to)


def opened(token: str, kind: str = LINK_KIND) -> tuple[UUID, Actor] | None:
    """The service (of :data:`ORGANIZATION_LINK`: the organization) that a link is for, and who answers by it;
    ``None`` where it opens nothing any more."""
    link = links.open_link(token, kind)
    if link is None:
        return None
    with acting(KEEPER):
        name = _name_of(link.subject, kind)
    if name is None:
        return None
    return link.subject, Actor(Role.PUBLIC, Purpose.OPS, partner_id=link.partner_id, name=name)


def _name_of(subject: UUID, kind: str) -> str | None:
    if kind == ORGANIZATION_LINK:
        return Organization.objects.filter(pk=subject).values_list("name", flat=True).first()
    found = Service.objects.select_related("organization").filter(pk=subject).first()
    if found is None:
        return None
    organization = organization_of(found)
    return organization.name if organization else found.name


@transaction.atomic
def answer_verification(
    service_id: UUID, confirmed: frozenset[str], changes: Mapping[str, str], *, by: Actor, by_link: bool
) -> bool:
    """Record the organization's answer: which facts still hold, and what is to be changed in which.

    A fact that it wants changed waits in the review; the rest is checked as of now. Returns whether the
    entry counts as checked: all facts that are published were answered.
    """
    unknown = (confirmed | set(changes)) - set(FACTS)
    if unknown:
        raise BadInput("fact", N_("This is no fact of an entry."))
    with acting(KEEPER):
        service = locked_service(service_id)
    verdict = access.may_verify(by, partner_of(service), by_link=by_link)
    if not verdict:
        raise Refused(verdict)
    for fact, said in changes.items():
        keep_suggestion(service_id, fact, said, from_organization=True)
    checked = may_count_as_checked(confirmed, frozenset(changes))
    _close_request(service_id, confirmed, frozenset(changes))
    if checked:
        _mark_checked(service_id, by, VerifiedHow.ORGANIZATION)
    _record(
        by, service_id, "directory.verified", N_("said what still holds in an entry"), verdict.rule,
        confirmed=sorted(confirmed), changed=sorted(changes),
    )  # fmt: skip
    return checked


@transaction.atomic
def mark_checked(service_id: UUID, how: VerifiedHow, *, by: Actor) -> None:
    """A steward called or visited, and all is as published."""
    with acting(KEEPER):
        service = locked_service(service_id)
    verdict = access.may_review(by, partner_of(service))
    if not verdict:
        raise Refused(verdict)
    _mark_checked(service_id, by, how)
    _record(by, service_id, "directory.checked", N_("checked an entry"), verdict.rule, how=how.value)


def _mark_checked(service_id: UUID, by: Actor, how: VerifiedHow) -> None:
    moment = now()
    with acting(KEEPER):
        changed = Service.objects.filter(pk=service_id).update(
            verified_at=moment, verified_by=by.name, verified_how=how, last_modified=moment
        )
        if not changed:
            raise NotFound("service")
        refresh_search([service_id])
    bus.publish(ServiceVerified(service_id, moment))


def _close_request(service_id: UUID, confirmed: frozenset[str], changed: frozenset[str]) -> None:
    waiting = VerificationRequest.objects.filter(service_id=service_id, answered_at__isnull=True)
    last = waiting.order_by("-sent_at").first()
    if last:
        last.answered_at, last.confirmed, last.changed = now(), sorted(confirmed), sorted(changed)
        last.save(update_fields=["answered_at", "confirmed", "changed"])


def _record(by: Actor, service_id: UUID, verb: str, words: str, because: str, **details: object) -> None:
    audit.record(verb, by=by, subject=("service", service_id), words=words, details=details, because=because)
