"""SQL kept in files beside the code that needs it."""

from importlib import resources


def read_sql(package: str, name: str) -> str:
    """The text of ``name`` in ``package``."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")
