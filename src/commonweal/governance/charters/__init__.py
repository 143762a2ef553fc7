"""The charters that come with the software, and one of one's own by its path."""

from importlib.resources import files
from pathlib import Path

from commonweal.governance.rules import charter_file
from commonweal.governance.shapes_charters import Charter
from commonweal.kernel.errors import BadInput

_SHIPPED = files("commonweal.governance.charters")
ENDING = ".toml"


def names() -> list[str]:
    """The names of the charters that come with the software."""
    return sorted(f.name.removesuffix(ENDING) for f in _SHIPPED.iterdir() if f.name.endswith(ENDING))


def charters() -> list[Charter]:
    """Every charter that comes with the software, by its name."""
    return [charter(name) for name in names()]


def charter(name: str) -> Charter:
    """A charter by its name, or by a path. Raises BadInput for an unknown name or a faulty file."""
    if name in names():
        return charter_file.read((_SHIPPED / f"{name}{ENDING}").read_text("utf-8"), name, f"{name}{ENDING}")
    path = Path(name)
    if not name.endswith(ENDING):
        known = ", ".join(names())
        raise BadInput(
            "--charter",
            f"there is no charter called {name}; name one of {known}, or the path of a .toml file",
        )
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput("--charter", f"{name} can’t be read: {fault}") from fault
    return charter_file.read(text, path.stem, path.name)
