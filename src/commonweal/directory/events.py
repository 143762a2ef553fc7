"""What happened in the directory: frozen facts, past tense."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.directory.vocabulary import Capacity


@dataclass(frozen=True, slots=True)
class DirectoryImported:
    """A delivery was merged. Each service that it touched has ``last_modified >= changed_since``;
    services that vanished from the source have ``not_seen_since >= changed_since``."""

    run_id: UUID
    source: str
    changed_since: datetime
    services_changed: int


@dataclass(frozen=True, slots=True)
class ServiceChanged:
    """One service, or something that belongs to it, was changed by hand."""

    service_id: UUID


@dataclass(frozen=True, slots=True)
class CapacityReported:
    """Someone told whether a service has room."""

    service_id: UUID
    capacity: Capacity
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class ServiceVerified:
    """Someone confirmed what is published about a service."""

    service_id: UUID
    verified_at: datetime
