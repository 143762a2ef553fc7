"""A template rendered once for each language, with slots that are filled for each request.

Django's templates are where the markup of the search lives; rendering forty of them for one page of hits
takes longer than the search. A skeleton keeps what is the same and leaves the rest open.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string

_MARK = "xqSLOT{}END"
_SLOT = re.compile(r"xqSLOT([a-z_]+)END")
Context = Callable[[], Mapping[str, object]]


class _Slots(dict[str, str]):
    """``{{ slot.name }}`` gives the mark of a slot, whatever the name."""

    def __missing__(self, name: str) -> str:
        return mark(name)


def mark(name: str) -> str:
    """What stands for a slot in the rendered template: letters only, so that no escaping touches it."""
    return _MARK.format(name)


@lru_cache(maxsize=64)
def _pieces(template: str, language: str, context: Context | None) -> tuple[list[str], list[str]]:
    """The template in the active language, cut at its slots: text and names by turns, and the names."""
    values = dict(context()) if context else {}
    request = cast("HttpRequest | None", values.pop("request", None))
    html = render_to_string(template, {"slot": _Slots(), **values}, request=request)
    pieces = _SLOT.split(html)
    return pieces, pieces[1::2]


def fill(template: str, slots: Mapping[str, str], language: str, context: Context | None = None) -> str:
    """The template with its slots filled. ``slots`` are HTML: what people wrote must be escaped before.

    ``language`` is the active one. ``context`` gives what is the same for all readers of one language.
    """
    fixed, names = _pieces(template, language, context)
    parts = list(fixed)
    parts[1::2] = [slots[name] for name in names]
    return "".join(parts)


def forget() -> None:
    """Render anew at the next request, for tests."""
    _pieces.cache_clear()
