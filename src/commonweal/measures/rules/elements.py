"""The elements that the product itself writes down, defined once, as data. Another meaning is a new version.

Standards are named, never their restricted wording: FHIR and HSDS elements, the Gravity Project's categories.
"""

from commonweal.foundation.access.vocabulary import DataClass, Segment
from commonweal.kernel.domains import NAMES as DOMAIN_NAMES
from commonweal.kernel.domains import SAFETY_DOMAINS
from commonweal.kernel.words import N_
from commonweal.measures.shapes_data import Capture, Element

_BY_ASKER = N_("Whoever asks the person, or writes down that nobody did")
_BY_SENDER = N_("Whoever sends the request, in the moment of sending")
_BY_RECEIVER = N_("The service that was asked, when it answers")
_BY_PERSON = N_("The person, in their own answer; somebody may write it down for them and says so")

SCREENING_OUTCOME = Element(
    id="screening-outcome",
    version=1,
    name=N_("How asking ended"),
    meaning=N_("Whether a person was asked what they need, and how far it went. Five facts, never one."),
    standard="FHIR R4 QuestionnaireResponse.status",
    captured=_BY_ASKER,
    not_shown=N_("Whom nobody met, and whether people felt free to answer."),
    values=(
        ("complete", N_("all was asked")),
        ("partial", N_("some was asked")),
        ("not-asked", N_("nobody asked")),
        ("declined", N_("the person did not want to answer")),
        ("unable", N_("the person could not answer")),
    ),
    is_counted_by_platform=True,
)
TOPICS_ASKED = Element(
    id="topics-asked",
    version=1,
    name=N_("What a person was asked about"),
    meaning=N_(
        "Whether the answers cover food, home, rides and utilities. Safety is asked and never counted."
    ),
    standard="FHIR R4 QuestionnaireResponse.item",
    captured=_BY_ASKER,
    not_shown=N_("Whether the need is still there a month later."),
    values=(("all-core", N_("all four were answered")), ("not-all", N_("one or more were not"))),
    is_counted_by_platform=True,
)
NEED_DOMAIN = Element(
    id="need-domain",
    version=1,
    name=N_("What help is for"),
    meaning=N_("The kind of need that a request for help is about. One request has one kind."),
    standard="FHIR R4 ServiceRequest.category; Gravity SDOH Clinical Care 3.0.0, temporary codes",
    captured=_BY_SENDER,
    not_shown=N_("Needs that nobody made a request for. Safety at home is never in it."),
    values=tuple((d.value, words) for d, words in DOMAIN_NAMES.items() if d not in SAFETY_DOMAINS),
    is_counted_by_platform=True,
)
SENT_ON = Element(
    id="request-sent-on",
    version=1,
    name=N_("The day a request was sent"),
    meaning=N_("The local day on which one partner asked another to help."),
    standard="FHIR R4 ServiceRequest.authoredOn",
    captured=_BY_SENDER,
    not_shown=N_("How long the person had already waited."),
    unit=N_("day"),
    is_counted_by_platform=True,
)
ACCEPTED = Element(
    id="request-accepted",
    version=1,
    name=N_("Whether a service said yes"),
    meaning=N_("A service has answered that it will help. It is not help yet."),
    standard="FHIR R4 Task.status",
    captured=_BY_RECEIVER,
    not_shown=N_("Why a service that said nothing was silent."),
    values=(("accepted", N_("a service said yes")), ("not-accepted", N_("no, or no answer"))),
    is_counted_by_platform=True,
)
OUTCOME_KNOWN = Element(
    id="request-outcome",
    version=1,
    name=N_("Whether the end is known"),
    meaning=N_(
        "The asking side knows how the request ended: finished, refused, taken back, or could not help."
    ),
    standard="FHIR R4 Task.status",
    captured=_BY_RECEIVER,
    not_shown=N_("Whether the help was any good. An end can be known and bad."),
    values=(("known", N_("its end is known")), ("unknown", N_("still open, or nobody said"))),
    is_counted_by_platform=True,
)
BEGAN_ON = Element(
    id="help-began-on",
    version=1,
    name=N_("The day help began"),
    meaning=N_("The first day on which a service did something for the person."),
    standard="FHIR R4 Task.executionPeriod.start",
    captured=_BY_RECEIVER,
    not_shown=N_("How much help it was."),
    unit=N_("day"),
    is_counted_by_platform=True,
)
NEED_MET = Element(
    id="need-met",
    version=1,
    name=N_("Whether the need is met"),
    meaning=N_("The person’s own answer to “did it help?”, of requests that a service accepted."),
    standard="FHIR R4 Observation.value, answered by the person",
    captured=_BY_PERSON,
    not_shown=N_("How the people are who did not answer us."),
    values=(("met", N_("the person says yes")), ("not-met", N_("some, no, or no answer"))),
    is_counted_by_platform=True,
)
CONSENT = Element(
    id="consent",
    version=1,
    name=N_("What a person allows"),
    meaning=N_("To whom, about what, for what purpose and until when a person lets something be told."),
    standard="FHIR R4 Consent.provision",
    captured=_BY_PERSON,
    not_shown=N_("What a person would have allowed had they been asked otherwise."),
    data_class=DataClass.D9,
)
LANGUAGE = Element(
    id="language",
    version=1,
    name=N_("The language a person wants"),
    meaning=N_("In which language somebody wants to be spoken to; not where they come from."),
    standard="FHIR R4 Patient.communication.language, BCP 47",
    captured=N_("Whoever registers the person, by asking"),
    not_shown=N_("Whether an interpreter came."),
    data_class=DataClass.D2,
)
LEFT_HOSPITAL = Element(
    id="left-hospital-on",
    version=1,
    name=N_("The day somebody goes home from a hospital"),
    meaning=N_("The day of leaving, told by the hospital, of people who agreed to just that."),
    standard="FHIR R4 Encounter.period.end",
    captured=N_("The hospital"),
    not_shown=N_("Why somebody was there."),
    unit=N_("day"),
    segment=Segment.HOSPITAL,
    data_class=DataClass.D5,
)
ROOM = Element(
    id="service-capacity",
    version=1,
    name=N_("Whether a service has room"),
    meaning=N_("Open, a waiting list, or full, as the service says itself, with the day."),
    standard="HSDS 3.1 service_capacity",
    captured=N_("The service, when it is asked"),
    not_shown=N_("Whether a particular person is let in."),
    values=(("open", N_("has room")), ("waiting-list", N_("has a waiting list")), ("full", N_("is full"))),
    data_class=DataClass.D0,
)

