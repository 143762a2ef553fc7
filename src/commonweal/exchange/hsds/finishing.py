"""The finishing touches of each kind of row: what no column alone can tell.

Each function gets the row as read so far, may add faults to it, and returns the records that follow
from it: languages listed in a service's cell, a postal place for an organization's address.
"""

import re
from collections.abc import Iterable
from datetime import date

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells, hours, phones, tongues
from commonweal.exchange.hsds.faults import Unreadable
from commonweal.exchange.hsds.plans import FINISHERS, OWN, Row
from commonweal.exchange.hsds.records import Preparer, Record, every

Derived = list[tuple[T, Record, str]]

_LICENSED = re.compile(
    r"\b(?:AIRS|211\s?HSIS|HSIS|211\s?L\.?A\.?|INFO\s?LINE|Taxonomy of Human Services)\b", re.IGNORECASE
)
_LICENSED_CODE = re.compile(r"[A-Z]{1,2}-\d{4}(?:\.\d{4}(?:-\d{3}(?:\.\d{2})?)?)?\Z")
_CONFIDENTIAL = re.compile(
    r"\b(?:confidential|undisclosed|address (?:is )?(?:withheld|not published))\b", re.IGNORECASE
)
_TEMPLATE = re.compile(r"\*required\*|\A!-hsds-required-!\Z", re.IGNORECASE)
_STATUS = {
    "active": "active", "open": "active", "available": "active", "published": "active",
    "verified": "active", "vetted": "active", "verification in progress": "active", "not vetted": "active",
    "inactive": "inactive", "suspended": "inactive", "closed": "defunct", "defunct": "defunct",
    "ended": "defunct", "discontinued": "defunct", "temporarily closed": "temporarily closed",
    "temporarily_closed": "temporarily closed", "on hold": "temporarily closed",
}  # fmt: skip
_KINDS = {kind.value: kind for kind in T}
_PLACES = ("physical", "postal", "virtual")


def _list(cell: str) -> list[str]:
    """The members of a cell that lists several things; ``{a,b}`` is PostgreSQL's way."""
    if not cell:
        return []
    parts = re.split(r"[;,]", cells.text(cell).strip("{}"))
    return list(dict.fromkeys(part.strip(" \"'") for part in parts if part.strip(" \"'")))


def _needs_name(row: Row) -> None:
    name = row.record.get("name", "")
    if not name:
        row.fault("name", "missing")
    elif _TEMPLATE.search(name):
        row.fault("name", "template", name)


def _organization(preparer: Preparer, row: Row) -> Derived:
    _needs_name(row)
    return [
        (T.FUNDING, {"organization_id": OWN, "source_of_funds": one}, f"{row.original}/funding/{one}")
        for one in _list(row.raw.get("funding_sources"))
    ]


def _program(preparer: Preparer, row: Row) -> Derived:
    _needs_name(row)
    return []


