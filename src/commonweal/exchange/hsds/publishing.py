"""Directory rows as HSDS 3.1 objects: whole services, with everything that belongs to them nested inside."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.directory import facade as directory
from commonweal.directory.shapes_intake import RecordType as T
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.ids import named_id

Row = dict[str, Any]
Rows = dict[UUID, list[Row]]

_RENAMED = {"source_of_funds": "source", "taxonomy_name": "taxonomy"}
_OURS = frozenset(
    {"e164", "source_modified_at", "utc_offset_minutes", "licensed", "closed", "has_extra", "timezone"}
)
_REQUIRED: dict[T, tuple[str, ...]] = {
    T.ORGANIZATION: ("description",),
    T.PROGRAM: ("description",),
    T.TAXONOMY: ("description",),
    T.TAXONOMY_TERM: ("description",),
    T.ADDRESS: ("address_1", "city", "state_province", "postal_code", "country", "address_type"),
    T.ORGANIZATION_IDENTIFIER: ("identifier_type", "identifier"),
}
_OF_SERVICE = {
    "phones": T.PHONE,
    "schedules": T.SCHEDULE,
    "service_areas": T.SERVICE_AREA,
    "languages": T.LANGUAGE,
    "funding": T.FUNDING,
    "cost_options": T.COST_OPTION,
    "required_documents": T.REQUIRED_DOCUMENT,
    "contacts": T.CONTACT,
    "additional_urls": T.URL,
}
_OF_LOCATION = {
    "addresses": T.ADDRESS,
    "phones": T.PHONE,
    "schedules": T.SCHEDULE,
    "languages": T.LANGUAGE,
    "accessibility": T.ACCESSIBILITY,
    "contacts": T.CONTACT,
}
_OF_ORGANIZATION = {
    "phones": T.PHONE,
    "contacts": T.CONTACT,
    "funding": T.FUNDING,
    "organization_identifiers": T.ORGANIZATION_IDENTIFIER,
    "additional_websites": T.URL,
}


class Publisher:
    """Makes HSDS of batches of services, and counts in ``left_out`` what HSDS cannot say or we may not."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()

    def services(self, ids: Sequence[UUID]) -> Iterable[Row]:
        """The services of a batch as HSDS objects, in the order of their ids."""
        bare = directory.published_rows(T.SERVICE, "id", ids)
        nested = {name: self._children(kind, "service_id", ids) for name, kind in _OF_SERVICE.items()}
        organizations = self._organizations([rows[0] for rows in bare.values()])
        programs = self._by_id(T.PROGRAM, [rows[0]["program_id"] for rows in bare.values()])
        places = self._places(ids)
        attributes = self._attributes(ids)
        needs = directory.published_needs(ids)
        for service_id, (row,) in bare.items():
            whole = self._object(T.SERVICE, row)
            whole |= {name: found[service_id] for name, found in nested.items() if service_id in found}
            if at := places.get(service_id):
                whole["service_at_locations"] = at
            if (organization := row["organization_id"]) in organizations:
                whole["organization"] = organizations[organization]
            if (program := row["program_id"]) in programs:
                whole["program"] = programs[program]
            said = attributes.get(service_id, []) + [_need(service_id, d) for d in needs.get(service_id, [])]
            if said:
                whole["attributes"] = said
            yield whole

    def _children(self, kind: T, column: str, ids: Sequence[UUID]) -> dict[UUID, list[Row]]:
        found = directory.published_rows(kind, column, ids)
        made: dict[UUID, list[Row]] = {}
        for owner, rows in found.items():
            for row in rows:
                if row.get("closed"):
                    self.left_out["closed days, which HSDS has no word for"] += 1
                    continue
                made.setdefault(owner, []).append(self._object(kind, row))
        return made

    def _by_id(self, kind: T, ids: Iterable[UUID | None]) -> dict[UUID, Row]:
        wanted = [one for one in dict.fromkeys(ids) if one is not None]
        return {
            key: self._object(kind, rows[0])
            for key, rows in (directory.published_rows(kind, "id", wanted) if wanted else {}).items()
        }

    def _organizations(self, services: Sequence[Row]) -> dict[UUID, Row]:
        found = self._by_id(T.ORGANIZATION, [row["organization_id"] for row in services])
        for name, kind in _OF_ORGANIZATION.items():
            for owner, rows in self._children(kind, "organization_id", list(found)).items():
                found[owner][name] = [row for row in rows if not row.get("service_id")]
        return found

    def _places(self, services: Sequence[UUID]) -> dict[UUID, list[Row]]:
        links = directory.published_rows(T.SERVICE_AT_LOCATION, "service_id", services)
        wanted = [link["location_id"] for rows in links.values() for link in rows]
        locations = self._by_id(T.LOCATION, wanted)
        for name, kind in _OF_LOCATION.items():
            for owner, rows in self._children(kind, "location_id", list(locations)).items():
                mine = [row for row in rows if not row.get("service_id")]
                if mine:
                    locations[owner][name] = mine
        made: dict[UUID, list[Row]] = {}
        for service, rows in links.items():
            for link in rows:
                whole = self._object(T.SERVICE_AT_LOCATION, link)
                if link["location_id"] in locations:
                    whole["location"] = locations[link["location_id"]]
                    made.setdefault(service, []).append(whole)
        return made

    def _attributes(self, services: Sequence[UUID]) -> dict[UUID, list[Row]]:
        """Terms said of services. A licensed term is left out whole: code, name and all (DOMAIN 4-T11)."""
        said = directory.published_rows(T.ATTRIBUTE, "service_id", services)
        wanted = [row["taxonomy_term_id"] for rows in said.values() for row in rows]
        terms = self._by_id(T.TAXONOMY_TERM, wanted)
        made: dict[UUID, list[Row]] = {}
        for service, rows in said.items():
            for row in rows:
                term = row["taxonomy_term_id"]
                if term is not None and term not in terms:
                    self.left_out["terms of a licensed vocabulary"] += 1
                    continue
                whole = self._object(T.ATTRIBUTE, row)
                if term is not None:
                    whole["taxonomy_term"] = terms[term]
                made.setdefault(service, []).append(whole)
        return made

    def _object(self, kind: T, row: Row) -> Row:
        if row["has_extra"]:
            self.left_out["rows with properties that are not HSDS"] += 1
        made: Row = {}
        for name, value in row.items():
            if value in ("", None) or name in _OURS:
                continue
            made[_RENAMED.get(name, name)] = _plain(value)
        for name in _REQUIRED.get(kind, ()):
            made.setdefault(name, "")
        if kind is T.PHONE:
            self._extension(made)
        if kind is T.SCHEDULE and row["utc_offset_minutes"] is not None:
            made["timezone"] = row["utc_offset_minutes"] / 60
        return made

    def _extension(self, phone: Row) -> None:
        """HSDS wants a number where the world has text (DOMAIN 4-T5)."""
        text = phone.pop("extension", "")
        if text.isdigit() and str(int(text)) == text:
            phone["extension"] = int(text)
        elif text:
            phone["description"] = f"{phone.get('description', '')} ext. {text}".strip()
            self.left_out["extensions that are not plain numbers, kept in the description"] += 1


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _need(service_id: UUID, code: str) -> Row:
    """A need domain as an attribute of the service, under the vocabulary that it comes from."""
    domain = NeedDomain(code)
    return {
        "id": str(named_id("attribute", str(service_id), code)),
        "link_id": str(service_id),
        "link_entity": "service",
        "link_type": "need",
        "taxonomy_term": {
            "id": str(named_id("need-domain", code)),
            "code": code,
            "name": NAMES[domain],
            "description": NAMES[domain],
            "taxonomy": domain.system,
        },
    }