ELEMENTS: tuple[Element, ...] = (
    SCREENING_OUTCOME, TOPICS_ASKED, NEED_DOMAIN, SENT_ON, ACCEPTED, OUTCOME_KNOWN, BEGAN_ON, NEED_MET,
    CONSENT, LANGUAGE, LEFT_HOSPITAL, ROOM,
)  # fmt: skip
"""Every version that there ever was, in the order of the page: what is asked, sent, answered, allowed."""


def newest(element_id: str) -> Element | None:
    """The newest version of an element; None for an unknown one."""
    return max((e for e in ELEMENTS if e.id == element_id), key=lambda e: e.version, default=None)


def version(element_id: str, number: int) -> Element | None:
    """One version of an element; None where there is none."""
    return next((e for e in ELEMENTS if e.id == element_id and e.version == number), None)


def element_ids() -> tuple[str, ...]:
    """Each element once, in the order of the list page."""
    return tuple(dict.fromkeys(e.id for e in ELEMENTS))


CAPTURES: dict[str, Capture] = {
    "screening-outcome": Capture(of_occasion=lambda o: True, has_occasion=lambda o: o.complete),
    "topics-asked": Capture(of_occasion=lambda o: True, has_occasion=lambda o: o.all_core),
    "need-domain": Capture(of=lambda r: True, has=lambda r: r.domain.value != "sdoh-category-unspecified"),
    "request-sent-on": Capture(of=lambda r: True, has=lambda r: True),
    "request-accepted": Capture(of=lambda r: True, has=lambda r: r.answered),
    "request-outcome": Capture(of=lambda r: True, has=lambda r: r.known),
    "help-began-on": Capture(of=lambda r: r.accepted, has=lambda r: r.began),
    "need-met": Capture(of=lambda r: r.accepted, has=lambda r: r.told),
}
"""How well the elements are captured that the platform itself counts; of others it says nothing."""
