"""The pace of asking in this installation: the shipped file, or the one it names."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from commonweal.directory import rules
from commonweal.directory.rules.asking import Pace, read_pace


def pace() -> Pace:
    """As the file says; an installation may name another (``COMMONWEAL_ASKING``)."""
    shipped = Path(rules.__file__).parent / "data" / "asking.toml"
    return _read(Path(settings.DIRECTORY_ASKING or shipped))


@lru_cache(maxsize=4)
def _read(file: Path) -> Pace:
    return read_pace(file.read_text(encoding="utf-8"))
