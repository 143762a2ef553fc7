"""What visitors say is no longer right, and what stewards make of it."""

from uuid import UUID

from django.db import transaction

from commonweal.directory import access
from commonweal.directory.actions.search_index import KEEPER, refresh_search
from commonweal.directory.events import ServiceChanged
from commonweal.directory.models import Service
from commonweal.directory.models_search import SuggestedCorrection
from commonweal.directory.queries.owners import partner_of
from commonweal.directory.rules.checking import FACT_NAMES, MOST_SAID
from commonweal.directory.vocabulary import ServiceStatus
from commonweal.foundation import audit, bus
from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.words import N_

MOST_WAITING = 40
"""Suggestions that may wait for one service; more say nothing new, and a queue must stay readable."""


@transaction.atomic
def suggest_correction(service_id: UUID, fact: str, said: str, *, by: Actor) -> UUID | None:
    """Keep what anyone says about a fact of a service; ``None`` where enough wait already.

    Nothing is asked or kept about who said it.
    """
    verdict = access.may_suggest(by)
    with acting(KEEPER):
        service = Service.objects.select_related("organization").filter(pk=service_id).first()
    if service is None or not access.may_see(by, service.visibility, partner_of(service)):
        raise NotFound("service")
    if SuggestedCorrection.objects.filter(service_id=service_id, state="waits").count() >= MOST_WAITING:
        return None
    kept = keep_suggestion(service_id, fact, said, from_organization=False)
    audit.record(
        "directory.correction-suggested",
        by=by,
        subject=("service", service_id),
        words=N_("said that something is no longer right"),
        details={"fact": fact},
        because=verdict.rule,
    )
    return kept


def keep_suggestion(service_id: UUID, fact: str, said: str, *, from_organization: bool) -> UUID:
    """Put a suggestion into the queue. Raises BadInput without words or for a fact that is none."""
    said = said.strip()[:MOST_SAID]
    if fact not in FACT_NAMES:
        raise BadInput("fact", N_("Choose what is no longer right."))
    if not said and fact != "closed":
        raise BadInput("said", N_("Say in a few words what is right."))
    row = SuggestedCorrection.objects.create(
        service_id=service_id, fact=fact, said=said, from_organization=from_organization
    )
    return row.id


EDITABLE: dict[str, str] = {
    "offer": "description",
    "who": "eligibility_description",
    "cost": "fees_description",
}
"""Facts that are one text of the service, which a steward mends in the review itself."""


@transaction.atomic
def settle_correction(
    correction_id: UUID, *, by: Actor, take: bool, words: str = "", new_text: str | None = None
) -> None:
    """Take a suggestion or leave it, with a reason.

    ``new_text`` replaces the text of a fact in :data:`EDITABLE`; *closed for good* ends the service. Other
    facts are mended where they are kept, and this records that it was done.
    """
    row = SuggestedCorrection.objects.select_for_update().filter(pk=correction_id).first()
    if row is None:
        raise NotFound("correction")
    with acting(KEEPER):
        service = Service.objects.select_related("organization").get(pk=row.service_id)
    verdict = access.may_review(by, partner_of(service))
    if not verdict:
        raise Refused(verdict)
    if row.state != SuggestedCorrection.State.WAITS:
        raise Conflict("this suggestion was settled already")
    if take:
        _mend(service, row.fact, new_text)
    row.state = SuggestedCorrection.State.TAKEN if take else SuggestedCorrection.State.LEFT
    row.decided_at, row.decided_by, row.decision = now(), by.name, words.strip()[:MOST_SAID]
    row.save()
    audit.record(
        "directory.correction-settled",
        by=by,
        subject=("service", row.service_id),
        words=N_("took a suggested correction") if take else N_("left an entry as it is"),
        details={"fact": row.fact, "correction": row.id},
        because=verdict.rule,
    )


def _mend(service: Service, fact: str, new_text: str | None) -> None:
    changes: dict[str, object] = {}
    if fact == "closed":
        changes["status"] = ServiceStatus.DEFUNCT
    elif fact in EDITABLE and new_text is not None:
        changes[EDITABLE[fact]] = new_text.strip()
    if not changes:
        return
    with acting(KEEPER):
        Service.objects.filter(pk=service.pk).update(**changes, last_modified=now())
        refresh_search([service.pk])
    bus.publish(ServiceChanged(service.pk))
