"""Which canary stands in which row, and who may see that row: from the reference and the county's own facts.

No page and no policy is asked: what may be seen follows from who holds the row, what the person said and the
table of SECURITY §2.5 (``reference``).
"""

import base64
import binascii
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from uuid import UUID

from django.db import connection
from tests.security import reference
from tests.security.county import BORN, CANARY, PHONE, WITHOUT_TERMS, County
from tests.security.probe import doors_of_run

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Purpose, Role

READERS = (
    (Role.COORDINATOR, Purpose.COORD),
    (Role.CASE_WORKER, Purpose.TREAT),
    (Role.CLINICIAN, Purpose.TREAT),
    (Role.PRIVACY_OFFICER, Purpose.AUD),
)
"""As whom a partner reads all that it holds."""
ALSO = ("people_person", "access_glass", "accounts_account")

_WORD = re.compile(r"z[qt](?:alder|mill|harbor|own)[a-z0-9]*")
_PHONE = re.compile(r"555\D{0,3}(015[1-4])(?!\d)")
_YEAR = re.compile(r"(?<!\d)9?(190[1-4])(?!\d)")
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_PACKED = re.compile(r"[A-Za-z0-9_-]{48,}")


@dataclass(frozen=True)
class Source:
    """A row that a canary stands in."""

    table: str
    person: UUID
    holder: UUID
    data_class: str
    segment: str
    account: UUID | None = None


@dataclass(frozen=True)
class Who:
    """One who asks: a role at a partner, a person, or nobody (``slug`` empty)."""

    role: Role
    slug: str = ""
    by_link: bool = False

    def __str__(self) -> str:
        return f"{self.role} of {self.slug or 'nobody'}{' by link' if self.by_link else ''}"


def marks_in(text: str) -> set[str]:
    """Every canary in a text, however it is written: words, years of birth, telephones, ids."""
    plain = unquote(html.unescape(text))
    plain = f"{plain} {' '.join(_unpacked(plain))}".casefold()
    return (
        set(_WORD.findall(plain))
        | {f"phone {found}" for found in _PHONE.findall(plain)}
        | {f"born {found}" for found in _YEAR.findall(plain)}
        | {str(UUID(found)) for found in _UUID.findall(plain)}
    )


def _unpacked(text: str) -> Iterator[str]:
    """What stands in base64, as keys of lists do."""
    for packed in set(_PACKED.findall(text)):
        try:
            yield base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            continue


class Canaries:
    """The rows about persons of a county, their canaries, and who may see them."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.slugs = {partner: slug for slug, partner in county.table.ids.items()}
        self.rows = _rows(county)
        self.marks: dict[str, set[Source]] = defaultdict(set)
        origins = {UUID(r["id"]): UUID(r["origin_id"]) for r in self.rows["people_person"]}
        for table, rows in self.rows.items():
            for row in rows:
                source = _source(table, row, origins)
                if source is None:
                    continue
                for mark in marks_in(_words(row)) | ({row["id"]} if isinstance(row["id"], str) else set()):
                    self.marks[mark].add(source)

    def hidden_from(self, who: Who, purposes: Iterable[str], text: str, sent: str = "") -> dict[str, str]:
        """The canaries in ``text`` that ``who`` may not see for any of ``purposes``, with a row of each."""
        reasons = tuple(purposes)
        return {
            mark: str(self._of(mark))
            for mark in marks_in(text) - marks_in(sent)
            if not self._may_see_mark(who, reasons, mark)
        }

    def _of(self, mark: str) -> object:
        return next(iter(self.marks.get(mark, ())), "no row")

    def _may_see_mark(self, who: Who, purposes: tuple[str, ...], mark: str) -> bool:
        if mark.startswith("zt"):
            return self._may_hear(who, mark)
        if mark not in self.marks:
            # An id of something that is about nobody; a piece of a canary is a canary.
            return not mark.startswith("zq") or self._is_own_piece(who, mark)
        return any(self.may_see(who, source, p) for source in self.marks[mark] for p in purposes)

    def _may_hear(self, who: Who, mark: str) -> bool:
        """What the table said (``at_table``); a piece of a canary, where some of that beginning may be."""
        said = {word.casefold(): sees for word, sees in self.county.said.items()}
        known = [word for word in said if mark.startswith(word)]
        if known:
            return said[max(known, key=len)](who)
        return any(sees(who) for word, sees in said.items() if word.startswith(mark))

    def _is_own_piece(self, who: Who, mark: str) -> bool:
        whole = [sources for known, sources in self.marks.items() if known.startswith(mark)]
        return bool(whole) and all(self.slugs[s.holder] == who.slug for sources in whole for s in sources)

    def may_see(self, who: Who, source: Source, purpose: str) -> bool:
        """Whether the design lets ``who`` see this row for ``purpose``."""
        if source.table == "accounts_account" and who.role is Role.RESIDENT and not who.by_link:
            # Their own name stands in the frame of every page, for whatever purpose the page is read.
            return self.county.persons.get(who.slug) == source.person
        if source.table == "access_glass":
            return self._may_see_glass(who, source)
        return reference.allows(self.cell(who, source, purpose))

    def cell(self, who: Who, source: Source, purpose: str) -> reference.Cell:
        """The cell of §2.5 that ``who`` stands in toward this row."""
        county, person = self.county, source.person
        holder, mine = self.slugs[source.holder], who.slug
        is_self = who.role is Role.RESIDENT and county.persons.get(mine) == person
        if is_self:
            relation, state = "self", "S1"
        elif who.role is not Role.RESIDENT and mine == holder:
            relation, state = "own", "S0"
        else:
            relation, state = (
                "shared",
                "S1" if county.said_yes(person, holder, mine, source.segment) else "S0",
            )
        if relation == "shared" and purpose != Purpose.COORD:
            state = "S0"  # what everybody here said yes to is coordination
        if not is_self and (person, mine) in county.restricted:
            state = "S5"
        if self._glass_is_broken(who, source, purpose):
            relation = "glass"
        return reference.Cell(
            role=who.role.value,
            purpose=purpose,
            data_class=source.data_class,
            state=state,
            relation=relation,
            assigned=(person, mine) in county.assigned and who.role is Role.CASE_WORKER,
            named=state == "S1",
            case=False,
        )

    def _glass_is_broken(self, who: Who, source: Source, purpose: str) -> bool:
        """DOMAIN 2.8: not over a victim service provider's rows, nor over danger at home."""
        return (
            purpose == Purpose.EMERG
            and who.role is Role.CLINICIAN
            and (source.person, who.slug) in self.county.broken
            and self.slugs[source.holder] != WITHOUT_TERMS
            and source.segment not in ("domestic-violence", "psychotherapy")
        )

    def _may_see_glass(self, who: Who, source: Source) -> bool:
        if who.role is Role.RESIDENT:
            return self.county.persons.get(who.slug) == source.person
        here = self.slugs[source.holder] == who.slug
        return here and who.role in (Role.PRIVACY_OFFICER, Role.CLINICIAN)

    def ids_of(self, table: str, slug: str) -> list[dict[str, object]]:
        """The rows of a table that a partner holds, first the general ones."""
        holder = str(self.county.table[slug])
        column = {"people_person": "origin_id", "access_glass": "partner_id"}.get(table, "holder_id")
        found = [row for row in self.rows[table] if row.get(column) == holder]
        return sorted(
            found, key=lambda r: (r.get("segment", "general") != "general", str(r.get("recorded_at")))
        )


