"""``commonweal doctor``: what this installation runs on, and what to mend."""

import os
import platform
import shutil
from collections.abc import Iterator

from commonweal import __version__
from commonweal.foundation.database.home import home
from commonweal.foundation.database.opening import Doors


def run() -> int:
    """Print one line for each thing looked at; 1 if something must be mended."""
    faults = 0
    for good, words in _findings():
        print(f"{'ok  ' if good else 'MEND'}  {words}")
        faults += not good
    return 1 if faults else 0


def _findings() -> Iterator[tuple[bool, str]]:
    yield True, f"Commonweal {__version__}, Python {platform.python_version()}, {platform.system()}"
    mode = home().stat().st_mode & 0o777
    yield mode & 0o077 == 0, f"{home()} has mode {mode:o}" + ("" if mode & 0o077 == 0 else ": make it 700")
    free = shutil.disk_usage(home()).free / 2**30
    yield free > 2, f"{free:.0f} GiB free"
    from commonweal.site.cli.opening import open_installation

    doors = open_installation()
    with doors.connect() as connection:
        version = connection.execute("show server_version").fetchone()
        checksums = connection.execute("show data_checksums").fetchone()
        durable = connection.execute(
            "select current_setting('fsync'), current_setting('synchronous_commit')"
        ).fetchone()
    assert version is not None
    assert checksums is not None
    assert durable is not None
    major = int(str(version[0]).split(".")[0])
    yield major >= 15, f"PostgreSQL {version[0]}, " + ("embedded" if doors.embedded else f"at {doors.host}")
    yield checksums[0] == "on", f"data checksums are {checksums[0]}"
    yield durable == ("on", "on"), f"fsync is {durable[0]}, synchronous_commit is {durable[1]}"
    yield from _roles(doors)
    yield (
        bool(os.environ.get("SMTP_HOST")) or os.environ.get("COMMONWEAL_DEMO") == "1",
        ("mail goes to " + os.environ.get("SMTP_HOST", "localhost, since SMTP_HOST is not set")),
    )
    yield from letters()


def _roles(doors: Doors) -> Iterator[tuple[bool, str]]:
    with doors.connect() as connection:
        role = connection.execute(
            "select rolsuper or rolbypassrls from pg_roles where rolname = %s", [doors.app]
        ).fetchone()
        owned = connection.execute(
            "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = %s)",
            [doors.app],
        ).fetchone()
    yield role == (False,), "the application's role bypasses nothing"
    yield owned == (0,), "the application's role owns nothing"


def letters() -> Iterator[tuple[bool, str]]:
    """Messages that never arrived or wait for long, by partner; no address and no word of them."""
    from django.db import ProgrammingError

    from commonweal.foundation.access import Actor, acting
    from commonweal.foundation.access.vocabulary import Purpose, Role
    from commonweal.foundation.messages.queries import SHOWN_FOR, undelivered
    from commonweal.partners import facade as partners

    try:
        with acting(Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")):
            found = undelivered()
            names = {
                p.id: p.name for p in partners.partners([u.holder_id for u in found if u.holder_id]).values()
            }
    except ProgrammingError:
        yield False, "the database is behind this version: start the site once"
        return
    for one in found:
        whose = names.get(one.holder_id, "") if one.holder_id else ""
        kind = f"{'texts' if one.channel == 'sms' else 'mails'} of {whose or 'the platform'}"
        if one.failed:
            days = SHOWN_FOR.days
            yield False, f"{one.failed} {kind} never arrived in {days} days: mend the addresses, or call"
        if one.waiting:
            yield False, f"{one.waiting} {kind} wait since {one.oldest:%Y-%m-%d %H:%M} UTC"
    if not found:
        yield True, "every letter arrived, and none waits for long"
