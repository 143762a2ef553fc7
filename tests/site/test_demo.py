"""The demo as a newcomer meets it, from the wheel alone; and migrations the quick way and Django's own."""

import http.client
import os
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from commonweal.foundation.database.opening import create_database, doors_from_environment, see_to_database

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "commonweal"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built as whoever publishes it would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    alone = ["--no-build-isolation"] if find_spec("hatchling") else []
    subprocess.run([*build, *alone], check=True, timeout=300)
    (found,) = folder.glob("commonweal-*.whl")
    return found


def test_the_wheel_holds_all_that_is_not_code(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    kept = {
        str(file.relative_to(PACKAGE.parent))
        for file in PACKAGE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert kept - inside == set()
    kinds = {Path(name).suffix for name in kept}
    assert {".html", ".mo", ".sql", ".css", ".js", ".toml"} <= kinds
    assert not [name for name in inside if name.startswith(("tests/", "docs/", "benchmarks/"))]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel in it; what it depends on is lent by ours."""
    place = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python")]
    subprocess.run([*pip, "install", "-q", "--no-deps", str(wheel)], check=True, timeout=120)
    return place


class Demo:
    """``commonweal demo`` of an environment, as a process of its own."""

    port = 18_731

    def __init__(self, environment: Path, home: Path) -> None:
        borrowed = sysconfig.get_path("purelib")  # a path, whose .pth files are not read: not our own sources
        dropped = ("DATABASE_URL", "COMMONWEAL_DB", "DJANGO_SETTINGS_MODULE")
        self.environment = {k: v for k, v in os.environ.items() if k not in dropped} | {
            "PYTHONPATH": borrowed,
            "COMMONWEAL_HOME": str(home),
            "COMMONWEAL_DEMO_PEOPLE": "150",
        }
        self.command = [str(environment / "bin" / "commonweal"), "demo", "--port", str(self.port)]
        self.cwd = home.parent

    def start(self) -> float:
        """Start it; seconds until it answers."""
        began = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=self.environment, cwd=self.cwd, stderr=subprocess.PIPE, start_new_session=True
        )
        while time.monotonic() - began < 120:
            if self.process.poll() is not None:
                pytest.fail(self.process.stderr.read().decode() if self.process.stderr else "it ended")
            try:
                if self.get("/healthz")[0] == 200:
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.1)
        raise TimeoutError

    def get(self, path: str, language: str = "en") -> tuple[int, str]:
        """Status and text of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Accept-Language": language, "Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C, as a terminal sends it: to all its processes. The code and what was said."""
        os.killpg(self.process.pid, signal.SIGINT)
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said.decode()


@pytest.fixture
def demo(installed: Path, tmp_path: Path) -> Iterator[Demo]:
    one = Demo(installed, tmp_path / "home")
    yield one
    if one.process.poll() is None:
        one.process.terminate()
        one.process.wait(30)


def test_a_newcomer_starts_the_wheel_twice_and_stops_it(demo: Demo) -> None:
    demo.start()
    status, page = demo.get("/demo/")
    assert status == 200
    assert "Danielle Whitfield" in page
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert demo.get(style)[0] == 200
    assert 'lang="es"' in demo.get("/directory/", "es")[1]
    assert demo.get("/measures/")[0] == 200
    code, said = demo.interrupt()
    assert code in (0, 130)
    assert f"http://localhost:{demo.port}/demo/" in said
    assert "/demo/mail/" in said
    assert "Traceback" not in said
    assert "pool" not in said, "no part outlives the database that it needs"
    assert demo.start() < 20  # a few seconds on a quiet machine; other tests run beside this one
    assert "Danielle Whitfield" in demo.get("/demo/")[1]
    code, said = demo.interrupt()
    assert (code in (0, 130), "Filling it" in said) == (True, False)


SCHEMA = """
select 'column', c.oid::regclass::text, a.attname, concat_ws(' ', a.attnum,
  format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
  a.attidentity, c.relrowsecurity, c.relforcerowsecurity)
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relnamespace in ('public'::regnamespace, 'guard'::regnamespace) and c.relkind in ('r', 'v', 'm', 'S')
union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
where connamespace in ('public'::regnamespace, 'guard'::regnamespace)
union all select 'index', tablename, indexname, indexdef from pg_indexes
where schemaname in ('public', 'guard')
union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger
where not tgisinternal
union all select 'function', oid::regprocedure::text, prosecdef::text, md5(prosrc) from pg_proc
where pronamespace in ('public'::regnamespace, 'guard'::regnamespace)
union all select 'policy', tablename, policyname, concat_ws(' ', cmd, qual, with_check) from pg_policies
union all select 'migration', app, name, '' from django_migrations
union all select 'content type', app_label, model, '' from django_content_type
order by 1, 2, 3, 4
"""


def test_the_quick_way_to_migrate_ends_where_djangos_does(django_db_blocker) -> None:
    from django.core.management import call_command

    from commonweal.site import install, migrating

    doors = doors_from_environment()
    assert doors is not None
    found = []
    with django_db_blocker.unblock(), doors.connect(database="postgres") as admin:
        for way in (migrating.catch_up, lambda: call_command("migrate", verbosity=0, interactive=False)):
            mine = replace(doors, name=f"{doors.name}_migrating")
            create_database(admin, mine.name, mine.owner)
            try:
                see_to_database(admin, mine)
                with install.as_owner(mine):
                    install._without_permissions()
                    way()
                with mine.connect() as connection:
                    found.append(connection.execute(SCHEMA).fetchall())
            finally:
                admin.execute(f'drop database if exists "{mine.name}" with (force)')
    assert len(found[0]) > 4000
    assert found[0] == found[1]