def tables() -> list[str]:
    """Every table of rows about persons that ``protect`` keeps."""
    with doors_of_run().connect(as_owner=True) as owner:
        found = owner.execute("select table_name from guard.protected where table_name not like 'probe%'")
        return sorted(name for (name,) in found.fetchall())


def _rows(county: County) -> dict[str, list[dict[str, object]]]:
    """All rows about persons, each read as one that holds it."""
    found: dict[str, dict[str, dict[str, object]]] = defaultdict(dict)
    names = [*tables(), *ALSO]
    for slug in county.table.ids:
        for role, purpose in READERS:
            with acting(county.actor(slug, role, purpose)), connection.cursor() as cursor:
                for table in names:
                    cursor.execute(f"select to_jsonb(t)::text from {table} t")
                    for (text,) in cursor.fetchall():
                        row = json.loads(text)
                        found[table][row["id"]] = row
    return {table: list(found[table].values()) for table in names}


def everything_written(canaries: Canaries) -> dict[tuple[str, str], bool]:
    """Each column of words of the tables about persons, and whether a canary stands in it anywhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns where table_name = any(%s)"
            " and data_type in ('text', 'character varying', 'jsonb')",
            [tables()],
        )
        columns = cursor.fetchall()
    return {
        (table, column): any(marks_in(str(row.get(column))) for row in canaries.rows[table])
        for table, column in columns
    }


def _words(row: dict[str, object]) -> str:
    return " ".join(_values(row))


def _values(row: dict[str, object]) -> Iterator[str]:
    """The words of a row. Its ids are known by the rows that they are ids of."""
    for name, value in row.items():
        if value is not None and name != "id" and not name.endswith(("_id", "_by", "_at")):
            yield _UUID.sub("", json.dumps(value, ensure_ascii=False))


def _source(table: str, row: dict[str, object], origins: dict[UUID, UUID]) -> Source | None:
    if table == "people_person":
        return Source(table, UUID(str(row["id"])), UUID(str(row["origin_id"])), "D2", "general")
    if row.get("person_id") is None:
        return None
    person = UUID(str(row["person_id"]))
    if table == "access_glass":
        holder, account = UUID(str(row["partner_id"])), UUID(str(row["account_id"]))
        return Source(table, person, holder, "", "", account)
    if table == "accounts_account":
        return Source(table, person, origins[person], "D2", "general")
    holder = UUID(str(row["holder_id"]))
    return Source(table, person, holder, str(row["data_class"]), str(row["segment"]))


def victims_words(slug: str) -> tuple[str, int, str]:
    """The canary of a victim, the year of birth and the end of the telephone number of its person."""
    return CANARY[slug], BORN[CANARY[slug]], PHONE[CANARY[slug]]
