"""Commands that set up, seed and serve."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path

from commonweal.foundation.database.home import demo_home, home

WHO_TO_BE = (
    "Danielle Whitfield, care manager at Alder General Hospital: sends people to help",
    "Marcus Odom, Ferry Street Pantry: says yes or no, and helps",
    "Inés Valdivia, community health worker at Millrace: asks people what they need",
    "Priya Nair, Alder Commons: keeps the table, its decisions and its gaps",
    "Teresa Aguilar, a person served: sees who helps her, and stops sharing",
    "Loretta Hayes, resident member: reads the figures, and asks",
)


ALDER = "alder"


def demo(*, port: int, fresh: bool, serve: bool, charter: str = ALDER) -> int:
    """The invented county: seeded on first use, then served with one-click sign-in.

    ``charter``: one of the partnerships', for a small invented table under its rules, in a home of its own.
    """
    os.environ["COMMONWEAL_DEMO"] = "1"
    os.environ["PORT"] = str(port)
    if charter != ALDER:
        _call_it_by(charter)
    if "DATABASE_URL" not in os.environ:
        os.environ["COMMONWEAL_HOME"] = str(_demo_home(charter))
    if fresh:
        _discard()
    _say("An invented table with invented people. Nothing in it is real, and nothing leaves this machine.")
    from commonweal.site import install
    from commonweal.site.cli.opening import open_installation

    began = time.monotonic()
    doors = open_installation()
    install.migrate(doors, _say)
    from commonweal.site.demo.seed import ensure, is_done

    if not is_done() and charter == ALDER:
        _say("Filling it: people, services, two years of help. Once only, about half a minute.")
    ensure(_say, "" if charter == ALDER else charter)
    _say(f"Ready after {time.monotonic() - began:.0f} seconds")
    if not serve:
        return 0
    _tell_the_way(port) if charter == ALDER else _tell_of_the_table(port)
    return _serve("127.0.0.1", port, workers=2)


def _demo_home(charter: str) -> Path:
    """Where a demo's data live: each charter's beside the county's."""
    if charter == ALDER:
        return demo_home()
    beside = demo_home().with_name(f"{demo_home().name}-{charter}")
    beside.mkdir(mode=0o700, parents=True, exist_ok=True)
    return beside


def _call_it_by(charter: str) -> None:
    """Let pages bear the name of the charter's table. Raises BadInput where there is no such table."""
    from commonweal.governance import charters
    from commonweal.kernel.errors import BadInput

    if charter not in charters.names():
        known = ", ".join(charters.names())
        raise BadInput("--charter", f"there is no demo of {charter}; name one of {known}")
    os.environ.setdefault("COMMONWEAL_NAME", f"{charters.charter(charter).name} (demo)")


def _tell_of_the_table(port: int) -> None:
    here = f"http://localhost:{port}"
    _say(f"Open {here}/demo/ and choose who you are; one click signs you in.")
    _say(f"The question that is open: {here}/decisions/questions/  The bylaws: {here}/decisions/bylaws/")
    _say("Ctrl-C stops everything. What you did is there next time; --fresh begins anew.")


def _tell_the_way(port: int) -> None:
    here = f"http://localhost:{port}"
    _say(f"Open {here}/demo/ and choose who you are; one click signs you in:")
    for who in WHO_TO_BE:
        _say(f"  {who}")
    _say(f"Without signing in: the directory at {here}/directory/, the figures at {here}/measures/")
    _say(f"E-mail goes to nobody: read it at {here}/demo/mail/. Text messages: {home() / 'sms.jsonl'}")
    _say("Ctrl-C stops everything. What you did is there next time; “commonweal demo --fresh” begins anew.")


def serve(*, host: str, port: int, workers: int) -> int:
    """Serve a real installation. Refuses to start where demo mode and real data would meet."""
    os.environ["PORT"] = str(port)
    from commonweal.site import install
    from commonweal.site.cli.opening import open_installation

    install.migrate(open_installation(), _say)
    _refuse_mixed()
    _say(f"Serving on http://{host}:{port}/")
    return _serve(host, port, workers)