def _location(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    _coordinates(record)
    if cells.said(row.raw.get("virtual")).lower() in cells.TRUE_WORDS:
        record["location_type"] = "virtual"
    kind = record.get("location_type", "").lower()
    if kind and kind not in _PLACES:
        row.unread["location_type"] = kind
    record["location_type"] = kind if kind in _PLACES else "physical"
    if _TEMPLATE.search(record.get("name", "")):
        row.fault("name", "template", record["name"])
    if row.original and record.get("organization_id"):
        preparer.organization_of[row.original] = record["organization_id"]
    made: Derived = [
        (T.LANGUAGE, _language(one) | {"location_id": OWN}, f"{row.original}/language/{one}")
        for one in _list(row.raw.get("languages"))
    ]
    made += [
        (
            T.ACCESSIBILITY,
            {"location_id": OWN, "description": one.replace("_", " ")},
            f"{row.original}/accessibility/{one}",
        )
        for one in _list(row.raw.get("accessibility"))
    ]
    return made


def _coordinates(record: Record) -> None:
    """Both or none, and never the null island: ``0,0`` is what systems write for *not known*."""
    latitude, longitude = record.get("latitude", ""), record.get("longitude", "")
    if not latitude or not longitude or (float(latitude) == 0 and float(longitude) == 0):
        record["latitude"] = record["longitude"] = ""


def _service(preparer: Preparer, row: Row) -> Derived:
    record, raw = row.record, row.raw
    _needs_name(row)
    status = record.get("status", "").lower()
    if status and status not in _STATUS:
        row.unread["status"] = record["status"]
    record["status"] = _STATUS.get(status, "active")
    low, high = record.get("minimum_age", ""), record.get("maximum_age", "")
    if high and float(high) >= 120:  # how forms write *no upper bound*
        high = record["maximum_age"] = ""
    if low and high and float(low) > float(high):
        row.fault("minimum_age", "ages", f"{low} > {high}")
    if told := preparer.eligibility.pop(row.original, []) if row.original else []:
        before = record.get("eligibility_description", "")
        record["eligibility_description"] = every([before, *(text for text, _, _ in told)])
    place = cells.said(raw.get("location_id"))
    if place and not record.get("organization_id"):
        record["organization_id"] = preparer.organization_of.get(place, "")
    return _of_service(preparer, row, place)


_LISTS = frozenset(
    {
        "languages",
        "required_documents",
        "service_areas",
        "funding_sources",
        "accepted_payments",
        "taxonomy_ids",
    }
)
"""Columns of a service that list what HSDS keeps in tables of their own."""


def _of_service(preparer: Preparer, row: Row, place: str) -> Derived:
    raw, base = row.raw, row.original
    if not place and _LISTS.isdisjoint(raw.places):
        return []
    made: Derived = []
    for one in _list(place):
        link = {"service_id": OWN, "location_id": preparer.id_of(T.LOCATION, one)}
        made.append((T.SERVICE_AT_LOCATION, link, f"{base}/at/{one}"))
    for one in _list(raw.get("languages")):
        made.append((T.LANGUAGE, _language(one) | {"service_id": OWN}, f"{base}/language/{one}"))
    for one in _list(raw.get("required_documents")):
        document = {"service_id": OWN, "document": one}
        made.append((T.REQUIRED_DOCUMENT, document, f"{base}/document/{one}"))
    for one in _list(raw.get("service_areas")):
        made.append((T.SERVICE_AREA, {"service_id": OWN, "name": one}, f"{base}/area/{one}"))
    for one in _list(raw.get("funding_sources")):
        made.append((T.FUNDING, {"service_id": OWN, "source_of_funds": one}, f"{base}/funding/{one}"))
    for one in _list(raw.get("accepted_payments")):
        made.append((T.COST_OPTION, {"service_id": OWN, "option": one}, f"{base}/payment/{one}"))
    for one in _list(raw.get("taxonomy_ids")):
        term = preparer.id_of(T.TAXONOMY_TERM, one)
        link = {"service_id": OWN, "link_id": OWN, "link_entity": "service", "taxonomy_term_id": term}
        made.append((T.ATTRIBUTE, link, f"{base}/term/{one}"))
    return made


def _address(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    lines = [record.pop(name, "") for name in ("address_2", "address_3", "address_4")]
    record["address_2"] = ", ".join(line for line in lines if line)
    kind = (record.get("address_type", "") or row.implied.get("address_type", "")).lower()
    record["address_type"] = kind if kind in _PLACES else "physical"
    street = record.get("address_1", "")
    if not any(record.get(name) for name in ("address_1", "address_2", "city", "postal_code")):
        row.fault("address_1", "empty-row")
    elif _TEMPLATE.search(street):
        row.fault("address_1", "template", street)
    if _CONFIDENTIAL.search(street) or _CONFIDENTIAL.search(record["address_2"]):
        row.hidden = row.hidden or "confidential-address"
    if record.get("location_id") or row.faults:
        return []
    return _of_organization(preparer, row)


def _of_organization(preparer: Preparer, row: Row) -> Derived:
    """HSDS 1.1 lets an address hang on an organization; since 2.0 it hangs on a place of its own."""
    owner = cells.said(row.raw.get("organization_id"))
    if not owner:
        row.fault("location_id", "no-owner")
        return []
    original = f"{row.record['address_type']}:{owner}"
    row.record["location_id"] = preparer.id_of(T.LOCATION, original)
    row.original = row.original or original
    if original in preparer.once:
        return []
    preparer.once.add(original)
    place = {
        "organization_id": preparer.id_of(T.ORGANIZATION, owner),
        "location_type": row.record["address_type"],
    }
    return [(T.LOCATION, place, original)]


def _contact(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    number, area = record.pop("phone_number", ""), record.pop("phone_areacode", "")
    extension = record.pop("phone_extension", "")
    if not any(record.get(name) for name in ("name", "title", "department", "email")) and not number:
        row.fault("name", "empty-row")
    digits = sum(c.isdigit() for c in number)
    if area and 7 <= digits <= 8:
        number = f"{area} {number}"
    try:
        read = phones.number(number) if digits >= 7 and len(number) <= 25 else None
    except Unreadable:
        read = None
    if read is None:
        if number:
            row.unread["phone_number"] = number
        return []
    phone = {
        "contact_id": OWN,
        "number": read.number,
        "extension": extension or read.extension,
        "e164": read.e164,
    }
    return [(T.PHONE, phone, f"{row.original}/phone")]


def _phone(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    if not record.get("number"):
        row.fault("number", "missing")
        return []
    try:
        read = phones.number(record["number"])
    except Unreadable as problem:
        row.fault("number", problem.reason, record["number"])
        return []
    record["number"], record["e164"] = read.number, read.e164
    record["extension"] = record.get("extension", "") or read.extension
    if department := record.pop("department", ""):
        record["description"] = ": ".join(
            part for part in (department, record.get("description", "")) if part
        )
    spoken = [one for one in _list(record.pop("language", "")) if not one.isdigit()]
    return [
        (T.LANGUAGE, _language(one) | {"phone_id": OWN}, f"{row.original or record['number']}/language/{one}")
        for one in spoken
    ]


def _schedule(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    words = [record.get("notes", "")]
    _move_times_out_of_dates(record)
    for name in ("dtstart", "until"):
        try:
            record[name] = cells.day(record.get(name, ""))
        except Unreadable as problem:
            row.fault(name, problem.reason, record[name])
    for name in ("opens_at", "closes_at"):
        _clock(row, name, words)
    weekdays = hours.days(record.get("byday", "") or record.pop("weekday", ""))
    record.pop("weekday", None)
    record["byday"] = weekdays.byday
    words.append(weekdays.words)
    record["freq"] = record.get("freq", "").upper() or weekdays.freq
    if record["freq"] not in ("", "WEEKLY", "MONTHLY"):
        row.unread["freq"], record["freq"] = record["freq"], ""
    record["interval"] = record.get("interval", "") or weekdays.interval
    record["wkst"] = record.get("wkst", "").upper()
    _timezone(record)
    _closure(row)
    record["notes"] = "\n".join(word for word in dict.fromkeys(words) if word)
    said = ("opens_at", "byday", "dtstart", "description", "notes", "valid_from", "closes_at", "closed")
    if not any(record.get(name) for name in (*said, "freq", "schedule_link", "bymonthday", "byweekno")):
        row.fault("opens_at", "empty-row")
    return []


_TIME_OF_DAY = re.compile(r"\d{1,2}(?::\d\d)?\s*[ap]\.?m|24\s*h", re.IGNORECASE)


def _move_times_out_of_dates(record: Record) -> None:
    """One system writes opening times into ``dtstart`` and ``until``."""
    for date_column, time_column in (("dtstart", "opens_at"), ("until", "closes_at")):
        value = record.get(date_column, "")
        if value and (_TIME_OF_DAY.match(value) or not any(c.isdigit() for c in value)):
            record[date_column] = ""
            record[time_column] = record.get(time_column, "") or value
    if record.get("until", "").isdigit() and record.get("opens_at"):
        record["closes_at"] = record.get("closes_at", "") or record["until"]
        record["until"] = ""
    if record.get("dtstart", "").isdigit():
        record["opens_at"], record["dtstart"] = record.get("opens_at", "") or record["dtstart"], ""


def _clock(row: Row, name: str, words: list[str]) -> None:
    record = row.record
    try:
        read = hours.clock(record.get(name, ""))
    except Unreadable as problem:
        row.fault(name, problem.reason, record[name])
        return
    record[name] = read.at
    if read.all_day and name == "opens_at":
        record["closes_at"] = record.get("closes_at", "") or "23:59"
    elif read.all_day:
        record[name] = "23:59:00"
    if read.offset is not None:
        record["utc_offset_minutes"] = str(read.offset)
    words.append(read.words)


def _timezone(record: Record) -> None:
    """HSDS has a number (hours from UTC); an IANA name is kept as one."""
    zone = record.get("timezone", "")
    try:
        offset = float(cells.number(-15, 15)(zone)) if zone else None
    except Unreadable:
        return
    record["timezone"] = ""
    if offset is not None:
        record["utc_offset_minutes"] = str(round(offset * 60))


def _closure(row: Row) -> None:
    """A holiday schedule holds from its first to its last day."""
    record = row.record
    start, end = record.get("valid_from", ""), record.get("valid_to", "")
    if start and end and date.fromisoformat(start) > date.fromisoformat(end):
        row.fault("valid_to", "range", end)
    if row.implied.get("holiday"):
        if not start and not end:
            row.fault("start_date", "missing")
        if not record.get("opens_at"):
            record["closed"] = record.get("closed", "") or "true"


def _language(word: str) -> Record:
    code = tongues.code_of(word)
    return {"name": tongues.name_of(code) if word == code else word, "code": code}


def _languages(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    several = _list(record.get("name", ""))
    if not several and record.get("code"):
        several = [tongues.name_of(tongues.code_of(record["code"]) or record["code"])]
    if not several:
        row.fault("name", "missing")
        return []
    parents = {column: value for column, value in record.items() if column.endswith("_id")}
    record["name"] = several[0]
    record["code"] = tongues.code_of(record.get("code", "") or several[0]) or record.get("code", "")
    return [(T.LANGUAGE, _language(one) | parents, f"{row.original}/language/{one}") for one in several[1:]]


def _term(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    _needs_name(row)
    if not record.get("code") and row.original and not cells.uuid_or_none(row.original):
        record["code"] = "" if row.original.isdigit() and len(row.original) > 6 else row.original
    vocabulary = record.get("taxonomy_name", "")
    if vocabulary.isdigit() or cells.uuid_or_none(vocabulary):
        record["taxonomy_id"] = preparer.id_of(T.TAXONOMY, vocabulary)
        record["taxonomy_name"] = vocabulary = ""
    by_code = not vocabulary and _LICENSED_CODE.match(record.get("code", ""))
    record["licensed"] = "true" if by_code or _LICENSED.search(vocabulary) else "false"
    if cells.said(row.raw.get("status")).lower() == "unpublished":
        row.hidden = row.hidden or "suppressed"
    return []


def _taxonomy(preparer: Preparer, row: Row) -> Derived:
    _needs_name(row)
    words = row.record.get("name", "") + " " + row.record.get("uri", "")
    row.record["licensed"] = "true" if _LICENSED.search(words) else "false"
    return []


def _unit(preparer: Preparer, row: Row) -> Derived:
    _needs_name(row)
    return []


def _attribute(preparer: Preparer, row: Row) -> Derived:
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
    known = entity if entity in _KINDS else ""
    record["link_entity"] = known or entity
    record["link_id"] = preparer.id_of(_KINDS.get(known, T.SERVICE), linked)
    if known == "service" or record.get("service_id"):
        record["service_id"] = record["link_id"]
        record["link_entity"] = "service"
    return []


def _metadata(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    resource = record.get("resource_id", "")
    if not resource:
        row.fault("resource_id", "no-owner")
        return []
    word = record.get("resource_type", "").lower()
    names = (word, word.removesuffix("s"), word.removesuffix("es"))
    known = next((_KINDS[name] for name in names if name in _KINDS), T.SERVICE)
    record["resource_id"] = preparer.id_of(known, resource)
    return []


def _needs(*columns: str) -> "_Needs":
    return _Needs(columns)


class _Needs:
    """At least one of these columns must say something."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        self.columns = columns

    def __call__(self, preparer: Preparer, row: Row) -> Iterable[tuple[T, Record, str]]:
        if not any(row.record.get(column) for column in self.columns):
            row.fault(self.columns[0], "empty-row" if len(self.columns) > 1 else "missing")
        return ()


FINISHERS.update(
    {
        T.ORGANIZATION: _organization,
        T.PROGRAM: _program,
        T.LOCATION: _location,
        T.SERVICE: _service,
        T.ADDRESS: _address,
        T.CONTACT: _contact,
        T.PHONE: _phone,
        T.SCHEDULE: _schedule,
        T.LANGUAGE: _languages,
        T.TAXONOMY: _taxonomy,
        T.TAXONOMY_TERM: _term,
        T.UNIT: _unit,
        T.ATTRIBUTE: _attribute,
        T.METADATA: _metadata,
        T.ORGANIZATION_IDENTIFIER: _needs("identifier"),
        T.SERVICE_AREA: _needs("name", "description", "extent", "uri"),
        T.COST_OPTION: _needs("option", "amount", "amount_description"),
        T.REQUIRED_DOCUMENT: _needs("document"),
        T.FUNDING: _needs("source_of_funds"),
        T.URL: _needs("url"),
        T.ACCESSIBILITY: _needs("description", "details", "url"),
        T.SERVICE_CAPACITY: _needs("available", "maximum", "description"),
    }
)
