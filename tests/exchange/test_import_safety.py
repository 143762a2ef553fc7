"""Files from outside: hostile, broken or huge, they end in a clean report (SECURITY I04 I06 I08 I11–I13)."""

import contextlib
import csv
import io
import os
import time
from pathlib import Path
from queue import SimpleQueue

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.errors import BadInput

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")
SERVICES = ["id", "organization_id", "name", "description", "minimum_age", "url", "email", "status"]


def _read(folder: Path):
    """Read a delivery without a database: blocks, held rows and what was counted."""
    from commonweal.exchange.hsds import delivery, messages, reading
    from commonweal.exchange.hsds.records import Held, Preparer

    (found,) = delivery.find([folder], "fuzz")
    out: SimpleQueue = SimpleQueue()
    one = reading.Reading(found, Preparer("fuzz", messages.Blocks(out)), out)  # type: ignore[arg-type]
    one.run()
    told = []
    while not out.empty():
        told.append(out.get())
    failed = [m.error for m in told if isinstance(m, messages.Failed)]
    held = [m for m in told if isinstance(m, Held)]
    blocks = [m for m in told if isinstance(m, messages.Block)]
    return one, blocks, held, failed


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "＝HYPERLINK(1)",
        '=HYPERLINK("http://x","y")',
        "a\tb",
        'said "so"',
        "line one\nline two",
        "\\N",
        "back\\slash",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_kept_as_text(bring_in, deliver, text):
    from commonweal.directory.models import Service

    folder = deliver(services=[{"id": "1", "name": "Pantry", "description": text}])
    bring_in(folder)

    with acting(KEEPER):
        assert Service.objects.get().description == ("" if text == "\\N" else text)


def test_markup_becomes_text_and_scripts_go(bring_in, deliver):
    from commonweal.directory.models import Service

    folder = deliver(
        services=[
            {
                "id": "1",
                "name": "<b>Pantry</b> &amp; more",
                "description": "<p>Food<br>daily</p><ul><li>Rice</li></ul><script>alert(1)</script>",
                "url": "javascript:alert(1)",
                "email": "x@example.org<script>",
            }
        ]
    )
    bring_in(folder)

    with acting(KEEPER):
        service = Service.objects.get()
    assert service.name == "Pantry & more"
    assert service.description == "Food\ndaily\n\n• Rice"
    assert (service.url, service.email) == ("", "")
    assert service.extra == {"unread url": "javascript:alert(1)", "unread email": "x@example.org<script>"}


def _raw(folder: Path, content: bytes, name: str = "services.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode("utf-8"),
        lambda t: b"\xef\xbb\xbf" + t.encode("utf-8"),
        lambda t: t.encode("utf-16"),
        lambda t: b"\xff\xfe" + t.encode("utf-16-le"),
        lambda t: t.encode("utf-16-le"),
        lambda t: t.encode("utf-16-be"),
        lambda t: t.encode("cp1252"),
        lambda t: t.replace(",", ";").encode("utf-8"),
        lambda t: t.replace(",", "\t").encode("utf-8"),
        lambda t: t.replace("\n", "\r\n").encode("utf-8"),
    ],
    ids=["utf8", "bom", "utf16", "le-bom", "le", "be", "cp1252", "semicolon", "tab", "crlf"],
)
def test_any_usual_encoding_and_delimiter_is_read(tmp_path, encode):
    text = "id,name,status\n1,Cafetería “Año Nuevo”,active\n2,Soup,active\n3,Bread,active\n4,Rice,active\n"

    _, blocks, held, failed = _read(_raw(tmp_path / "d", encode(text)))

    assert not failed
    assert not held
    assert "Cafetería “Año Nuevo”" in blocks[0].rows.decode()


def test_lines_of_several_encodings_in_one_file_are_read_one_by_one(tmp_path):
    mixed = "id,name\n1,Año\n".encode() + "2,Niño\n".encode("cp1252")

    _, blocks, _, _ = _read(_raw(tmp_path / "d", mixed))

    assert "Año" in blocks[0].rows.decode()
    assert "Niño" in blocks[0].rows.decode()


def test_nul_characters_do_no_harm(bring_in, tmp_path):
    folder = _raw(tmp_path / "d", b"id,name,description\n1,Pan\x00try,a\x00b\n2,,\x00\n")

    report = bring_in(folder)

    assert report.of("service").created == 1
    assert report.of("service").quarantined + report.of("service").blank == 1


