"""Reading misfits again, whole: what the directory found wrong is told with the row as it came.

A large delivery is read by a process of its own (``beside``), so that this one only waits for PostgreSQL
while it merges; then the rows of a table are read again as soon as its merging tells which.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from commonweal.directory import facade as directory
from commonweal.exchange.hsds.beside import is_large
from commonweal.exchange.hsds.reading import Reading
from commonweal.exchange.hsds.records import Origin

Whole = tuple[Origin, str, str, dict[str, str]]
"""Where a row stood, its record type, its original id, and its cells."""


@dataclass
class Rereading:
    """Gathers misfits, and gives them with their rows in the end. ``pool``: of one thread."""

    reading: Reading
    pool: ThreadPoolExecutor
    _blamed: "dict[tuple[int, int], directory.Misfit]" = field(default_factory=dict)
    _later: dict[int, set[int]] = field(default_factory=dict)
    _coming: list[Future[list[Whole]]] = field(default_factory=list)

    def of(self, misfits: "Iterable[directory.Misfit]") -> None:
        """These are wanted; of several misfits of a row, the first."""
        files, large = self.reading.delivery.files, is_large(self.reading.delivery)
        soon: dict[int, set[int]] = {}
        for misfit in misfits:
            place = (misfit.file, misfit.row)
            if place not in self._blamed:
                self._blamed[place] = misfit
                at_once = large and files[misfit.file].sheet is not None
                (soon if at_once else self._later).setdefault(misfit.file, set()).add(misfit.row)
        if soon:
            self._coming.append(self.pool.submit(lambda: list(self.reading.fetch(soon))))

    def whole(self) -> "Iterator[tuple[directory.Misfit, Whole]]":
        """Every misfit with its row. To be asked for once, when reading has ended."""
        for coming in self._coming:
            for row in coming.result():
                yield self._blamed[(row[0].file, row[0].row)], row
        for row in self.reading.fetch(self._later):
            yield self._blamed[(row[0].file, row[0].row)], row
