"""May this go from one partner to another? The same answer as the database, in words about this person."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from commonweal.foundation.access import Actor
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.models import AccessRestriction
from commonweal.foundation.access.vocabulary import (
    CARE_ROLES,
    PURPOSE_NAMES,
    SEGMENT_NAMES,
    DataClass,
    Purpose,
    Segment,
    class_of,
)
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NAMES
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people.queries.consents import live_of_person, party_of, terms_of, toward_me
from commonweal.people.queries.persons import person
from commonweal.people.queries.wording import CLASS_NAMES
from commonweal.people.rules import part2
from commonweal.people.rules.consent import Ask, evaluate, laws_of, obligations
from commonweal.people.shapes import NO_OBLIGATIONS, ConsentShape, Obligations

ASK_CURE = N_("Ask %(who)s. The form takes a minute.")

_CLOSED = "access.state.restricted"

_SAME_FOR_ALL = frozenset({"access.no-consent", "access.no-agreement"})
"""Refusals that no other role of the recipient would turn into a yes."""

_SAID: dict[str, tuple[str, str]] = {
    "access.no-consent": (N_("%(who)s has not said yes to %(recipient)s."), ASK_CURE),
    "access.not-named": (N_("%(who)s has not named %(recipient)s for this."), ASK_CURE),
    _CLOSED: (
        N_("%(who)s has asked that %(recipient)s does not see this."),
        N_("Choose someone else, or let %(who)s change it."),
    ),
    "access.no-agreement": (
        N_("No agreement of the table in force lets %(holder)s tell %(recipient)s this."),
        N_("Ask the table to decide on one. Until then, %(who)s can tell %(recipient)s in person."),
    ),
}


def may_share(
    person_id: UUID,
    holder_id: UUID,
    recipient_id: UUID,
    segment: Segment,
    purpose: Purpose,
    *,
    topic: str = "",
    base: DataClass = DataClass.D4,
) -> Verdict:
    """May rows of ``segment`` that ``holder_id`` keeps go to ``recipient_id`` for ``purpose``?

    Asked by the holder, the recipient or the person. True when somebody who helps people at the
    recipient may read them: consent, agreement, mandate, role and purpose together.
    """
    if person(person_id) is None:
        return deny("people.hidden", N_("There is no such person here."))
    answers = []
    for role in CARE_ROLES:
        answer = explain(
            Actor(role, purpose, partner_id=recipient_id),
            person_id,
            class_of(base, segment),
            segment,
            holder_id=holder_id,
            topic=topic,
        )
        if answer:
            return answer
        answers.append(answer)
        if answer.rule in _SAME_FOR_ALL:
            break
    refusal = deny(_CLOSED, "") if _is_closed_to(person_id, recipient_id) else _telling(answers)
    return _in_words(refusal, person_id, holder_id, recipient_id)


def _is_closed_to(person_id: UUID, recipient_id: UUID) -> bool:
    """Whether the person closed this recipient out, as far as the asker may know; the recipient may not."""
    closed = AccessRestriction.objects.filter(person_id=person_id, lifted_at__isnull=True)
    return closed.filter(partner_id=recipient_id).exists()


def _telling(answers: Sequence[Verdict]) -> Verdict:
    """The refusal that says most: what is missing, rather than that some role has no rule."""
    return next((a for a in answers if a.rule in _SAID), next((a for a in answers if a.cure), answers[0]))


def _in_words(refusal: Verdict, person_id: UUID, holder_id: UUID, recipient_id: UUID) -> Verdict:
    sentence, cure = _SAID.get(refusal.rule, (refusal.sentence, refusal.cure))
    who = person(person_id)
    names = partners.partners([holder_id, recipient_id])
    places = {
        "who": who.first_name if who else "",
        "holder": names[holder_id].name if holder_id in names else "",
        "recipient": names[recipient_id].name if recipient_id in names else "",
    }
    return deny(refusal.rule, sentence, cure, **places)


def obligations_for(
    person_id: UUID,
    holder_id: UUID,
    recipient_id: UUID,
    segment: Segment,
    purpose: Purpose,
    *,
    topic: str = "",
    named: bool = True,
) -> Obligations:
    """What must travel with this disclosure: the notice of Part 2, the consent's scope in words, labels.

    Nothing, when nothing is due: what a partner reads of its own is no disclosure. The scope is that of the
    consent which allows it, for ``topic``, in the reader's language; where ``named`` is false it says *the
    person*, for pages that do not name them.
    """
    if holder_id == recipient_id:
        return NO_OBLIGATIONS
    found = partners.partners([holder_id, recipient_id])
    if holder_id not in found or recipient_id not in found:
        return NO_OBLIGATIONS
    holder, recipient = party_of(found[holder_id]), party_of(found[recipient_id])
    base = class_of(DataClass.D4, segment)
    ask = Ask(holder, recipient, purpose, segment, base, now(), laws_of(segment, holder))
    known = {c.id: c for c in (*live_of_person(person_id), *toward_me(person_id, segment, purpose))}
    live = [c for c in known.values() if not (c.topics and topic) or topic in c.topics]
    finding = evaluate(ask, terms_of(live))
    due = finding.obligations if finding.verdict else obligations(ask, ())
    scopes = tuple(scope_of(c, named=named) for c in live if c.id in due.copy_of)
    return Obligations(
        due.notices, due.copy_of, due.no_redisclosure, due.labels, due.not_in_proceedings, scopes
    )


def scope_of(consent: ConsentShape, *, named: bool = True) -> str:
    """A consent's scope as one explanation, in the reader's language."""
    names = partners.partners([consent.discloser_id, *consent.recipient_ids])
    who = person(consent.person_id) if named else None
    return part2.scope_words(
        gettext,
        name=who.name if who else gettext("The person"),
        discloser=_name(names, consent.discloser_id),
        recipients=[
            *(_name(names, i) for i in consent.recipient_ids),
            *(gettext(CLASS_NAMES[c]) for c in consent.recipient_classes),
        ],
        what=[gettext(SEGMENT_NAMES[s]) for s in consent.segments]
        + [gettext(NAMES[t]) for t in consent.topics],
        why=[gettext(PURPOSE_NAMES[p]) for p in consent.purposes],
        start=localtime(consent.start).date(),
        end=localtime(consent.end).date() if consent.end else None,
        day=lambda day: date_format(day, "DATE_FORMAT"),
    )


def _name(names: dict[UUID, PartnerShape], partner_id: UUID) -> str:
    return names[partner_id].name if partner_id in names else ""