def work(behind: str = "") -> int:
    """Run queued jobs until stopped. ``behind``: a host and port; first let the pages there answer."""
    if behind:
        _wait_for(behind)
    from commonweal.site.cli.opening import open_installation

    open_installation()
    _refuse_mixed()
    from django.core.management import call_command

    call_command("procrastinate", "worker", "--concurrency", "2")
    return 0


def setup(
    name: str, backbone: str, admin_email: str, charter: str = "", bylaws_from: str = "", language: str = ""
) -> int:
    """Prepare a real installation: database, its name, the backbone, its charter, its first administrator."""
    from commonweal.site import install
    from commonweal.site.cli.opening import open_installation

    install.migrate(open_installation(), _say)
    from commonweal.site import founding

    for line in founding.found(
        name=name,
        backbone=backbone,
        admin_email=admin_email,
        charter=charter,
        bylaws_from=bylaws_from,
        language=language,
    ):
        print(line)
    return 0


def list_charters() -> int:
    """Each charter that comes with the software: its name, whose it is, what is its own."""
    from commonweal.governance import charters

    for charter in charters.charters():
        print(f"{charter.key}\n  {charter.name}, {charter.place}\n  {charter.summary['en']}")
    return 0


def _serve(host: str, port: int, workers: int) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _let_go_of_the_database()
    here = "127.0.0.1" if ip_address(socket.gethostbyname(host)).is_unspecified else host
    command = [sys.executable, "-m", "commonweal", "worker", "--behind", f"{here}:{port}"]
    # Ctrl-C reaches a whole group of processes. It is for this one, which then ends the others: a web worker
    # that is told twice at once waits for itself for ever.
    os.register_at_fork(after_in_child=os.setpgrp)
    jobs = subprocess.Popen(command, process_group=0)  # noqa: S603  # our own program
    try:
        Granian(
            "commonweal.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=2,  # one waits, another works; each more of them only delays the others' answers
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        ).serve()
    finally:
        _end(jobs)
    return 0


def _end(jobs: "subprocess.Popen[bytes]") -> None:
    """Let the job at hand finish. A worker that was only just starting may miss the first word."""
    for patience in (2, 8):
        jobs.terminate()
        with suppress(subprocess.TimeoutExpired):
            jobs.wait(patience)
            return
    jobs.kill()  # a job is safe to run twice
    jobs.wait()


def _wait_for(behind: str) -> None:
    """Whoever opens a page comes first: two programs that start at once on two cores slow each other."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        door = HTTPConnection(behind, timeout=5)
        with suppress(OSError, HTTPException):
            door.request("HEAD", "/healthz")
            door.getresponse()
            return
        door.close()
        time.sleep(0.1)


def _let_go_of_the_database() -> None:
    """Workers are forked: a connection opened before would be one socket in several processes.

    One request would then read another's answer, in another's signed context.
    """
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _refuse_mixed() -> None:
    from commonweal.foundation.accounts import installation

    installation.refuse_mixed()


_OF_THE_DEMO = ("demo-seeded", "audit", "mail", "sms.jsonl")
"""What lies in a demo's home beside its database and tells of it: it would not be true of the next one."""


def _discard() -> None:
    """Throw the demo's data away, so that the next start seeds it."""
    from commonweal.foundation.database import launcher

    if "DATABASE_URL" in os.environ:
        from commonweal.kernel.errors import BadInput

        raise BadInput(
            "--fresh", "only the embedded demo can be thrown away; drop the server's database yourself"
        )
    launcher.discard(home())
    for name in _OF_THE_DEMO:
        left = home() / name
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)


def _say(words: str) -> None:
    print(f"· {words}", file=sys.stderr, flush=True)
