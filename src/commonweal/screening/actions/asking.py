"""Asking a person: begin, keep what was said so far, finish; or the person does not want to be asked."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.audit import Entry, record_many
from commonweal.foundation.bus import publish
from commonweal.foundation.links import close_link, issue
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.screening.access import keeping, may_screen
from commonweal.screening.actions.desk import TOPIC, Desk
from commonweal.screening.actions.wishing import keep_wishes
from commonweal.screening.events import ScreeningCompleted
from commonweal.screening.models import Response
from commonweal.screening.queries.instruments import current, instrument
from commonweal.screening.rules.answers import determine, outcome_of, settle, unanswered, wishes
from commonweal.screening.shapes import Given
from commonweal.screening.vocabulary import (
    AGREED_BY_MODE,
    CHECK_IN,
    Mode,
    Outcome,
    ResponseStatus,
)

STARTED = ("screening.started", N_("Questions about needs were begun."))
COMPLETED = ("screening.completed", N_("Questions about needs were answered."))
DECLINED = ("screening.declined", N_("The person was not asked about needs."))

LINK = "screening.answer"
LINK_LIVES = timedelta(days=7)


def start(
    person_id: UUID,
    *,
    by: Actor,
    instrument_key: str = CHECK_IN,
    mode: Mode = Mode.ALOUD,
    language: str = "en",
    interpreter: bool = False,
    asked_on: date | None = None,
) -> UUID:
    """Begin to ask a person; returns the screening's id. Nothing is asked yet.

    ``asked_on`` is the date on the paper, where it comes from paper; it cannot lie in the future.
    Raises Refused, NotFound (unknown or hidden person or instrument), BadInput.
    """
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    assert by.partner_id is not None
    form = current(instrument_key)
    assert form.id is not None
    today = timezone.localdate(now())
    day = asked_on or today
    if day > today:
        raise BadInput("asked_on", N_("This date has not come yet."))
    with transaction.atomic():
        if people.person(person_id) is None:
            raise NotFound(str(person_id))
        row = Response.objects.create(
            person_id=person_id,
            holder_id=by.partner_id,
            topic=TOPIC,
            instrument_id=form.id,
            mode=mode.value,
            language=language if language in form.languages else form.languages[0],
            interpreter=interpreter,
            asked_on=day,
            asked_by=by.account_id,
            asked_by_name=by.name,
            recorded_at=now(),
            changed_at=now(),
        )
        _record(*STARTED, row, by, because=verdict.rule)
    return row.id


def invite(screening_id: UUID, *, by: Actor) -> str:
    """A link with which the person answers alone; earlier links to it are closed. Returns the token."""
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    with transaction.atomic():
        row = _open(screening_id)
        if row.mode != Mode.SELF.value:
            raise Conflict(N_("These questions are asked by a worker."))
        close_link(kind=LINK, subject=row.id, why="a new link was made")
        token = issue(kind=LINK, subject=row.id, partner_id=row.holder_id, valid_for=LINK_LIVES)
        _record("screening.invited", N_("A link to answer alone was made."), row, by, because=verdict.rule)
    return token


def save(screening_id: UUID, givens: Iterable[Given], *, by: Actor) -> None:
    """Keep what was said so far. Half answers are welcome; answers that cannot be taken are refused whole.

    Only answers in ``givens`` are touched, so that one who does not see the answers about safety
    does not wipe them out. Raises Refused, NotFound, Conflict (finished already), BadInput.
    """
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    with transaction.atomic():
        row = _open(screening_id)
        Desk(row, instrument(row.instrument_id), by).keep(list(givens))
        row.changed_at = now()
        row.save(update_fields=["changed_at"])
        _record("screening.saved", N_("Answers were kept."), row, by, because=verdict.rule)


def ask_aloud(screening_id: UUID, *, by: Actor) -> None:
    """The person would rather be asked than answer alone: links to the form are shut."""
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    with transaction.atomic():
        row = _open(screening_id)
        row.mode, row.asked_by, row.asked_by_name = Mode.ALOUD.value, by.account_id, by.name
        row.save(update_fields=["mode", "asked_by", "asked_by_name"])
        close_link(kind=LINK, subject=row.id, why="asked aloud instead")
        _record(
            "screening.aloud", N_("The questions are asked aloud instead."), row, by, because=verdict.rule
        )


def switch_language(screening_id: UUID, language: str, *, by: Actor) -> None:
    """Ask on in another language of the form."""
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    with transaction.atomic():
        row = _open(screening_id)
        if language in instrument(row.instrument_id).languages:
            row.language = language
            row.save(update_fields=["language"])
            words = N_("The language of the questions was changed.")
            _record("screening.language", words, row, by, because=verdict.rule)


def finish(screening_id: UUID, givens: Iterable[Given] = (), *, by: Actor) -> None:
    """Keep the last answers, find what they show, and close the form.

    What the person said to *do you want help with this?* in the form itself is recorded as their
    word, and raises the need; every other risk stays a risk until somebody asks (DOMAIN 1-T9).
    """
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    with transaction.atomic(), keeping(by, Segment.DOMESTIC_VIOLENCE) as keeper:
        row = _open(screening_id)
        form = instrument(row.instrument_id)
        desk = Desk(row, form, keeper)
        said = settle(form, desk.with_stored(givens))
        desk.keep_last(said)
        found = desk.keep_findings(determine(form, said))
        _close(row, outcome_of(found.values()))
        _record(*COMPLETED, row, by, because=verdict.rule)
        agreed = AGREED_BY_MODE[Mode(row.mode)]
        keep_wishes(row, found, wishes(form, said, found.values()), agreed=agreed, by=keeper)
        publish(ScreeningCompleted(row.id, row.person_id, row.holder_id, now()))


def decline(person_id: UUID, *, by: Actor, unable: bool = False, instrument_key: str = CHECK_IN) -> UUID:
    """Record that the person did not want to be asked, or could not answer and nobody could for them.

    Nothing is held against them; it keeps them from being asked again and again, and out of the
    denominator where a measure says so (DOMAIN §6.3).
    """
    screening_id = start(person_id, by=by, instrument_key=instrument_key)
    with transaction.atomic():
        row = _open(screening_id)
        absent = Answered.UNABLE if unable else Answered.DECLINED
        form = instrument(row.instrument_id)
        Desk(row, form, by).keep(unanswered(form, absent))
        _close(row, Outcome.UNABLE if unable else Outcome.DECLINED)
        _record(*DECLINED, row, by)
        publish(ScreeningCompleted(row.id, row.person_id, row.holder_id, now()))
    return screening_id


def look_at(screening_id: UUID, *, by: Actor) -> None:
    """Somebody of the partner has read what the person answered alone."""
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    with transaction.atomic():
        row = _locked(screening_id)
        if row.looked_at is None and row.status == ResponseStatus.COMPLETED.value:
            row.looked_at = now()
            row.save(update_fields=["looked_at"])
            _record("screening.looked-at", N_("Somebody read the answers."), row, by, because=verdict.rule)


def mark_in_error(screening_id: UUID, reason: str, *, by: Actor) -> None:
    """The screening is wrong as a whole (another person's, asked twice): kept, and counted no more.

    Needs that it raised stay until they are withdrawn; a person's wish is not undone by our mistake.
    """
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    if not reason.strip():
        raise BadInput("reason", N_("Say what is wrong."))
    with transaction.atomic():
        row = _locked(screening_id)
        row.status, row.error_reason = ResponseStatus.IN_ERROR.value, reason.strip()[:500]
        row.changed_at = now()
        row.save(update_fields=["status", "error_reason", "changed_at"])
        close_link(kind=LINK, subject=row.id, why="entered in error")
        _record(
            "screening.in-error", N_("A screening was marked as a mistake."), row, by, because=verdict.rule
        )


def _locked(screening_id: UUID) -> Response:
    row = Response.objects.select_for_update().filter(id=screening_id).first()
    if row is None:
        raise NotFound(str(screening_id))
    return row


def _open(screening_id: UUID) -> Response:
    row = _locked(screening_id)
    if row.status != ResponseStatus.IN_PROGRESS.value:
        raise Conflict(N_("These questions were answered already."))
    return row


def _close(row: Response, outcome: Outcome) -> None:
    row.status, row.outcome = ResponseStatus.COMPLETED.value, outcome.value
    row.completed_at = row.changed_at = now()
    if row.mode != Mode.SELF.value:
        row.looked_at = now()  # whoever asked has heard the answers
    row.save(update_fields=["status", "outcome", "completed_at", "changed_at", "looked_at"])
    if row.mode == Mode.SELF.value:
        close_link(kind=LINK, subject=row.id, why="answered")


def screening_entry(what: tuple[str, str], row: Response, because: str = "") -> Entry:
    """What the audit keeps of one act on a screening. For acts."""
    verb, words = what
    return Entry(verb, ("screening", row.id), words, row.person_id, {"mode": row.mode}, because)


def _record(verb: str, words: str, row: Response, by: Actor, because: str = "") -> None:
    record_many([screening_entry((verb, words), row, because)], by=by)
