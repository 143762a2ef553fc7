"""The words of a referral's life. Codes are those of FHIR R4 Task where FHIR has one (DOMAIN §1.9)."""

from enum import StrEnum

from commonweal.kernel.words import N_


class Status(StrEnum):
    """FHIR R4 TaskStatus without ``ready`` and ``received``, which a referral Task may not have."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    FAILED = "failed"
    ENTERED_IN_ERROR = "entered-in-error"


ENDED = frozenset(
    {Status.REJECTED, Status.CANCELLED, Status.COMPLETED, Status.FAILED, Status.ENTERED_IN_ERROR}
)
OPEN = frozenset({Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD})
WORKING = frozenset({Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD})

STATUS_WORDS: dict[Status, str] = {
    Status.DRAFT: N_("Not sent yet"),
    Status.REQUESTED: N_("Waits for an answer"),
    Status.ACCEPTED: N_("Said yes"),
    Status.REJECTED: N_("Can’t help"),
    Status.CANCELLED: N_("Taken back"),
    Status.IN_PROGRESS: N_("Under way"),
    Status.ON_HOLD: N_("On hold"),
    Status.COMPLETED: N_("Finished"),
    Status.FAILED: N_("Could not help"),
    Status.ENTERED_IN_ERROR: N_("Entered by mistake"),
}
STATUS_LOOK: dict[Status, str] = {
    Status.DRAFT: "is-off",
    Status.REQUESTED: "is-wait",
    Status.ACCEPTED: "is-done",
    Status.REJECTED: "is-no",
    Status.CANCELLED: "is-off",
    Status.IN_PROGRESS: "is-moving",
    Status.ON_HOLD: "is-wait",
    Status.COMPLETED: "is-done",
    Status.FAILED: "is-no",
    Status.ENTERED_IN_ERROR: "is-off",
}


class Party(StrEnum):
    """Who makes a move: the side that asks, or the side that is asked."""

    REQUESTER = "requester"
    TARGET = "target"


class Via(StrEnum):
    """How a fact reached us."""

    ACCOUNT = "account"
    LINK = "link"
    PHONE = "phone"
    PAPER = "paper"
    SMS = "sms"
    SYSTEM = "system"


VIA_WORDS: dict[Via, str] = {
    Via.ACCOUNT: N_("signed in"),
    Via.LINK: N_("by the link in the e-mail"),
    Via.PHONE: N_("by phone, written down by a worker"),
    Via.PAPER: N_("on paper, written down by a worker"),
    Via.SMS: N_("by text message"),
    Via.SYSTEM: N_("automatically"),
}


class Event(StrEnum):
    """What can happen to a sending. Each is one line in its thread, never changed afterwards."""

    DRAFTED = "drafted"
    SENT = "sent"
    CLAIMED = "claimed"
    SEEN = "seen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HELD = "held"
    STARTED = "started"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    VOIDED = "voided"
    ASKED = "asked"
    REPLIED = "replied"
    SUGGESTED = "suggested"
    FULL = "full"
    REMINDED = "reminded"
    LATE = "late"
    ESCALATED = "escalated"
    EXPIRED = "expired"
    MET_TOGETHER = "met-together"
    PERSON_CONFIRMED = "person-confirmed"
    CONSENT_ENDED = "consent-ended"
    PERSON_ASKED = "person-asked"
    GIVEN_UP = "given-up"
    GOES_ON = "goes-on"
    NOT_THEM = "not-them"
    NOT_DELIVERED = "not-delivered"
    TEXT_LOST = "text-lost"


EVENT_WORDS: dict[Event, str] = {
    Event.DRAFTED: N_("Written, not sent"),
    Event.SENT: N_("Sent"),
    Event.CLAIMED: N_("Taken on; no longer open to others"),
    Event.SEEN: N_("Opened"),
    Event.ACCEPTED: N_("Said yes"),
    Event.DECLINED: N_("Can’t help"),
    Event.HELD: N_("Put on hold"),
    Event.STARTED: N_("Service began"),
    Event.COMPLETED: N_("Finished"),
    Event.FAILED: N_("Could not help after all"),
    Event.CANCELLED: N_("Taken back"),
    Event.VOIDED: N_("Entered by mistake"),
    Event.ASKED: N_("Asked a question"),
    Event.REPLIED: N_("Answered the question"),
    Event.SUGGESTED: N_("Named who might help instead"),
    Event.FULL: N_("Said that they are full"),
    Event.REMINDED: N_("Reminder sent"),
    Event.LATE: N_("Waited longer than the Table promised"),
    Event.ESCALATED: N_("Waited far too long"),
    Event.EXPIRED: N_("No answer came; the request has ended"),
    Event.MET_TOGETHER: N_("Spoke together, all three"),
    Event.PERSON_CONFIRMED: N_("The person says that the handoff happened"),
    Event.CONSENT_ENDED: N_("The person stopped sharing"),
    Event.PERSON_ASKED: N_("Asked the person whether it helped"),
    Event.GIVEN_UP: N_("Nobody is left to ask"),
    Event.GOES_ON: N_("Said that it goes on"),
    Event.NOT_THEM: N_("The link reached the wrong reader and was closed"),
    Event.NOT_DELIVERED: N_("The letter to them did not arrive: call them"),
    Event.TEXT_LOST: N_("The text message to the person did not arrive: call them"),
}


class Whom(StrEnum):
    """Who was told that nobody answers: the first of these that could be. Kept as the event's reason."""

    LEAD = "told-lead"
    SUPERVISOR = "told-supervisor"
    COORDINATOR = "told-coordinator"
    ADMINISTRATOR = "told-administrator"
    BACKBONE = "told-backbone"
    NOBODY = "told-nobody"


