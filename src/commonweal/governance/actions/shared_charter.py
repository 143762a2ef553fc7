"""Acts on the shared charter: write a part, speak about it, ask for signatures, sign, take it back."""

from uuid import UUID

from django.db import IntegrityError, connection, transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance import access_shared_charter as access
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import CharterRemark, CharterWord, CharterWriting
from commonweal.governance.queries import shared_charter as reading
from commonweal.governance.rules.shared_charter import may_follow, stands
from commonweal.governance.shapes_shared_charter import CharterShape
from commonweal.governance.vocabulary_shared_charter import Part, Word
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

LONGEST = 4000

_DONE = {
    Word.ASKED: N_("Asked a partner to sign the shared charter."),
    Word.SIGNED: N_("Signed the shared charter."),
    Word.DECLINED: N_("Declined to sign the shared charter."),
    Word.TAKEN_BACK: N_("Took a signature of the shared charter back."),
}


@transaction.atomic
def write(part: Part, words: str, *, by: Actor, after: UUID | None) -> UUID:
    """Write a part anew. ``after``: the wording that the author had read; None: there was none.

    Raises Refused, BadInput, and Conflict where somebody else wrote since, so that nobody's words go unread.
    """
    because = check(access.may_write(by))
    text = words.replace("\r\n", "\n").strip()
    if not text:
        raise BadInput("words", N_("Write a few words."))
    if len(text) > LONGEST:
        raise BadInput("words", N_("Say it shorter."))
    last = CharterWriting.objects.filter(part=part.value).order_by("recorded_at", "id").last()
    if (last.pk if last else None) != after:
        raise Conflict("Somebody else wrote here since.")
    if last is not None and last.words == text:
        raise BadInput("words", N_("Nothing would change."))
    try:
        with transaction.atomic():
            row = CharterWriting.objects.create(
                part=part.value,
                words=text,
                after=last,
                author_id=by.account_id,
                author_name=partners.known_as(by),
                recorded_at=now(),
            )
    except IntegrityError as twice:
        raise Conflict("Somebody else wrote here since.") from twice
    audit.record(
        "charter.written",
        by=by,
        subject=("charter-writing", row.pk),
        words=N_("Wrote on the draft of the shared charter."),
        details={"part": part.value},
        because=because.rule,
    )
    return row.pk


@transaction.atomic
def remark(writing_id: UUID, words: str, *, by: Actor) -> UUID:
    """Say something about a wording. Raises Refused, BadInput, NotFound."""
    because = check(access.may_write(by))
    writing = CharterWriting.objects.filter(pk=writing_id).first()
    if writing is None:
        raise NotFound("writing")
    text = words.strip()[:1000]
    if not text:
        raise BadInput("words", N_("Write a few words."))
    row = CharterRemark.objects.create(
        writing=writing,
        words=text,
        author_id=by.account_id,
        author_name=partners.known_as(by),
        recorded_at=now(),
    )
    audit.record(
        "charter.remarked", by=by, subject=("charter-writing", writing.pk),
        words=N_("Said something about the draft of the shared charter."), because=because.rule,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def ask(partner_id: UUID, *, by: Actor) -> None:
    """Ask a partner to sign the version in force. Raises Refused, NotFound, Conflict."""
    because = check(access.may_ask(by))
    partner = partners.partner(partner_id)
    if partner is None or not partner.is_here:
        raise NotFound("partner")
    _say(_standing(), partner_id, Word.ASKED, by, because.rule)


@transaction.atomic
def sign(partner_id: UUID, *, by: Actor) -> None:
    """Sign the version in force for the own partner. Raises Refused, NotFound, Conflict."""
    because = check(access.may_sign(by, partner_id))
    _say(_standing(), partner_id, Word.SIGNED, by, because.rule)


@transaction.atomic
def decline(partner_id: UUID, *, by: Actor, why: str) -> None:
    """Say that the own partner does not sign, and why. Raises Refused, BadInput, NotFound, Conflict."""
    because = check(access.may_sign(by, partner_id))
    _say(_standing(), partner_id, Word.DECLINED, by, because.rule, _why(why))


@transaction.atomic
def take_back(partner_id: UUID, *, by: Actor, why: str) -> None:
    """Take the own partner's signature back, and why. Raises Refused, BadInput, NotFound, Conflict."""
    because = check(access.may_sign(by, partner_id))
    _say(_standing(), partner_id, Word.TAKEN_BACK, by, because.rule, _why(why))


def _why(why: str) -> str:
    words = why.strip()[:500]
    if not words:
        raise BadInput("why", N_("Say why, for the record."))
    return words


def _standing() -> CharterShape:
    """The version in force, with all words about it in one line from here on."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.charter'))")
    found = reading.in_force()
    if found is None:
        raise NotFound("charter")
    return found


def _say(charter: CharterShape, partner_id: UUID, word: Word, by: Actor, rule: str, why: str = "") -> None:
    said = reading.words_about(charter.id, [partner_id])[partner_id]
    if not may_follow(word, stands([one.word for one in said])):
        raise Conflict("That was said already.")
    row = CharterWord.objects.create(
        charter_id=charter.id,
        partner_id=partner_id,
        word=word.value,
        why=why,
        said_on=today(),
        author_id=by.account_id,
        author_name=partners.known_as(by),
        recorded_at=now(),
    )
    audit.record(
        f"charter.{word.value}", by=by, subject=("charter-word", row.pk), words=_DONE[word],
        details={"version": charter.version}, because=rule,
    )  # fmt: skip
