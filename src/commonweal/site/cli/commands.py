"""Every command: its words, its arguments, and what runs it. Heavy imports wait until a command runs."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commonweal.kernel.errors import BadInput

Verbs = Any  # argparse keeps the type of its subparsers private


def add_all(verbs: Verbs) -> None:
    """Add each command to the parser."""
    _add_running(verbs)
    _add_data(verbs)
    _add_checking(verbs)


def _add_running(verbs: Verbs) -> None:
    demo = _verb(verbs, "demo", "Show an invented county at work: seed it once, then serve it.", _demo)
    _port(demo)
    demo.add_argument("--fresh", action="store_true", help="throw the demo's data away and seed again")
    demo.add_argument(
        "--charter",
        default="alder",
        metavar="NAME",
        help="a small table under another charter, with its own data",
    )
    demo.add_argument("--no-serve", action="store_true", help="seed and stop")
    serve = _verb(verbs, "serve", "Serve an installation: web workers and a job worker.", _serve)
    _port(serve)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    serve.add_argument("--workers", type=int, default=2, help="web processes (default %(default)s)")
    worker = _verb(verbs, "worker", "Run queued jobs only, for machines beside the web servers.", _worker)
    worker.add_argument(
        "--behind", default="", metavar="HOST:PORT", help="begin once the pages there answer (at most 30 s)"
    )
    setup = _verb(verbs, "setup", "Prepare or upgrade the database, and name the collaborative once.", _setup)
    setup.add_argument("--name", default="", help="the collaborative's name")
    setup.add_argument("--admin-email", default="", help="invite the backbone's first administrator")
    setup.add_argument("--backbone", default="", help="name of the backbone organization")
    setup.add_argument(
        "--charter",
        default="",
        metavar="NAME",
        help="found its bodies and lay down its bylaws; or a .toml file",
    )
    setup.add_argument(
        "--bylaws-from", default="", metavar="DAY", help="the day they take force (default: in sixty days)"
    )
    setup.add_argument("--language", default="en", help="in which bodies are named (default %(default)s)")
    _verb(verbs, "charters", "List the charters that come with the software.", _charters)


def _add_data(verbs: Verbs) -> None:
    imports = verbs.add_parser(
        "import", help="Bring data in; what is faulty waits in quarantine, nothing is lost."
    )
    kinds = imports.add_subparsers(required=True, metavar="kind")
    hsds = _verb(
        kinds,
        "hsds",
        "A directory of services: HSDS 1.1, 2.0 or 3.x; CSV, data package or JSON.",
        _import_hsds,
    )
    hsds.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    hsds.add_argument("--dry-run", action="store_true", help="read and judge everything, keep nothing")
    hsds.add_argument("--source", help="name of the source, when it is not the folder's")
    hsds.add_argument("--json", action="store_true", help="print a machine-readable report")
    instrument = _verb(
        kinds, "instrument", "A screening as a FHIR Questionnaire (R4 JSON).", _import_instrument
    )
    instrument.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    population = _verb(
        kinds, "population", "Whom your county counts: a CSV (or .csv.gz) of shares.", _import_population
    )
    population.add_argument("path", type=Path, metavar="PATH")
    population.add_argument("--county", required=True, help="its FIPS code, or its name as the file has it")
    population.add_argument("--year", type=int, help="of the figures, where the file does not say")
    population.add_argument("--source", default="", help="whose figures they are (default: the file's name)")
    _add_exports(verbs)
    quarantine = verbs.add_parser(
        "quarantine", help="What could not go in: list it, look at it, try it again."
    )
    doing = quarantine.add_subparsers(required=True, metavar="what")
    listing = _verb(doing, "list", "One line for each waiting row.", _quarantine_list)
    listing.add_argument("--json", action="store_true")
    showing = _verb(doing, "show", "One waiting row, whole.", _quarantine_show)
    showing.add_argument("id")
    replay = _verb(
        doing, "replay", "Try waiting rows again, all or one, as they are or mended.", _quarantine_replay
    )
    replay.add_argument("id", nargs="?")
    replay.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="mend a field first"
    )
    replay.add_argument("--json", action="store_true")
    measures = verbs.add_parser("measures", help="Compute the adopted measures.")
    compute = _verb(
        measures.add_subparsers(required=True, metavar="what"), "compute", "Compute results.", _measures
    )
    compute.add_argument("--period", help="a month such as 2026-10; default: all that are due")
    compute.add_argument("--as-of", help="use what was recorded by this moment (ISO 8601)")
    compute.add_argument("--engine", default="postgresql")
    compute.add_argument("--json", action="store_true")


def _add_exports(verbs: Verbs) -> None:
    exports = verbs.add_parser("export", help="Write out what anyone may see, for others to use.")
    kinds = exports.add_subparsers(required=True, metavar="kind")
    hsds = _verb(kinds, "hsds", "The public directory as HSDS 3.1 JSON, or .ndjson.", _export_hsds)
    hsds.add_argument("path", type=Path, metavar="PATH")
    hsds.add_argument("--json", action="store_true", help="print a machine-readable report")
    measures = _verb(kinds, "measures", "The released figures, a CSV for each measure.", _export_measures)
    measures.add_argument("path", type=Path, metavar="FOLDER")


def _add_checking(verbs: Verbs) -> None:
    audit = verbs.add_parser("audit", help="Check the record of who did and read what.")
    verify = _verb(
        audit.add_subparsers(required=True, metavar="what"), "verify", "Look for tampering.", _audit_verify
    )
    verify.add_argument("--json", action="store_true")
    recount = _verb(verbs, "recount", "Count a vote again, from its published board or from here.", _recount)
    recount.add_argument("what", metavar="BOARD.json|NUMBER", help="a board, or a question’s number")
    recount.add_argument("--anchors", nargs="*", type=Path, default=[], help="lines that were kept earlier")
    recount.add_argument("--keep", type=Path, metavar="FILE", help="write out the board and the anchors")
    recount.add_argument("--json", action="store_true")
    _verb(verbs, "doctor", "Look at what this installation runs on, and say what to mend.", _doctor)


def _verb(verbs: Verbs, name: str, words: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="default %(default)s"
    )


def _demo(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import running

    return running.demo(port=asked.port, fresh=asked.fresh, serve=not asked.no_serve, charter=asked.charter)


def _serve(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import running

    return running.serve(host=asked.host, port=asked.port, workers=asked.workers)


def _worker(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import running

    return running.work(asked.behind)


def _setup(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import running

    return running.setup(
        asked.name, asked.backbone, asked.admin_email, asked.charter, asked.bylaws_from, asked.language
    )


def _charters(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import running

    return running.list_charters()


def _import_hsds(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    with opening.as_operator() as actor:
        from commonweal.exchange.hsds import command

        report = command.run(asked.paths, by=actor, dry_run=asked.dry_run, source=asked.source)
    return _say(report, asked.json)


def _export_hsds(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    with opening.as_operator() as actor:
        from commonweal.exchange.hsds import export

        report = export.write(asked.path, actor)
    return _say(report, asked.json)


def _export_measures(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    with opening.as_operator() as actor:
        from commonweal.site.cli import exporting

        for written in exporting.measures(asked.path, by=actor):
            print(f"Wrote {written}.")
    return 0


def _import_instrument(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    with opening.as_operator() as actor:
        from commonweal.screening.actions import load_instrument

        for path in asked.paths:
            load_instrument(path, by=actor)
            print(f"{path.name}: loaded")
    return 0


def _import_population(asked: argparse.Namespace) -> int:
    import csv
    import gzip

    from commonweal.site.cli import opening

    with opening.as_operator() as actor:
        from commonweal.foundation.access import acting
        from commonweal.partners import facade as partners

        opened = gzip.open if asked.path.suffix == ".gz" else open
        try:
            with opened(asked.path, "rt", encoding="utf-8-sig", newline="") as file, acting(actor):
                loaded = partners.load_figures(
                    csv.DictReader(file),
                    county=asked.county,
                    source=asked.source or asked.path.name,
                    year=asked.year,
                    by=actor,
                )
        except (OSError, UnicodeDecodeError, csv.Error) as fault:
            raise BadInput(asked.path.name, str(fault)) from fault
    print(f"{loaded} figures loaded; see who is missing on the page of the table")
    return 0


def _quarantine_list(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    with opening.as_operator():
        from commonweal.exchange.hsds import command

        return _lines(command.waiting(), asked.json)


def _quarantine_show(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    with opening.as_operator():
        from commonweal.exchange.hsds import command

        print(json.dumps(command.show(asked.id), indent=2, ensure_ascii=False, default=str))
    return 0


def _quarantine_replay(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    mended = {}
    for pair in asked.set:
        field, equals, value = pair.partition("=")
        if not equals:
            raise BadInput("--set", f"{pair!r} is not FIELD=VALUE")
        mended[field] = value
    with opening.as_operator() as actor:
        from commonweal.exchange.hsds import command

        report = command.replay(asked.id, mended=mended, by=actor)
    return _say(report, asked.json)


def _measures(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    as_of = _moment(asked.as_of) if asked.as_of else None
    with opening.installed():
        from commonweal.foundation.access import Actor
        from commonweal.foundation.access.vocabulary import Purpose, Role
        from commonweal.measures import facade

        by = Actor(Role.BACKEND_SERVICE, Purpose.OPS, name="Commonweal")
        report = facade.compute(asked.period, as_of, asked.engine, by=by)
    return _say(report, asked.json)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("--as-of", f"{text!r} is not a moment such as 2026-11-01T00:00+00:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _audit_verify(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import opening

    doors = opening.open_installation()
    from commonweal.foundation.audit import verify

    return _say(verify.run(doors), asked.json)


def _recount(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import recounting

    if asked.what.isdigit():
        return _say(recounting.from_here(int(asked.what), asked.keep), asked.json)
    return _say(recounting.from_file(Path(asked.what), asked.anchors), asked.json)


def _doctor(asked: argparse.Namespace) -> int:
    from commonweal.site.cli import doctor

    return doctor.run()


def _say(report: Any, as_json: bool) -> int:
    """Print a report and give its exit code. Reports know ``as_json()``, ``lines()`` and ``exit_code``."""
    if as_json:
        print(json.dumps(report.as_json(), indent=2, ensure_ascii=False, default=str))
    else:
        print("\n".join(report.lines()))
    return int(report.exit_code)


def _lines(rows: Any, as_json: bool) -> int:
    if as_json:
        print(json.dumps([row.as_json() for row in rows], indent=2, ensure_ascii=False, default=str))
        return 0
    count = 0
    for row in rows:
        print(row.line())
        count += 1
    if not count:
        print("Nothing waits in quarantine.", file=sys.stderr)
    return 0