TOLD_WORDS: dict[Whom, str] = {
    Whom.LEAD: N_("Waited far too long; told the one who leads for the person, at %(partner)s"),
    Whom.SUPERVISOR: N_("Waited far too long; told who supervises at %(partner)s"),
    Whom.COORDINATOR: N_("Waited far too long; told who coordinates at %(partner)s"),
    Whom.ADMINISTRATOR: N_("Waited far too long; told the administrator of %(partner)s"),
    Whom.BACKBONE: N_("Waited far too long; told %(partner)s, without saying who it is about"),
    Whom.NOBODY: N_("Waited far too long; there was nobody to tell"),
}


class OutcomeCode(StrEnum):
    """What came of it, kept apart from the status: *completed* only says that the target finished (§1.9)."""

    RECEIVED_FULL = "service-received-full"
    RECEIVED_PARTIAL = "service-received-partial"
    ENROLLED = "enrolled"
    WAITLISTED = "waitlisted"
    INELIGIBLE = "ineligible"
    NO_CAPACITY = "no-capacity"
    UNABLE_TO_CONTACT = "unable-to-contact"
    CLIENT_DECLINED = "client-declined"
    ALREADY_SERVED = "already-served"
    MOVED_OR_DIED = "moved/died"
    OTHER = "other"


SERVED = frozenset({OutcomeCode.RECEIVED_FULL, OutcomeCode.RECEIVED_PARTIAL, OutcomeCode.ENROLLED})
OUTCOME_WORDS: dict[OutcomeCode, str] = {
    OutcomeCode.RECEIVED_FULL: N_("They got all of the help"),
    OutcomeCode.RECEIVED_PARTIAL: N_("They got part of the help"),
    OutcomeCode.ENROLLED: N_("They are enrolled"),
    OutcomeCode.WAITLISTED: N_("They are on a waiting list"),
    OutcomeCode.INELIGIBLE: N_("Rules did not allow it"),
    OutcomeCode.NO_CAPACITY: N_("No room, money or supplies"),
    OutcomeCode.UNABLE_TO_CONTACT: N_("Could not reach the person"),
    OutcomeCode.CLIENT_DECLINED: N_("The person no longer wanted it"),
    OutcomeCode.ALREADY_SERVED: N_("The person already had this help"),
    OutcomeCode.MOVED_OR_DIED: N_("The person moved away or died"),
    OutcomeCode.OTHER: N_("Something else"),
}
#: What a service may choose when it reports the end of its work.
COMPLETION_OUTCOMES = (
    OutcomeCode.RECEIVED_FULL,
    OutcomeCode.RECEIVED_PARTIAL,
    OutcomeCode.ENROLLED,
    OutcomeCode.WAITLISTED,
    OutcomeCode.ALREADY_SERVED,
    OutcomeCode.CLIENT_DECLINED,
    OutcomeCode.OTHER,
)


