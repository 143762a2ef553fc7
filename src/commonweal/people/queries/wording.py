"""The words of a consent, in the person's language, before they say yes or no."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from commonweal.foundation.access.vocabulary import PURPOSE_NAMES, SEGMENT_NAMES, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.people.queries.consents import rule_draft
from commonweal.people.rules.drafts import settled_consent
from commonweal.people.rules.minimum import elements_for
from commonweal.people.rules.validity import Fault, faults, laws_needed
from commonweal.people.rules.words import Said, compose
from commonweal.people.shapes import ConsentDraft
from commonweal.people.vocabulary import ELEMENT_NAMES, Element, PartyClass

WRITTEN_IN = ("en", "es")
"""Languages in which the words are whole. Others hear them from an interpreter."""

CLASS_NAMES: dict[PartyClass, str] = {
    PartyClass.TREATING_PROVIDER: N_("my clinics and doctors"),
    PartyClass.HEALTH_PLAN: N_("my health plan"),
    PartyClass.THIRD_PARTY_PAYER: N_("others who pay for my care"),
    PartyClass.PROGRAM_OPERATIONS: N_("people who help run this program"),
    PartyClass.SOCIAL_SERVICE: N_("social services"),
    PartyClass.COUNTY_AGENCY: N_("county agencies"),
    PartyClass.SCHOOL: N_("schools"),
}


def consent_words(draft: ConsentDraft) -> tuple[str, ...]:
    """The paragraphs to show, in the draft's language (English where ours are not written in it)."""
    draft = settled_consent(draft)
    found = partners.partners([*draft.recipient_ids, *([draft.discloser_id] if draft.discloser_id else [])])
    discloser = found.get(draft.discloser_id) if draft.discloser_id else None
    checked = rule_draft(draft, discloser, now()) if discloser else None
    with override(draft.language if draft.language in WRITTEN_IN else "en"):
        said = Said(
            discloser=discloser.name if discloser else "",
            recipients=[
                *(found[i].name for i in draft.recipient_ids if i in found),
                *(gettext(CLASS_NAMES[c]) for c in draft.recipient_classes),
            ],
            what=_elements(draft),
            segments=[gettext(SEGMENT_NAMES[s]) for s in draft.segments if s is not Segment.GENERAL],
            topics=[gettext(NAMES[t]) for t in draft.topics],
            why=[gettext(PURPOSE_NAMES[p]) for p in draft.purposes],
            end=date_format(localtime(draft.ends_at), "DATE_FORMAT") if draft.ends_at else "",
            laws=laws_needed(checked) if checked else frozenset(),
            both_ways=draft.both_ways and not any(p.is_victim_service_provider for p in found.values()),
            interpreter=draft.interpreter,
        )
        return compose(said, gettext)


def _elements(draft: ConsentDraft) -> Sequence[str]:
    elements = elements_for(draft.topics) if draft.topics else frozenset(Element)
    return [gettext(ELEMENT_NAMES[e]) for e in Element if e in elements]


def draft_faults(draft: ConsentDraft) -> tuple[Fault, ...]:
    """What is still missing, each with what to do."""
    draft = settled_consent(draft)
    discloser = partners.partner(draft.discloser_id) if draft.discloser_id else None
    return faults(rule_draft(draft, discloser, now())) if discloser else ()
