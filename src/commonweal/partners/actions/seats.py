"""Acts on who sits where: leave a seat, say what a delegate decides, give a seat away, leave a note."""

from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import access, access_seats, queries
from commonweal.partners.events import SeatVacated
from commonweal.partners.models import AuthorityWord, BodyWord, Holding, Partner, Seat, SeatNote
from commonweal.partners.vocabulary import Authority
from commonweal.partners.vocabulary_seats import AUTHORITY_OF, LATITUDE_OF, Latitude

LENGTH = 4000
"""Of a note or a word, in characters."""


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


def _held(holding_id: UUID) -> Holding:
    row = (
        Holding.objects.select_for_update(of=("self",))
        .select_related("seat", "member")
        .filter(pk=holding_id)
        .first()
    )
    if row is None:
        raise NotFound("holding")
    return row


@transaction.atomic
def leave_seat(
    holding_id: UUID, *, by: Actor, why: str = "", ended_on: date | None = None, at_word_of: str = ""
) -> None:
    """Leave a seat, as its holder or an alternate. Always possible, without a mandate and without a reason.

    The backbone writes it down ``at_word_of`` someone: it empties no seat of its own will. Leaving twice
    changes nothing. Raises Refused, NotFound.
    """
    row = _held(holding_id)
    because = _check(access_seats.may_leave(by, row, at_word_of))
    day = max(ended_on or today(), row.starts_on)
    if row.ended_on is not None and row.ended_on <= day:
        return
    row.ended_on, row.ended_why = day, why.strip()[:300]
    row.save(update_fields=["ended_on", "ended_why"])
    AuthorityWord.objects.filter(holding=row, ended_on=None, starts_on__lte=day).update(ended_on=day)
    audit.record(
        "seat.left",
        by=by,
        subject=("seat", row.seat_id),
        words=N_("Someone left a seat."),
        details={"alternate": row.is_alternate, "at-word-of": bool(at_word_of.strip())},
        because=because.rule,
    )
    if not row.is_alternate:
        publish(SeatVacated(row.seat_id))


@transaction.atomic
def set_authority(
    holding_id: UUID,
    *,
    by: Actor,
    latitude: Latitude,
    matter: str = "",
    bounds: str = "",
    limit_cents: int | None = None,
    said_by: str = "",
    starts_on: date | None = None,
) -> None:
    """Say what a delegate may decide, in one matter or (``""``) in all that nothing else is said about.

    The word before it ends and stays written. Raises Refused, NotFound, and BadInput for bounds left open or
    for a delegate who has left.
    """
    row = _held(holding_id)
    because = _check(access_seats.may_authorize(by, row.seat))
    day = starts_on or today()
    if row.ended_on is not None and row.ended_on <= day:
        raise BadInput("latitude", N_("This person has left the seat."))
    if latitude is Latitude.WITHIN and not bounds.strip():
        raise BadInput("bounds", N_("Say where the authority ends."))
    if matter and matter not in dict(queries.matters()):
        raise BadInput("matter", N_("Nothing of this kind is decided here."))
    _remember_first(row)
    word = _say_authority(row, latitude, matter, bounds, limit_cents, said_by, day, by)
    if not matter:
        row.authority, row.bounds, row.limit_cents = (
            AUTHORITY_OF[latitude].value,
            word.bounds,
            word.limit_cents,
        )
        row.save(update_fields=["authority", "bounds", "limit_cents"])
    audit.record(
        "seat.authority-set",
        by=by,
        subject=("seat", row.seat_id),
        words=N_("Said what a delegate may decide."),
        details={"matter": matter, "latitude": latitude.value},
        because=because.rule,
    )


def _remember_first(row: Holding) -> None:
    """What held since they took the seat is the first word of the history."""
    if not AuthorityWord.objects.filter(holding=row, matter="").exists():
        latitude = LATITUDE_OF[Authority(row.authority)]
        AuthorityWord.objects.create(
            holding=row,
            latitude=latitude.value,
            bounds=row.bounds,
            limit_cents=row.limit_cents,
            starts_on=row.starts_on,
            recorded_by_id=row.recorded_by_id,
            recorded_at=row.recorded_at,
        )


