"""Who offers what where: organizations, programs, places, services, addresses."""

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells
from commonweal.exchange.hsds.finishing.shared import (
    CONFIDENTIAL,
    LISTS,
    PLACES,
    STATUS,
    TEMPLATE,
    Derived,
    language,
    listed,
    needs_name,
)
from commonweal.exchange.hsds.plans import OWN, Row
from commonweal.exchange.hsds.records import Preparer, Record, every


def organization(preparer: Preparer, row: Row) -> Derived:
    needs_name(row)
    return [
        (T.FUNDING, {"organization_id": OWN, "source_of_funds": one}, f"{row.original}/funding/{one}")
        for one in listed(row.raw.get("funding_sources"))
    ]


def program(preparer: Preparer, row: Row) -> Derived:
    needs_name(row)
    return []


def location(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    _coordinates(record)
    if cells.said(row.raw.get("virtual")).lower() in cells.TRUE_WORDS:
        record["location_type"] = "virtual"
    kind = record.get("location_type", "").lower()
    if kind and kind not in PLACES:
        row.unread["location_type"] = kind
    record["location_type"] = kind if kind in PLACES else "physical"
    if TEMPLATE.search(record.get("name", "")):
        row.fault("name", "template", record["name"])
    if row.original and record.get("organization_id"):
        preparer.organization_of[row.original] = record["organization_id"]
    made: Derived = [
        (T.LANGUAGE, language(one) | {"location_id": OWN}, f"{row.original}/language/{one}")
        for one in listed(row.raw.get("languages"))
    ]
    made += [
        (
            T.ACCESSIBILITY,
            {"location_id": OWN, "description": one.replace("_", " ")},
            f"{row.original}/accessibility/{one}",
        )
        for one in listed(row.raw.get("accessibility"))
    ]
    return made


def _coordinates(record: Record) -> None:
    """Both or none, and never the null island: ``0,0`` is what systems write for *not known*."""
    latitude, longitude = record.get("latitude", ""), record.get("longitude", "")
    if not latitude or not longitude or (float(latitude) == 0 and float(longitude) == 0):
        record["latitude"] = record["longitude"] = ""


def service(preparer: Preparer, row: Row) -> Derived:
    record, raw = row.record, row.raw
    needs_name(row)
    status = record.get("status", "").lower()
    if status and status not in STATUS:
        row.unread["status"] = record["status"]
    record["status"] = STATUS.get(status, "active")
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


def _of_service(preparer: Preparer, row: Row, place: str) -> Derived:
    raw, base = row.raw, row.original
    if not place and LISTS.isdisjoint(raw.places):
        return []
    made: Derived = []
    for one in listed(place):
        link = {"service_id": OWN, "location_id": preparer.id_of(T.LOCATION, one)}
        made.append((T.SERVICE_AT_LOCATION, link, f"{base}/at/{one}"))
    for one in listed(raw.get("languages")):
        made.append((T.LANGUAGE, language(one) | {"service_id": OWN}, f"{base}/language/{one}"))
    for one in listed(raw.get("required_documents")):
        document = {"service_id": OWN, "document": one}
        made.append((T.REQUIRED_DOCUMENT, document, f"{base}/document/{one}"))
    for one in listed(raw.get("service_areas")):
        made.append((T.SERVICE_AREA, {"service_id": OWN, "name": one}, f"{base}/area/{one}"))
    for one in listed(raw.get("funding_sources")):
        made.append((T.FUNDING, {"service_id": OWN, "source_of_funds": one}, f"{base}/funding/{one}"))
    for one in listed(raw.get("accepted_payments")):
        made.append((T.COST_OPTION, {"service_id": OWN, "option": one}, f"{base}/payment/{one}"))
    for one in listed(raw.get("taxonomy_ids")):
        term = preparer.id_of(T.TAXONOMY_TERM, one)
        link = {"service_id": OWN, "link_id": OWN, "link_entity": "service", "taxonomy_term_id": term}
        made.append((T.ATTRIBUTE, link, f"{base}/term/{one}"))
    return made


def address(preparer: Preparer, row: Row) -> Derived:
    record = row.record
    lines = [record.pop(name, "") for name in ("address_2", "address_3", "address_4")]
    record["address_2"] = ", ".join(line for line in lines if line)
    kind = (record.get("address_type", "") or row.implied.get("address_type", "")).lower()
    record["address_type"] = kind if kind in PLACES else "physical"
    street = record.get("address_1", "")
    if not any(record.get(name) for name in ("address_1", "address_2", "city", "postal_code")):
        row.fault("address_1", "empty-row")
    elif TEMPLATE.search(street):
        row.fault("address_1", "template", street)
    if CONFIDENTIAL.search(street) or CONFIDENTIAL.search(record["address_2"]):
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
