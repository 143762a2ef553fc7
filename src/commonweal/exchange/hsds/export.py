"""``commonweal export hsds PATH``: the public directory as HSDS 3.1."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from commonweal.directory import facade as directory
from commonweal.exchange.hsds.publishing import Publisher
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.audit import record
from commonweal.kernel.errors import BadInput

_BATCH = 500


@dataclass
class Exported:
    """What was written, and what could not or may not be: ``left_out`` says what and how many."""

    path: str
    services: int = 0
    seconds: float = 0.0
    left_out: dict[str, int] = field(default_factory=dict)

    exit_code = 0

    def as_json(self) -> dict[str, object]:
        return {
            "path": self.path,
            "services": self.services,
            "seconds": round(self.seconds, 3),
            "left_out": self.left_out,
        }

    def lines(self) -> Iterator[str]:
        yield f"Wrote {self.services:,} services to {self.path} in {self.seconds:.1f} seconds."
        yield from (f"Left out: {count:,} {what}." for what, count in self.left_out.items())


def write(path: Path, actor: Actor) -> Exported:
    """Write what anyone may see: ``.ndjson`` as a line for each service, else one page of services.

    The file appears whole or not at all. What is hidden, no longer delivered or licensed is not in it.
    Raises BadInput where the file cannot be written.
    """
    began = time.monotonic()
    publisher = Publisher()
    report = Exported(path.name)
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file, acting(Actor.public()):
            for piece in _pieces(publisher, report, lines=path.suffix.lower() in (".ndjson", ".jsonl")):
                file.write(piece)
        os.replace(beside, path)
    except OSError as error:
        raise BadInput(path.name, f"it cannot be written ({error.strerror})") from error
    finally:
        beside.unlink(missing_ok=True)
    report.left_out = dict(publisher.left_out)
    report.seconds = time.monotonic() - began
    with acting(actor):
        record(
            "directory.exported",
            by=actor,
            subject=("directory", "hsds"),
            words="The public directory was written to a file.",
            details={"services": report.services},
        )
    return report


def _pieces(publisher: Publisher, report: Exported, *, lines: bool) -> Iterator[bytes]:
    between = b"\n" if lines else b",\n"
    if not lines:
        yield b'{"contents":[\n'
    for ids in directory.published_services(_BATCH):
        for service in publisher.services(ids):
            if report.services:
                yield between
            yield orjson.dumps(service)
            report.services += 1
    if not lines:
        yield b"\n]," + orjson.dumps(_page(report.services))[1:]
    yield b"\n"


def _page(count: int) -> dict[str, object]:
    return {
        "total_items": count,
        "total_pages": 1 if count else 0,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": not count,
    }
