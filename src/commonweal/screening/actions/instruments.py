"""Loading instruments: our own with the software, licensed ones from files of the installation."""

import csv
import hashlib
import io
import json
from importlib import resources
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.audit import record
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Refused
from commonweal.kernel.words import N_
from commonweal.screening.access import may_load
from commonweal.screening.models import Instrument
from commonweal.screening.queries.instruments import shape_of
from commonweal.screening.rules.crosswalk import questionnaire_of
from commonweal.screening.rules.questionnaire import read_questionnaire
from commonweal.screening.shapes import InstrumentShape

MOST_BYTES = 5_000_000
_SHIPPED = "neighbor-check-in.json"


def load_instrument(path: Path | str, *, by: Actor, key: str = "") -> InstrumentShape:
    """Load a FHIR R4 Questionnaire (.json) or an answer crosswalk (.csv) from a file of the installation.

    The newest file of a key is the one that is asked from now on; what was answered before keeps its
    own. Loading the same content again changes nothing. ``key`` names the scoring (``ahc-hrsn``,
    ``prapare``, ``hunger-vital-sign``) where the file's codes do not tell it.
    Raises BadInput (its ``where`` names file and linkId) and Refused.
    """
    verdict = may_load(by)
    if not verdict:
        raise Refused(verdict)
    path = Path(path)
    definition = _read(path)
    shape = read_questionnaire(definition, path.name, key)
    with transaction.atomic():
        stored, is_new = _store(shape.key, definition, shape, loaded_by=by.name)
        if is_new:
            record(
                "instrument.loaded",
                by=by,
                subject=("instrument", stored.id),
                words=N_("A form was loaded."),
                details={"key": shape.key, "version": shape.version, "digest": stored.digest},
                because=verdict.rule,
            )
    return shape_of(stored)


def after_migration(**_: object) -> None:
    """Put the shipped check-in in place after each migration; it comes with the software, by nobody's act."""
    text = (resources.files("commonweal.screening") / "instruments" / _SHIPPED).read_text(encoding="utf-8")
    definition = json.loads(text)
    shape = read_questionnaire(definition, _SHIPPED)
    with transaction.atomic():
        _store(shape.key, definition, shape, shipped=True)


def _store(
    key: str,
    definition: dict[str, Any],
    shape: InstrumentShape,
    *,
    shipped: bool = False,
    loaded_by: str = "",
) -> tuple[Instrument, bool]:
    content = orjson.dumps([key, definition], option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(content).hexdigest()
    same = Instrument.objects.filter(digest=digest).first()
    if same is not None and same.retired_at is None:
        return same, False
    Instrument.objects.filter(key=key, retired_at__isnull=True).update(retired_at=now())
    if same is not None:  # an older file is loaded again: it is the current one once more
        same.retired_at = None
        same.save(update_fields=["retired_at"])
        return same, True
    stored = Instrument.objects.create(
        key=key,
        url=shape.url[:500],
        version=shape.version[:60],
        digest=digest,
        definition=definition,
        warnings=list(shape.warnings),
        shipped=shipped,
        loaded_by_name=loaded_by,
    )
    return stored, True


def _read(path: Path) -> dict[str, Any]:
    """The questionnaire in a file, decoded strictly. Raises BadInput."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(path.name, f"cannot be read: {error.strerror}") from error
    if len(raw) > MOST_BYTES:
        raise BadInput(path.name, f"is {len(raw):,} bytes; {MOST_BYTES:,} is the most")
    if path.suffix.lower() == ".csv":
        return _from_table(path, raw)
    try:
        found = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise BadInput(path.name, f"is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadInput(path.name, "holds no FHIR Questionnaire")
    return found


def _from_table(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(path.name, f"is not UTF-8 text: {error.reason} at byte {error.start}") from error
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise BadInput(path.name, f"is no table: {error}") from error
    return questionnaire_of(rows, path.name)
