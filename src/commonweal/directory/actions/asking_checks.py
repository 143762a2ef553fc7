"""Keeping freshness: organizations are asked in time, in their language, by one link for all entries."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from commonweal.directory import access
from commonweal.directory.actions.search_index import KEEPER
from commonweal.directory.actions.verification import CHECK, CHECK_ALL, ORGANIZATION_LINK
from commonweal.directory.models import Organization, Service
from commonweal.directory.models_search import VerificationRequest
from commonweal.directory.queries import due
from commonweal.directory.queries.owners import language_of
from commonweal.directory.queries.pace import pace
from commonweal.foundation import audit, links
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.messages import Concerns, send_email
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.words import N_

A_DAY = timedelta(hours=20)
"""A job that runs each day at about the same hour: what went out since the last run counts for today."""


@transaction.atomic
def ask_organization(organization_id: UUID, *, by: Actor) -> bool:
    """Mail an organization one link for all its entries, if any is due and it was not asked of late.

    Returns whether a mail is on its way.
    """
    verdict = access.may_ask_verification(by)
    if not verdict:
        raise Refused(verdict)
    moment = now()
    with acting(KEEPER):
        organization = Organization.objects.select_for_update().filter(pk=organization_id).first()
        if organization is None:
            raise NotFound("organization")
        services = list(
            due.due_services(moment).filter(organization_id=organization_id).order_by("name", "id")
        )
        to = due.address_of(organization, services)
        language = language_of(organization, [service.pk for service in services])
        was_asked = due.was_asked_since(organization_id, moment - pace().check_again)
    if not services or not to or was_asked:
        return False
    _keep_requests(services, to)
    _send(organization, len(services), to, language)
    audit.record(
        "directory.organization-asked",
        by=by,
        subject=("organization", organization_id),
        words=N_("asked an organization whether its entries still hold"),
        details={"services": len(services)},
        because=verdict.rule,
    )
    return True


def _keep_requests(services: list[Service], to: str) -> None:
    moment = now()
    VerificationRequest.objects.bulk_create(
        VerificationRequest(
            service_id=service.pk, sent_to=to, sent_at=moment, expires_at=moment + pace().check_link
        )
        for service in services
    )


def _send(organization: Organization, services: int, to: str, language: str) -> None:
    links.close_link(kind=ORGANIZATION_LINK, subject=organization.pk, why="asked again")
    token = links.issue(
        kind=ORGANIZATION_LINK,
        subject=organization.pk,
        partner_id=organization.partner_id,
        valid_for=pace().check_link,
    )
    send_email(
        to=to,
        template="directory/mail/verify_all",
        context={
            "organization": organization.name,
            "count": services,
            "url": settings.BASE_URL.rstrip("/") + reverse("directory:verify", args=[token]),
            "days": pace().check_link.days,
            "collaborative": settings.COLLABORATIVE,
        },
        language=language,
        concerns=Concerns(CHECK_ALL, organization.pk, organization.partner_id),
    )


@transaction.atomic
def ask_due(*, by: Actor, most: int) -> tuple[int, int]:
    """Ask organizations, those whose entries wait longest first; how many were asked, how many still wait."""
    verdict = access.may_ask_all(by)
    if not verdict:
        raise Refused(verdict)
    with acting(KEEPER):
        waiting = list(due.organizations_to_ask(now()))
    asked = sum(ask_organization(organization_id, by=by) for organization_id in waiting[: max(0, most)])
    return asked, len(waiting) - asked


def ask_todays(*, by: Actor) -> int:
    """What the daily job does: as many as the pace allows a day; returns how many were asked."""
    with acting(KEEPER):
        left = pace().checks_each_day - due.organizations_asked_since(now() - A_DAY)
    return ask_due(by=by, most=left)[0] if left > 0 else 0


@transaction.atomic
def check_lost(kind: str, subject_id: UUID, *, by: Actor) -> None:
    """The mail with the link never arrived: the steward sees it beside the entry, and calls."""
    rows = VerificationRequest.objects.filter(answered_at__isnull=True, undelivered_at__isnull=True)
    if kind == CHECK_ALL:
        rows = rows.filter(service__organization_id=subject_id)
    else:
        rows = rows.filter(pk=subject_id)
    if rows.update(undelivered_at=now()):
        audit.record(
            "directory.verification-lost",
            by=by,
            subject=("organization" if kind == CHECK_ALL else "verification", subject_id),
            words=N_("learned that a question whether an entry holds did not arrive"),
            details={"kind": CHECK_ALL if kind == CHECK_ALL else CHECK},
        )
