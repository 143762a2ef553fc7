"""Which decisions are to be looked at again, who may write what was found, and what was found before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.governance import access_voting
from commonweal.governance.models import Bylaws, Mandate, Review
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


@dataclass(frozen=True, slots=True)
class Due:
    """Something to look at again by a day, by the body that decided it (None: the highest one).

    ``name`` is as written, to be translated where shown.
    """

    key: str
    name: str
    url: str
    by: date
    body_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found when a decision was looked at again."""

    looked_on: date
    words: str
    next_on: date | None
    author_name: str


def due(until: date) -> list[Due]:
    """What is to be looked at again up to a day, and trials of bylaws that end by then, the soonest first."""
    return sorted([*_mandates(until), *_trials(until)], key=lambda one: one.by)


def _mandates(until: date) -> Iterator[Due]:
    """Each decision once, by the first day of what lives under it."""
    live = list(Mandate.objects.live(now()).exclude(review_on=None).select_related("decision__proposal"))
    last = looked_at(row.pk for row in live)
    seen: set[UUID] = set()
    for row in sorted(live, key=lambda one: one.review_on or until):
        day = next_day(row.review_on, last.get(row.pk, ()))
        if day is None or day > until or row.decision_id in seen:
            continue
        seen.add(row.decision_id)
        question = row.decision.proposal
        url = reverse("governance:decision", args=[row.decision.number])
        body_id = question.body_id if question else None
        yield Due(f"review:{row.pk}:{day}", row.decision.title, url, day, body_id)


def _trials(until: date) -> Iterator[Due]:
    held = Bylaws.objects.in_force(now())
    if held is not None and held.trial_ends_at is not None:
        day = localtime(held.trial_ends_at).date()
        if day <= until:
            url = reverse("governance:bylaws-version", args=[held.version])
            yield Due(f"trial:{held.version}", held.words or N_("The bylaws on trial"), url, day)


def next_day(first: date | None, looked: Iterable[Looked]) -> date | None:
    """By when it is next looked at: what the last look said, else what the decision said."""
    last = next(reversed(list(looked)), None)
    return last.next_on if last else first


def looked_at(mandate_ids: Iterable[UUID]) -> Mapping[UUID, list[Looked]]:
    """What was found before, by mandate, oldest first."""
    found: dict[UUID, list[Looked]] = defaultdict(list)
    for row in Review.objects.filter(mandate_id__in=list(mandate_ids)):
        found[row.mandate_id].append(Looked(row.looked_on, row.words, row.next_on, row.author_name))
    return found


def may_look_at(actor: Actor, mandate_ids: Iterable[UUID]) -> set[UUID]:
    """Of these mandates, those about which the actor may write what was found."""
    if actor.account_id is None:
        return set()
    rows = Mandate.objects.filter(pk__in=list(mandate_ids)).select_related("decision__proposal")
    return {row.pk for row in rows if may_look(actor, row)}


def may_look(actor: Actor, mandate: Mandate) -> Verdict:
    """Write what was found: who leads the body that decided it, or the backbone as secretary; while it is in
    force."""
    if not Mandate.objects.live(now()).filter(pk=mandate.pk).exists():
        return deny("governance.review.over", N_("It is not in force, so there is nothing to look at again."))
    if actor.purpose is Purpose.GOV and partners.acts_for_backbone(actor):
        return allow("governance.review.backbone", N_("The backbone keeps the table’s calendar."))
    question = mandate.decision.proposal
    mine = access_voting.seats_of_account(actor)
    if any(seat.leads and (question is None or seat.body_id == question.body_id) for seat in mine):
        return allow("governance.review.lead", N_("You lead the body that decided it."))
    return deny(
        "governance.review.not-yours",
        N_("Who leads the body that decided it, or the backbone, writes what was found."),
        N_("Put it on the agenda of the next meeting."),
    )
