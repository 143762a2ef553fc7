"""``commonweal export measures FOLDER``: what the measures' public pages show, as files."""

from collections.abc import Iterator
from pathlib import Path

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.audit import record
from commonweal.kernel.errors import BadInput
from commonweal.measures import facade
from commonweal.measures.web import figures


def measures(folder: Path, *, by: Actor) -> Iterator[Path]:
    """Write one CSV for each adopted measure, after disclosure control and for the whole alone.

    Raises BadInput where the folder cannot be written.
    """
    with acting(Actor.public()):
        files = {f"{shape.definition.id}.csv": figures.csv(shape, {}) for shape in facade.live_measures()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
            yield folder / name
    except OSError as error:
        raise BadInput(str(folder), f"it cannot be written ({error.strerror})") from error
    with acting(by):
        record(
            "measures.exported",
            by=by,
            subject=("measures", "csv"),
            words="The released figures were written to files.",
            details={"measures": len(files)},
        )
