"""One delivery on its way from the stage into the directory, inside one transaction of the caller."""

from dataclasses import dataclass, field
from datetime import datetime

from commonweal.directory.actions.intake import domains, hiding, merging, staging
from commonweal.directory.actions.intake.merging import Merged
from commonweal.directory.actions.intake.staging import Judged
from commonweal.directory.actions.intake.statements import exists, put, rows, run
from commonweal.directory.models import DirectorySource
from commonweal.directory.shapes_intake import LAYOUTS, MERGE_ORDER
from commonweal.directory.vocabulary import RecordType as T
from commonweal.foundation.access import Actor
from commonweal.foundation.audit import record

_LOCK = 0x48534453  # one delivery at a time


@dataclass
class Intake:
    """:meth:`merge` each kind once :class:`Stage` has judged it, parents first, then :meth:`finish`.

    ``at`` is the moment of the delivery: what it changes is marked with it. Nothing is visible to
    others before the caller's transaction commits.
    """

    source: str
    at: datetime
    merged: dict[T, Merged] = field(default_factory=dict)
    folded: dict[T, int] = field(default_factory=dict)
    hiders: set[T] = field(default_factory=set)

    def open(self) -> None:
        """Wait for any other delivery to end. Until the transaction does, the stage is this delivery's."""
        run(put("select pg_advisory_xact_lock(%(lock)s)"), {"lock": _LOCK})
        run(put("set local work_mem = '256MB'"))
        run(put("set constraints all immediate"))
        DirectorySource.objects.get_or_create(slug=self.source)

    def merge(self, judged: Judged, *, complete: bool) -> None:
        """Merge what is staged of a kind. ``complete``: what did not come has vanished."""
        self.folded[judged.kind] = judged.folded
        self.hiders |= {judged.kind} if judged.hides else set()
        self.merged[judged.kind] = merging.merge(judged.kind, self.source, self.at, complete=complete)

    def tell_eligibility(self, service_id: str, words: str) -> bool:
        """Add to who may use a service that is already here; False where there is no such service."""
        values = {"id": service_id, "words": words, "at": self.at}
        known = exists(put("select from directory_service where id = %(id)s"), values)
        if known:
            run(
                put(
                    "update directory_service set last_modified = %(at)s, changed_at = %(at)s,"
                    " eligibility_description ="
                    " btrim(eligibility_description || E'\\n\\n' || %(words)s, E'\\n')"
                    " where id = %(id)s and position(%(words)s in eligibility_description) = 0"
                ),
                values,
            )
        return known

    def finish(self, *, by: Actor, complete: bool) -> int:
        """Settle what follows from the whole: visibility, changed services, needs. Audits the delivery.

        Returns how many services changed, themselves or in something that belongs to them. The transaction
        does not wait for the disk: what the caller records next is written behind it, and only with that,
        once it waits, is the delivery safe.
        """
        run(put("set local synchronous_commit = off"))
        hiding.inherit(self.hiders)
        self._touch_services()
        domains.derive(self.at)
        if complete:
            DirectorySource.objects.filter(slug=self.source).update(delivered_at=self.at)
        staging.empty()
        totals = self.totals()
        changed = self._changed_services()
        if totals.created or totals.updated or totals.not_seen:
            record(
                "directory.imported",
                by=by,
                subject=("directory-source", self.source),
                words="A delivery of directory data was merged.",
                details={"created": totals.created, "updated": totals.updated, "not_seen": totals.not_seen},
            )
        return changed

    def totals(self) -> Merged:
        """What was merged so far, over all kinds."""
        every = self.merged.values()
        return Merged(
            sum(m.created for m in every),
            sum(m.updated for m in every),
            sum(m.unchanged for m in every),
            sum(m.not_seen for m in every),
        )

    def _touch_services(self) -> None:
        """A change in what belongs to a service is a change of the service (DOMAIN 4-T3)."""
        values = {"at": self.at}
        if not exists(put("select from directory_service where last_modified < %(at)s"), values):
            return
        for kind in MERGE_ORDER:
            merged = self.merged.get(kind, Merged())
            if not (merged.created or merged.updated or merged.not_seen) or kind is T.SERVICE:
                continue
            for reached in _REACH.get(kind, ()):
                run(
                    put(
                        "update directory_service set last_modified = %(at)s"
                        " where last_modified < %(at)s and id in ({reached})",
                        reached=put(reached),
                    ),
                    values,
                )

    def _changed_services(self) -> int:
        counted = rows(
            put(
                "select count(*) from directory_service"
                " where last_modified >= %(at)s or not_seen_since >= %(at)s"
            ),
            {"at": self.at},
        )
        return int(counted[0][0])


def leave_no_stage() -> None:
    """Empty the stage after a delivery that failed, unless another one already fills it."""
    if rows(put("select pg_try_advisory_xact_lock(%(lock)s)"), {"lock": _LOCK})[0][0]:
        staging.empty()


def _by_service(table: str) -> str:
    return f"select c.service_id from {table} c where c.changed_at = %(at)s"  # noqa: S608


def _by_place(table: str) -> str:
    return (
        f"select l.service_id from directory_serviceatlocation l join {table} c"  # noqa: S608
        " on c.location_id = l.location_id where c.changed_at = %(at)s"
    )


def _by_link(table: str) -> str:
    return (
        f"select l.service_id from directory_serviceatlocation l join {table} c"  # noqa: S608
        " on c.service_at_location_id = l.id where c.changed_at = %(at)s"
    )


def _reach_of(kind: T) -> tuple[str, ...]:
    """How a changed row of a kind reaches the services that it belongs to."""
    layout = LAYOUTS[kind]
    reach: list[str] = []
    if "service_id" in layout.parents:
        reach.append(_by_service(layout.table))
    if "location_id" in layout.parents and kind is not T.SERVICE_AT_LOCATION:
        reach.append(_by_place(layout.table))
    if "service_at_location_id" in layout.parents:
        reach.append(_by_link(layout.table))
    return tuple(reach)


_REACH: dict[T, tuple[str, ...]] = {
    **{kind: reach for kind in LAYOUTS if (reach := _reach_of(kind))},
    T.LOCATION: (
        "select l.service_id from directory_serviceatlocation l join directory_location c"
        " on c.id = l.location_id where c.changed_at = %(at)s",
    ),
    T.ORGANIZATION: (
        "select s.id from directory_service s join directory_organization c"
        " on c.id = s.organization_id where c.changed_at = %(at)s",
    ),
}
