"""The ``commonweal`` command. Exit 0 all well; 3 some input quarantined; 2 unusable input; 1 our fault."""

import argparse
import signal
import sys
from collections.abc import Sequence

from commonweal import __version__
from commonweal.kernel.errors import BadInput, CommonwealError
from commonweal.site.cli import commands


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that leases end and servers stop
    asked = _parser().parse_args(argv)
    try:
        code = asked.run(asked)
    except BadInput as bad:
        print(f"commonweal: {bad}", file=sys.stderr)
        code = 2
    except CommonwealError as error:
        print(f"commonweal: {error}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="commonweal",
        description="The operating platform of a community-health collaborative.",
        epilog="DATABASE_URL names a PostgreSQL server; without it an embedded one runs in COMMONWEAL_HOME.",
    )
    parser.add_argument("--version", action="version", version=f"commonweal {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="command", title="commands")
    commands.add_all(verbs)
    return parser
