"""What things are called: languages, vocabularies and their terms; and what is said of a record beside."""

from collections.abc import Iterable

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells, tongues
from commonweal.exchange.hsds.finishing.shared import (
    KINDS,
    LICENSED,
    LICENSED_CODE,
    Derived,
    language,
    listed,
    needs_name,
)
from commonweal.exchange.hsds.plans import Row
from commonweal.exchange.hsds.records import Preparer, Record


def languages(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    several = listed(record.get("name", ""))
    if not several and record.get("code"):
        several = [tongues.name_of(tongues.code_of(record["code"]) or record["code"])]
    if not several:
        row.fault("name", "missing")
        return []
    parents = {column: value for column, value in record.items() if column.endswith("_id")}
    record["name"] = several[0]
    record["code"] = tongues.code_of(record.get("code", "") or several[0]) or record.get("code", "")
    return [(T.LANGUAGE, language(one) | parents, f"{row.original}/language/{one}") for one in several[1:]]


def term(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    needs_name(row)
    if not record.get("code") and row.original and not cells.uuid_or_none(row.original):
        record["code"] = "" if row.original.isdigit() and len(row.original) > 6 else row.original
    vocabulary = record.get("taxonomy_name", "")
    if vocabulary.isdigit() or cells.uuid_or_none(vocabulary):
        record["taxonomy_id"] = preparer.id_of(T.TAXONOMY, vocabulary)
        record["taxonomy_name"] = vocabulary = ""
    by_code = not vocabulary and LICENSED_CODE.match(record.get("code", ""))
    record["licensed"] = "true" if by_code or LICENSED.search(vocabulary) else "false"
    if cells.said(row.raw.get("status")).lower() == "unpublished":
        row.hidden = row.hidden or "suppressed"
    return []


def taxonomy(preparer: Preparer, row: Row) -> Derived:
    needs_name(row)
    words = row.record.get("name", "") + " " + row.record.get("uri", "")
    row.record["licensed"] = "true" if LICENSED.search(words) else "false"
    return []


def unit(preparer: Preparer, row: Row) -> Derived:
    needs_name(row)
    return []


def attribute(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    entity = (record.get("link_entity", "") or row.implied.get("link_entity", "")).lower()
    linked = record.get("link_id", "") or cells.said(row.raw.get("service_id"))
    if not linked or linked == "0":
        row.fault("link_id", "no-owner")
        return []
    if not record.get("taxonomy_term_id") and not record.get("value"):
        if detail := cells.text(row.raw.get("taxonomy_detail")):
            record["value"] = detail
        else:
            row.fault("taxonomy_term_id", "missing")
    known = entity if entity in KINDS else ""
    record["link_entity"] = known or entity
    record["link_id"] = preparer.id_of(KINDS.get(known, T.SERVICE), linked)
    if known == "service" or record.get("service_id"):
        record["service_id"] = record["link_id"]
        record["link_entity"] = "service"
    return []


def metadata(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    resource = record.get("resource_id", "")
    if not resource:
        row.fault("resource_id", "no-owner")
        return []
    word = record.get("resource_type", "").lower()
    names = (word, word.removesuffix("s"), word.removesuffix("es"))
    known = next((KINDS[name] for name in names if name in KINDS), T.SERVICE)
    record["resource_id"] = preparer.id_of(known, resource)
    return []


class Needs:
    """At least one of these columns must say something."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns

    def __call__(self, preparer: Preparer, row: Row) -> Iterable[tuple[T, Record, str]]:
        if not any(row.record.get(column) for column in self.columns):
            row.fault(self.columns[0], "empty-row" if len(self.columns) > 1 else "missing")
        return ()
