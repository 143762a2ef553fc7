"""Front doors of apps with tables: names are fetched on first use; Django loads packages before models."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazily(package: str, **rooms: str) -> Callable[[str], Any]:
    """A module ``__getattr__`` for ``package``: ``lazily(__name__, open_link="actions")``."""

    def fetch(name: str) -> Any:
        if name not in rooms:
            raise AttributeError(f"{package} offers no {name}")
        return getattr(import_module(f"{package}.{rooms[name]}"), name)

    return fetch
