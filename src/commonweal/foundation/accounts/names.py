"""Names of partners, which this storey may not know: the partners context says how to look them up."""

from collections.abc import Callable, Iterable
from uuid import UUID

Namer = Callable[[Iterable[UUID]], dict[UUID, str]]

_namers: list[Namer] = []


def name_partners_with(namer: Namer) -> None:
    """From now on ask ``namer`` for the names of partners."""
    _namers[:] = [namer]


def partner_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id; a partner that nobody can name is left out."""
    wanted = list(ids)
    return _namers[0](wanted) if _namers and wanted else {}
