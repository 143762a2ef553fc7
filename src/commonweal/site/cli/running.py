"""Commands that set up, seed and serve."""

import os
import subprocess
import sys
import time
from contextlib import suppress

from commonweal.foundation.database.home import demo_home


def demo(*, port: int, fresh: bool, serve: bool) -> int:
    """The invented county: seeded on first use, then served with one-click sign-in."""
    os.environ["COMMONWEAL_DEMO"] = "1"
    os.environ["PORT"] = str(port)
    if "DATABASE_URL" not in os.environ:
        os.environ["COMMONWEAL_HOME"] = str(demo_home())
    if fresh:
        _discard()
    from commonweal.site import install
    from commonweal.site.cli.opening import open_installation

    began = time.monotonic()
    doors = open_installation()
    install.migrate(doors, _say)
    from commonweal.site.demo.seed import ensure

    ensure(_say)
    _say(f"Ready after {time.monotonic() - began:.0f} seconds")
    if not serve:
        return 0
    _say(f"Open http://localhost:{port}/demo/ and choose who you are. Ctrl+C stops everything.")
    return _serve("127.0.0.1", port, workers=2)


def serve(*, host: str, port: int, workers: int) -> int:
    """Serve a real installation. Refuses to start where demo mode and real data would meet."""
    os.environ["PORT"] = str(port)
    from commonweal.site import install
    from commonweal.site.cli.opening import open_installation

    install.migrate(open_installation(), _say)
    _refuse_mixed()
    _say(f"Serving on http://{host}:{port}/")
    return _serve(host, port, workers)


def work() -> int:
    """Run queued jobs until stopped."""
    from commonweal.site.cli.opening import open_installation

    open_installation()
    _refuse_mixed()
    from django.core.management import call_command

    call_command("procrastinate", "worker", "--concurrency", "2")
    return 0


def setup(name: str, backbone: str, admin_email: str) -> int:
    """Prepare a real installation: database, its name, the backbone and its first administrator."""
    from commonweal.site import install
    from commonweal.site.cli.opening import open_installation

    install.migrate(open_installation(), _say)
    from commonweal.site import founding

    for line in founding.found(name=name, backbone=backbone, admin_email=admin_email):
        print(line)
    return 0


def _serve(host: str, port: int, workers: int) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _let_go_of_the_database()
    jobs = subprocess.Popen([sys.executable, "-m", "commonweal", "worker"])
    try:
        Granian(
            "commonweal.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        ).serve()
    finally:
        jobs.terminate()
        with suppress(subprocess.TimeoutExpired):
            jobs.wait(10)
    return 0


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


def _discard() -> None:
    from commonweal.foundation.database import launcher
    from commonweal.foundation.database.home import home

    if "DATABASE_URL" in os.environ:
        from commonweal.kernel.errors import BadInput

        raise BadInput(
            "--fresh", "only the embedded demo can be thrown away; drop the server's database yourself"
        )
    launcher.discard(home())


def _say(words: str) -> None:
    print(f"· {words}", file=sys.stderr, flush=True)