class Helped(StrEnum):
    """The person's own answer to *did it help?* ``LATER`` is not an answer yet."""

    YES = "yes"
    SOME = "some"
    NO = "no"
    LATER = "later"


HELPED_WORDS: dict[Helped, str] = {
    Helped.YES: N_("Yes, it helps"),
    Helped.SOME: N_("Some"),
    Helped.NO: N_("No"),
    Helped.LATER: N_("Ask me later"),
}
HELPED_LOOK: dict[Helped, str] = {
    Helped.YES: "is-met",
    Helped.SOME: "is-met",
    Helped.NO: "is-no",
    Helped.LATER: "is-wait",
}
HELPED_SAID: dict[Helped, str] = {
    Helped.YES: N_("Need met"),
    Helped.SOME: N_("Met in part"),
    Helped.NO: N_("Not met"),
    Helped.LATER: N_("Asked to be asked later"),
}


class Provenance(StrEnum):
    """How the person's answer reached us."""

    SELF = "self"
    SMS = "sms"
    LETTER = "letter"
    PHONE = "phone"
    IN_PERSON = "in-person"


PROVENANCE_WORDS: dict[Provenance, str] = {
    Provenance.SELF: N_("said on their own page"),
    Provenance.SMS: N_("said by text message"),
    Provenance.LETTER: N_("said in a letter"),
    Provenance.PHONE: N_("said by phone, written down by a worker"),
    Provenance.IN_PERSON: N_("said in person, written down by a worker"),
}


class Tier(StrEnum):
    """How far a loop got (§1.11). A figure always names its tier."""

    SENT = "sent"
    ACKNOWLEDGED = "L1-acknowledged"
    DISPOSITION_KNOWN = "L2-disposition-known"
    SERVICE_RECEIVED = "L3-service-received"
    NEED_MET = "L4-need-met"


class Follow(StrEnum):
    """What follows from a reason."""

    CAPACITY = "capacity-update"
    DIRECTORY = "directory-correction"
    GAP = "gap"
    ELSEWHERE = "retry-elsewhere"


class GapState(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"


class Element(StrEnum):
    """A piece of information about the person or the ask."""

    NEED = "need"
    ASK_WORDS = "ask-words"
    AREA = "area"
    LANGUAGE = "language"
    HOUSEHOLD_SIZE = "household-size"
    GETTING_AROUND = "getting-around"
    REQUESTED_BY = "requested-by"
    SINCE = "since"
    FIRST_NAME = "first-name"
    PHONE = "phone"
    BEST_TIME = "best-time"
    # Never part of a referral; named here so that a test can say so.
    LAST_NAME = "last-name"
    BIRTH_DATE = "birth-date"
    ADDRESS = "address"
    SAFETY_ANSWERS = "safety-answers"
    OTHER_DOMAINS = "other-domains"
    DIAGNOSIS = "diagnosis"


GETTING_AROUND: dict[str, str] = {
    "no-car": N_("No car"),
    "has-car": N_("Has a car"),
    "bus": N_("By bus"),
    "wheelchair": N_("With a wheelchair or walker"),
    "home": N_("Can’t leave home"),
}


class BurdenAct(StrEnum):
    """Work that we ask of the service that is asked."""

    READ = "read"
    ANSWER = "answer"
    REFUSE = "refuse"
    QUESTION = "question"
    START = "start"
    HOLD = "hold"
    GO_ON = "go-on"
    FINISH = "finish"
    REPORT_FULL = "report-full"
    HAND_ON = "hand-on"
    HANDOFF = "handoff"


BURDEN_WORDS: dict[BurdenAct, str] = {
    BurdenAct.READ: N_("Reading requests"),
    BurdenAct.ANSWER: N_("Saying yes"),
    BurdenAct.REFUSE: N_("Saying no, with the reason"),
    BurdenAct.QUESTION: N_("Asking questions"),
    BurdenAct.START: N_("Telling that service began"),
    BurdenAct.HOLD: N_("Putting on hold"),
    BurdenAct.GO_ON: N_("Telling that it goes on"),
    BurdenAct.FINISH: N_("Telling how it ended"),
    BurdenAct.REPORT_FULL: N_("Telling that there is no room"),
    BurdenAct.HAND_ON: N_("Naming someone else"),
    BurdenAct.HANDOFF: N_("Speaking together with the person"),
}
