"""What ``commonweal import hsds`` and ``commonweal quarantine`` call."""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from commonweal.exchange.hsds import delivery as deliveries
from commonweal.exchange.hsds.delivery import Delivery
from commonweal.exchange.hsds.importing import KIND, Importing
from commonweal.exchange.hsds.replaying import replay_rows
from commonweal.exchange.hsds.twins import mistaken
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.intake import actions, queries
from commonweal.foundation.intake.progress import Line, Progress
from commonweal.foundation.intake.queries import Waiting
from commonweal.foundation.intake.report import Report
from commonweal.kernel.errors import BadInput

_READER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")


def run(
    paths: Sequence[Path],
    *,
    by: Actor,
    dry_run: bool = False,
    source: str | None = None,
    progress: Progress | None = None,
    complete: bool | None = None,
) -> Report:
    """Bring HSDS in from files and folders; several folders are deliveries in the order given.

    ``source`` names who delivers (default: after the folder). ``complete=False``: a part, so nothing is
    marked as no longer delivered. Raises BadInput where nothing can be used; then nothing was changed.
    """
    began = time.monotonic()
    found = deliveries.find([Path(path) for path in paths], _source_name(source))
    shown = progress or Line()
    report = Report(KIND)
    report.dry_run = dry_run
    prints = [delivery.fingerprint() for delivery in found]
    for place, (delivery, fingerprint) in enumerate(zip(found, prints, strict=True)):
        if source is None:
            _refuse_mistaken(delivery)
        later = [f for d, f in zip(found[place:], prints[place:], strict=True) if d.source == delivery.source]
        one = Importing(delivery, by, dry_run, complete, shown, fingerprint)
        report.join(_as_before(delivery, fingerprint, later[1:]) or one.run())
    if len(found) == 1:
        report = report.parts[0]
    else:
        report.source = ", ".join(dict.fromkeys(part.source for part in report.parts))
    report.seconds = time.monotonic() - began
    if isinstance(shown, Line):
        shown.end()
    return report


def _as_before(delivery: Delivery, fingerprint: str, later: list[str]) -> Report | None:
    """The report on a delivery of a sequence that was brought in before, up to a later one of the same
    command: to repeat it would turn its source back in time, so it is left as it is."""
    with acting(_READER):
        last = queries.last_done(KIND, delivery.source) if later else None
        passed = last is not None and last.fingerprint in later
        before = queries.done_before(KIND, delivery.source, fingerprint) if passed else None
    if before is None:
        return None
    report = Report(KIND, delivery.source, delivery.name, delivery.format)
    for record_type, numbers in before.report.get("by_type", {}).items():
        counts = report.of(record_type)
        counts.read, counts.repeated, counts.blank = (numbers[n] for n in ("read", "repeated", "blank"))
        counts.unchanged = numbers["created"] + numbers["updated"] + numbers["unchanged"]
    report.warn(
        f"{delivery.name} was brought in on {before.started_at:%Y-%m-%d}, and a newer delivery since: "
        "it was left as it is."
    )
    return report


def _source_name(source: str | None) -> str | None:
    if source is None:
        return None
    word = "".join(c if c.isalnum() or c in "-_" else "-" for c in source.strip().lower()).strip("-")[:100]
    if not word:
        raise BadInput("--source", "the name of a source needs letters or digits")
    return word


def _refuse_mistaken(delivery: Delivery) -> None:
    """A source taken from a folder's name may be wrong, and then the directory would double or vanish."""
    with acting(_READER):
        why = mistaken(delivery)
    if why:
        raise BadInput(delivery.name, why)


def waiting(source: str | None = None, record_type: str | None = None) -> Iterator[Waiting]:
    """The rows that wait in quarantine, without their cells."""
    with acting(_READER):
        yield from list(queries.waiting(KIND, source, record_type))


def show(row_id: UUID | str) -> dict[str, object]:
    """One held row, whole. Raises NotFound."""
    with acting(_READER):
        return queries.held(row_id).as_json()


def replay(
    row_id: UUID | str | None = None,
    *,
    by: Actor,
    mended: Mapping[str, str] | None = None,
    source: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Try waiting rows again: one, or all (of a source). ``mended`` gives fields of one row new values.

    What goes in is settled, and its mend is used again whenever the same faulty row comes again.
    Raises NotFound for an unknown row, BadInput for a field that the row does not have.
    """
    if mended and row_id is None:
        raise BadInput("quarantine", "say which row is to be mended")
    with acting(_READER):
        rows = [queries.held(row_id)] if row_id else list(queries.waiting_whole(KIND, source))
    return replay_rows(rows, dict(mended or {}), by=by, progress=progress)


def dismiss(row_id: UUID | str, *, by: Actor, why: str) -> None:
    """Leave a waiting row out for good, with the reason. Raises NotFound."""
    with acting(by):
        actions.dismiss(queries.held(row_id).id, by=by, why=why)