def test_a_monstrous_line_is_skipped_and_said(tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    with (folder / "services.csv").open("wb") as file:
        file.write(b"id,name\n1,Pantry\n2,")
        file.write(b"x" * 30_000_000)
        file.write(b"\n3,Soup\n")

    one, blocks, held, failed = _read(folder)

    assert not failed
    assert one.read["service"] == 3
    assert [h.faults[0].reason for h in held] == ["line-too-long"]
    assert blocks[0].rows.count(b"\n") == 2


def test_a_quote_that_never_closes_costs_no_memory_and_no_crash(tmp_path):
    rows = "".join(f"{n},name {n}\n" for n in range(300_000))
    folder = _raw(tmp_path / "d", f'id,name\n1,"never closed\n{rows}'.encode())

    _, _, held, failed = _read(folder)

    assert not failed
    assert held[0].faults[0].reason == "broken-quotes"


def test_ten_thousand_columns_are_refused(tmp_path):
    header = ",".join(["id", "name", *(f"c{n}" for n in range(10_000))])

    with pytest.raises(BadInput, match="columns"):
        _read(_raw(tmp_path / "d", f"{header}\n1,Pantry\n".encode()))


def test_a_row_of_ten_thousand_cells_waits(tmp_path):
    wide = ",".join(["2", "Soup", *(["x"] * 10_000)])

    _, _, held, failed = _read(_raw(tmp_path / "d", f"id,name\n1,Pantry\n{wide}\n".encode()))

    assert not failed
    assert held[0].faults[0].reason == "too-large"


def test_a_slipped_row_waits_whole_and_empty_cells_at_its_end_do_not_matter(tmp_path):
    content = "id,name,status\n1,Pantry,active\n2,Soup, and bread,active\n3,Rice,active,,\n"

    _, blocks, held, _ = _read(_raw(tmp_path / "d", content.encode()))

    assert [h.faults[0].reason for h in held] == ["ragged"]
    assert held[0].cells == {"id": "2", "name": "Soup", "status": "and bread", "cell 4": "active"}
    assert blocks[0].rows.count(b"\n") == 2


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.csv",
        "/etc/services.csv",
        "C:\\services.csv",
        "CON.csv",
        "a" * 300 + ".csv",
        "\u202esv.c",
    ],
)
def test_a_name_is_shown_clean_and_never_followed(name):
    from commonweal.exchange.hsds.cells import printable

    shown = printable(name)

    assert "/" not in shown
    assert "\\" not in shown
    assert "\u202e" not in shown
    assert len(shown) <= 120


def test_a_data_package_cannot_name_files_outside_of_it(tmp_path):
    from commonweal.exchange.hsds import delivery

    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "services.csv").write_text("id,name\n1,Elsewhere\n")
    package = tmp_path / "a"
    package.mkdir()
    paths = ["../ab/services.csv", str(tmp_path / "ab" / "services.csv"), "\x00", "x" * 900, "services.csv"]
    resources = ",".join('{"name":"service","path":%s}' % __import__("json").dumps(p) for p in paths)  # noqa: UP031
    (package / "datapackage.json").write_text('{"resources":[' + resources + "]}")
    (package / "services.csv").write_text("id,name\n1,Here\n")

    (found,) = delivery.find([package])

    assert [file.path for file in found.files] == [package / "services.csv"]


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    from commonweal.exchange.hsds import delivery

    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "services.csv").write_text("id,name\n1,Secret\n")
    folder = tmp_path / "d"
    folder.mkdir()
    os.symlink(outside / "services.csv", folder / "services.csv")
    os.symlink(outside, folder / "inner")

    with pytest.raises(BadInput):
        delivery.find([folder])


