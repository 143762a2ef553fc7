"""Laying down the first bylaws. Every later version comes by an amendment under the bylaws themselves."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance import access
from commonweal.governance.models import Bylaws
from commonweal.governance.queries import bylaws as queries
from commonweal.governance.rules import bylaws_file
from commonweal.governance.rules.toml_reading import Fault, FileFaults
from commonweal.governance.shapes_bylaws import BylawsText
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Conflict, Refused
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def check_text(text: str, file: str = bylaws_file.FILE) -> BylawsText:
    """The bylaws in a text, whose bodies all exist. Raises FileFaults with every fault and its cure."""
    said = bylaws_file.read(text, file)
    standing = {body.slug for body in partners.bodies()}
    missing = sorted(said.named_bodies - standing)
    if missing:
        raise FileFaults(file, [_no_body(text, slug, standing) for slug in missing])
    return said


def _no_body(text: str, slug: str, standing: set[str]) -> Fault:
    line = next((n for n, said in enumerate(text.splitlines(), 1) if slug in said), 0)
    return Fault(
        slug,
        line,
        N_("There is no body called %(slug)s."),
        N_("Found it first, or name one of: %(known)s."),
        {"slug": slug, "known": ", ".join(sorted(standing)) or "–"},
    )


@transaction.atomic
def lay_down(text: str, *, by: Actor, starts_at: datetime | None = None, words: str = "") -> UUID:
    """Lay down version 1. From its start the table is bound, and only an amendment changes it.

    Raises Refused; Conflict where bylaws were laid down before; FileFaults (a BadInput) for what is wrong in
    the text, bodies that do not exist included.
    """
    because = access.may_lay_down(by)
    if not because:
        raise Refused(because)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.bylaws'))")
    if queries.next_version() != 1:
        raise Conflict("Bylaws were laid down before. They change by an amendment.")
    check_text(text)
    row = Bylaws.objects.create(
        version=1,
        starts_at=starts_at or now(),
        text=text,
        digest=bylaws_file.digest_of(text),
        words=words.strip()[:300],
        recorded_by_id=by.account_id,
    )
    audit.record(
        "bylaws.laid-down",
        by=by,
        subject=("bylaws", row.id),
        words=N_("Laid down the first bylaws."),
        details={"digest": row.digest},
        because=because.rule,
    )
    return row.id
