"""How and when somebody is reached: contacts, telephones, hours."""

import re
from datetime import date

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells, hours, phones
from commonweal.exchange.hsds.faults import Unreadable
from commonweal.exchange.hsds.finishing.shared import Derived, language, listed
from commonweal.exchange.hsds.plans import OWN, Row
from commonweal.exchange.hsds.records import Preparer, Record


def contact(preparer: Preparer, row: Row) -> Derived:
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


def phone(preparer: Preparer, row: Row) -> Derived:
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
    spoken = [one for one in listed(record.pop("language", "")) if not one.isdigit()]
    return [
        (T.LANGUAGE, language(one) | {"phone_id": OWN}, f"{row.original or record['number']}/language/{one}")
        for one in spoken
    ]


def schedule(preparer: Preparer, row: Row) -> Derived:
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