BOMBS = {
    "digits": "9" * 100_000,
    "exponent": "1e999999999",
    "dots": "1" + ".1" * 50_000,
    "spaces": " " * 100_000 + "x",
    "a-at": "a@" * 50_000,
    "ext": "5" + " x" * 50_000,
    "weekdays": "Monday, " * 20_000,
    "tags": "<" * 100_000,
    "entities": "&amp;" * 50_000,
    "markers": "###" * 50_000,
    "minus": "-" * 100_000,
    "url": "http://" + "a." * 50_000,
    "colons": "1:" * 50_000,
    "newlines": "\n \n" * 50_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_cell_takes_long_whatever_is_in_it(name):
    from commonweal.exchange.hsds import cells, hours, phones, tongues
    from commonweal.exchange.hsds.dialects import FIELDS
    from commonweal.exchange.hsds.faults import Unreadable

    readers = {spec.read for fields in FIELDS.values() for spec in fields.values()}
    readers |= {hours.clock, hours.days, phones.number, tongues.code_of, cells.uuid_or_none}  # type: ignore[arg-type]
    for read in readers:
        began = time.process_time()
        with contextlib.suppress(Unreadable):
            read(BOMBS[name])
        assert time.process_time() - began < 0.5, read


_CELL = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "1", "11", "=1", "\x00", "\\", '"', "null", "NULL", "nan", "1,2", "9:00AM", "Monday",
         "1/1/1", "2026-13-40", "-1", "1e9", "<b>", "﻿", "\u2028", "true", "{a,b}", "a;b"]
    ),
)  # fmt: skip
_TABLES = st.sampled_from(
    ["services", "organizations", "locations", "phones", "schedules", "languages", "addresses", "contacts",
     "attributes", "services_at_location", "service_areas", "metadata", "cost_options", "taxonomy_terms",
     "holiday_schedules", "postal_addresses", "service_capacity"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=_TABLES, rows=st.lists(st.lists(_CELL, max_size=14), max_size=12), data=st.data())
def test_fuzzed_tables_end_in_a_clean_account(tmp_path_factory, table, rows, data):
    from commonweal.directory.shapes_intake import LAYOUTS
    from commonweal.exchange.hsds.dialects import FIELDS, TABLES

    kind = TABLES[table].type
    names = ["id", *LAYOUTS[kind].parents, *(spec.names[0] for spec in FIELDS[kind].values())]
    header = data.draw(st.permutations(names))
    buffer = io.StringIO()
    csv.writer(buffer).writerows([header, *rows])
    folder = _raw(
        tmp_path_factory.mktemp("fuzz"), buffer.getvalue().encode("utf-8", "replace"), f"{table}.csv"
    )

    one, blocks, held, failed = _read(folder)

    assert not failed
    assert not [h for h in held if h.faults[0].reason == "unexpected"], [h.faults[0] for h in held]
    staged = {
        (line.split(b"\t")[3], line.split(b"\t")[4]) for block in blocks for line in block.rows.splitlines()
    }
    told = sum(one.read.values())
    assert told == len(
        staged | {(str(h.origin.file).encode(), str(h.origin.row).encode()) for h in held}
    ) + sum(one.preparer.blank.values())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=3000))
def test_fuzzed_bytes_never_crash_a_reading(tmp_path_factory, content):
    for name in ("services.csv", "services.json", "services.ndjson", "datapackage.json"):
        folder = _raw(tmp_path_factory.mktemp("bytes"), content, name)
        try:
            _, _, _, failed = _read(folder)
        except BadInput:
            continue
        assert all(isinstance(error, BadInput) for error in failed), failed


_HEADERS = {
    "languages": ("id", "service_id", "name", "note"),
    "schedules": ("id", "service_id", "weekday", "opens_at"),
    "services_at_location": ("id", "service_id", "location_id", "description"),
    "attributes": ("id", "link_id", "link_entity", "value"),
    "required_documents": ("id", "service_id", "document", "x_note"),
}
_SEVERAL = st.sampled_from(["00000000-0000-4000-8000-000000000001", "a", "", "a,b", "0"])


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    table=st.sampled_from(sorted(_HEADERS)),
    rows=st.lists(st.tuples(_SEVERAL, st.sampled_from(["service", "x", "Monday", ""]), _CELL), max_size=30),
)
def test_a_row_read_before_gives_what_reading_it_anew_gives(tmp_path_factory, table, rows):
    """The shortcut for rows that say again what another said must not change what is staged."""
    from commonweal.exchange.hsds.plans import plan

    buffer = io.StringIO()
    body = [(f"00000000-0000-4000-8000-{n:012d}", *row) for n, row in enumerate(rows)]
    csv.writer(buffer).writerows([_HEADERS[table], *body])
    content = buffer.getvalue().encode("utf-8", "replace")
    folder = _raw(tmp_path_factory.mktemp("same"), content, f"{table}.csv")

    _, short, held, _ = _read(folder)
    kept, plan.MOST_TOLD = plan.MOST_TOLD, 0
    try:
        _, long, held_anew, _ = _read(folder)
    finally:
        plan.MOST_TOLD = kept

    assert _lines(short) == _lines(long)
    assert held == held_anew


