"""Amending the bylaws: a new version from its day on, or a trial after which the earlier one holds again.

A vote that is open goes on under the version that it froze; nothing that was decided changes.
"""

from datetime import UTC, date, datetime, time

from django.db import connection
from django.urls import reverse
from django.utils.timezone import localtime, make_aware

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance.actions.bylaws import check_text
from commonweal.governance.models import Bylaws
from commonweal.governance.queries import bylaws as queries
from commonweal.governance.queries import bylaws_said
from commonweal.governance.rules import bylaws_comparing, bylaws_file, bylaws_writing
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

SCOPE = "bylaws"

ASKS = (
    Asked("text", N_("The bylaws as they would be"), "long"),
    Asked(
        "trial_ends_on",
        N_("Only a trial, up to this day"),
        "date",
        N_("After it the bylaws of before hold again, unless the table decides to keep these."),
        is_required=False,
    ),
    Asked("words", N_("What changes, in a few words"), is_required=False),
)


def _read(said: Params) -> Params:
    """The new text, checked whole, and the version from which it was written."""
    text = str(said.get("text") or "").replace("\r\n", "\n")
    if not text.strip():
        raise BadInput("text", N_("Write the bylaws as they would be."))
    read = check_text(text)
    held = queries.in_force()
    if held is None:
        raise BadInput("text", N_("No bylaws are in force yet, so there is nothing to amend."))
    based_on = int(str(said.get("based_on") or held.version))
    base = queries.version_numbered(based_on)
    if base is None or read == bylaws_comparing.plain(base):
        raise BadInput("text", N_("Nothing would change."))
    clean: dict[str, object] = {
        "text": text,
        "based_on": based_on,
        "words": str(said.get("words") or "").strip()[:300],
    }
    if said.get("trial_ends_on"):
        clean["trial_ends_on"] = _day(said["trial_ends_on"]).isoformat()
    return clean


def _day(said: object) -> date:
    try:
        found = said if isinstance(said, date) else date.fromisoformat(str(said))
    except ValueError as fault:
        raise BadInput("trial_ends_on", N_("Name a day.")) from fault
    if found <= localtime(now()).date():
        raise BadInput("trial_ends_on", N_("A trial ends on a day to come."))
    return found


def text_of(params: Params) -> str:
    """The bylaws as they would stand now: rules that the amendment does not touch stay as they are today."""
    text = str(params["text"])
    held, base = queries.in_force(), queries.version_numbered(int(str(params.get("based_on") or 0)))
    if held is None or base is None or held.version == base.version:
        return text
    merged = bylaws_comparing.rebased(
        bylaws_comparing.plain(base), bylaws_file.read(text), bylaws_comparing.plain(held)
    )
    return bylaws_writing.write(merged)


def _preview(params: Params, at: datetime) -> Preview:
    held = queries.in_force(at)
    if held is None:
        return Preview(N_("No bylaws are in force yet, so there is nothing to amend."))
    found = bylaws_comparing.changes(bylaws_comparing.plain(held), bylaws_file.read(text_of(params)))
    rows = tuple(
        PreviewRow(change.name, turned.before, turned.after)
        for change in bylaws_said.changes_said(found)
        for turned in change.turned
    )
    return Preview(
        says=N_(
            "The bylaws change from the day on which this takes effect. Votes that are open go on as begun."
        ),
        rows=rows,
        if_undone=N_("The bylaws of before hold again."),
    )


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    """Write the next version. It holds while its mandate does, and a trial only until its day."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.bylaws'))")
    text = text_of(params)
    row = Bylaws.objects.create(
        version=queries.next_version(),
        starts_at=max(mandate.starts_at, now()),
        trial_ends_at=_trial_end(mandate, params),
        text=text,
        digest=bylaws_file.digest_of(text),
        words=str(params.get("words") or ""),
        mandate_id=mandate.id,
        recorded_by_id=by.account_id,
    )
    audit.record(
        "bylaws.amended",
        by=by,
        subject=("bylaws", row.id),
        words=N_("Amended the bylaws."),
        details={"version": row.version, "digest": row.digest, "decision": mandate.decision_number},
        because="governance.bylaws.mandate",
    )


def _trial_end(mandate: MandateShape, params: Params) -> datetime | None:
    """The end of the trial: the day that was said, or the mandate's own end, whichever comes first."""
    said = params.get("trial_ends_on")
    day = (
        make_aware(datetime.combine(date.fromisoformat(str(said)), time.min)) if said else None
    )  # aware at once
    ends = [moment.astimezone(UTC) for moment in (day, mandate.ends_at) if moment]
    return min(ends) if ends else None


def _end(mandate: MandateShape, params: Params, by: Actor) -> None:
    """Nothing is left to undo: which version holds is asked of its mandate at every reading."""


def _words(params: Params) -> str:
    return str(params.get("words") or "")


AMENDING = Effect(
    kind="bylaws.amend",
    matter=Matter.BYLAWS,
    name=N_("Amend the bylaws"),
    asks=ASKS,
    read=_read,
    scope_of=lambda params: SCOPE,
    preview=_preview,
    take=_take,
    end=_end,
    governs=("governance_bylaws", "governance_bylaws.text", "governance_bylaws.starts_at"),
    in_words=_words,
    screen=lambda m: reverse("governance:bylaws"),
)