def _say_authority(
    row: Holding,
    latitude: Latitude,
    matter: str,
    bounds: str,
    limit_cents: int | None,
    said_by: str,
    day: date,
    by: Actor,
) -> AuthorityWord:
    AuthorityWord.objects.filter(holding=row, matter=matter, ended_on=None).update(ended_on=day)
    return AuthorityWord.objects.create(
        holding=row,
        matter=matter,
        latitude=latitude.value,
        bounds=bounds.strip()[:300] if latitude is Latitude.WITHIN else "",
        limit_cents=limit_cents if latitude is Latitude.WITHIN else None,
        said_by=said_by.strip()[:200],
        starts_on=day,
        recorded_by_id=by.account_id,
    )


@transaction.atomic
def give_seat(seat_id: UUID, partner_id: UUID, *, by: Actor, under: UUID | None = None) -> None:
    """Give a vacant seat to another partner: the seat of one that left, or that has nobody to send.

    Raises Refused; Conflict while someone sits there; NotFound for an unknown seat or a partner that left.
    """
    because = _check(access.may_shape(by, under))
    row = Seat.objects.select_for_update().filter(pk=seat_id, ends_on=None).first()
    if row is None or row.partner_id is None:
        raise NotFound("seat")
    if not Partner.objects.filter(pk=partner_id, left_on=None).exists():
        raise NotFound("partner")
    found = queries.seat(seat_id)
    if found is not None and found.holder is not None:
        raise Conflict("Someone sits there.")
    row.partner_id, row.given_under = partner_id, under or row.given_under
    row.save(update_fields=["partner", "given_under"])
    audit.record(
        "seat.given",
        by=by,
        subject=("seat", row.id),
        words=N_("Gave a seat to another organization."),
        because=because.rule,
    )


@transaction.atomic
def set_control(
    partner_id: UUID, controlled_by: UUID | None, *, by: Actor, under: UUID | None = None
) -> None:
    """Write down that a partner is under the control of another, or of none: they are one voting unit.

    Raises Refused, NotFound, and BadInput for a circle.
    """
    because = _check(access.may_shape(by, under))
    row = Partner.objects.select_for_update().filter(pk=partner_id).first()
    if row is None or (controlled_by and not Partner.objects.filter(pk=controlled_by).exists()):
        raise NotFound("partner")
    if controlled_by and partner_id in _chain(controlled_by):
        raise BadInput("controlled_by", N_("An organization does not control itself."))
    row.controlled_by_id = controlled_by
    row.save(update_fields=["controlled_by"])
    audit.record(
        "partner.control-set",
        by=by,
        subject=("partner", row.id),
        words=N_("Wrote down which organization controls another."),
        because=because.rule,
    )


def _chain(partner_id: UUID) -> set[UUID]:
    above = dict(Partner.objects.values_list("pk", "controlled_by_id"))
    seen: set[UUID] = set()
    here: UUID | None = partner_id
    while here is not None and here not in seen:
        seen.add(here)
        here = above.get(here)
    return seen


@transaction.atomic
def leave_note(seat_id: UUID, *, by: Actor, words: str) -> UUID:
    """Leave a note in a seat, for who sits there next. Raises Refused, BadInput."""
    because = _check(access_seats.may_speak_from(by, seat_id))
    said = _said(words)
    row = SeatNote.objects.create(
        seat_id=seat_id, account_id=by.account_id, author_name=by.name[:200], words=said, written_at=now()
    )
    audit.record(
        "seat.note-left",
        by=by,
        subject=("seat", seat_id),
        words=N_("Left a note for who sits there next."),
        because=because.rule,
    )
    return row.id


@transaction.atomic
def say_in_body(body_id: UUID, *, by: Actor, words: str) -> UUID:
    """Say something to those who sit at a body, and to nobody else. Raises Refused, BadInput."""
    because = _check(access_seats.may_say(by, body_id))
    said = _said(words)
    row = BodyWord.objects.create(
        body_id=body_id, account_id=by.account_id, author_name=by.name[:200], words=said, said_at=now()
    )
    audit.record(
        "body.word-said",
        by=by,
        subject=("body", body_id),
        words=N_("Said something where only those who sit there read it."),
        because=because.rule,
    )
    return row.id


def _said(words: str) -> str:
    said = words.strip()
    if not said:
        raise BadInput("words", N_("Write something."))
    if len(said) > LENGTH:
        raise BadInput("words", N_("Say it shorter, so that a person in a hurry can read it."))
    return said