_SMOOTH = {
    "organizations": ("id", "name", "email", "funding_sources", "x_note"),
    "services": (
        "id",
        "organization_id",
        "name",
        "description",
        "status",
        "minimum_age",
        "maximum_age",
        "url",
    ),
    "locations": ("id", "organization_id", "name", "latitude", "longitude", "location_type", "is_private"),
    "addresses": ("id", "location_id", "address_1", "address_2", "city", "address_type", "x_note"),
    "phones": ("id", "service_id", "number", "extension", "language", "department", "description"),
}
_OWN = st.sampled_from(
    [
        "00000000-0000-4000-8000-000000000002",
        "00000000-0000-4000-8000-00000000000A",
        "7",
        "",
        " 8 ",
        "9,10",
        "0",
    ]
)
_WORDS = (
    ("", "Food box", " Food", "N/A", "0", "17", "200", "-95.2", "physical", "yes", "555-0100 x4"),
    ("a  b", "<b>x</b>", "confidential", "*Required*", "closed", "back\\slash", "a@example.org"),
    ("https://example.org/a", "javascript:x", "\ttab", "two\nlines", "Bücher", "\u202edirection"),
    ("no address published", "1-800-FOOD", "!-hsds-required-!", "120", "virtual"),
)
_PLAIN = st.sampled_from([word for words in _WORDS for word in words])


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=st.sampled_from(sorted(_SMOOTH)), data=st.data())
def test_rows_prepared_together_become_what_they_become_one_by_one(tmp_path_factory, table, data):
    """The way for plain rows, column by column, must not change what is staged or held."""
    from commonweal.exchange.hsds.plans import SMOOTHERS

    header = _SMOOTH[table]
    cell = st.one_of(_PLAIN, _CELL)
    row = st.tuples(_OWN, _SEVERAL, *[cell] * (len(header) - 2))
    body = data.draw(st.lists(row, min_size=1, max_size=12))
    buffer = io.StringIO()
    csv.writer(buffer).writerows([header, *body])
    folder = _raw(
        tmp_path_factory.mktemp("together"), buffer.getvalue().encode("utf-8", "replace"), f"{table}.csv"
    )

    one, together, held, _ = _read(folder)
    kept = dict(SMOOTHERS)
    SMOOTHERS.clear()
    try:
        other, alone, held_alone, _ = _read(folder)
    finally:
        SMOOTHERS.update(kept)

    assert _lines(together) == _lines(alone)
    assert held == held_alone
    assert (one.read, one.preparer.blank, one.preparer.organization_of, one.preparer.seen) == (
        other.read,
        other.preparer.blank,
        other.preparer.organization_of,
        other.preparer.seen,
    )


def _lines(blocks) -> list[bytes]:
    """What was staged, whatever the order: that of the rows is told by their numbers."""
    return sorted(line for block in blocks for line in block.rows.splitlines(keepends=True))


def test_the_same_file_in_two_windows_comes_in_once(bring_in, deliver):
    folder = deliver(services=[{"id": "1", "name": "Pantry"}])
    first, second = bring_in(folder), bring_in(folder)

    assert (first.created, second.created, second.unchanged) == (1, 0, 1)


def test_a_report_stays_small_however_much_is_wrong(bring_in, tmp_path):
    import json

    bad = "".join(f"{n},,{'x' * 500}\n" for n in range(3000))
    folder = _raw(tmp_path / "d", f"id,name,description\n{bad}".encode())

    report = bring_in(folder)

    assert report.quarantined == 3000
    assert len(json.dumps(report.as_json())) < 50_000


def test_an_error_in_the_database_half_way_leaves_nothing_half_live(bring_in, deliver, monkeypatch):
    from commonweal.directory.actions.intake import session
    from commonweal.directory.models import Organization

    folder = deliver(organizations=[{"id": "1", "name": "Pantry"}], services=[{"id": "1", "name": "Food"}])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(session.domains, "derive", full)
    with pytest.raises(OSError, match="No space"):
        bring_in(folder)
    with acting(KEEPER):
        assert not Organization.objects.exists()


def test_a_row_that_only_the_database_refuses_is_found_and_held(bring_in, deliver, monkeypatch):
    from commonweal.exchange.hsds import command, dialects

    services = [{"id": str(n), "name": f"Service {n}"} for n in range(50)]
    services[17]["assured_date"] = "2026-02-30"
    fields = dict(dialects.FIELDS[dialects.T.SERVICE])
    fields["assured_date"] = dialects.Field(("assured_date",), str)
    monkeypatch.setitem(dialects.FIELDS, dialects.T.SERVICE, fields)

    report = bring_in(deliver(services=services))

    assert report.of("service").created == 49
    (row,) = command.waiting()
    assert (row.record_id, row.faults[0]["reason"]) == ("17", "unexpected")
