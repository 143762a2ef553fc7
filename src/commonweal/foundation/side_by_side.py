"""Working on parts of something large in processes of their own, each with a connection of its own.

Python computes on one core at a time; what is worked out from a hundred thousand rows should use them all.
The processes are forked, so that nothing need be sent; they inherit no door to the database that they would
use, and end by themselves when whoever began them is gone.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO, NoReturn, TypeVar

from django.db import connections

Part = TypeVar("Part")
Work = Callable[[Part], Iterator[int]]
"""Does a part, and tells with each number how much more of it is done."""


def side_by_side(work: "Work[Part]", parts: Sequence[Part], processes: int) -> Iterator[int]:
    """Have every part done; yields what the parts tell. Raises RuntimeError where one failed.

    Where forking is no custom, one part is done after the other in this process.
    """
    if sys.platform != "linux" or processes < 2 or len(parts) < 2:
        for part in parts:
            yield from work(part)
        return
    from_them, to_us = os.pipe()
    began = [
        _begin(work, parts[nth::processes], from_them, to_us) for nth in range(min(processes, len(parts)))
    ]
    os.close(to_us)
    problems: list[str] = []
    try:
        with os.fdopen(from_them, "rb") as told:
            for line in told:
                if line.startswith(b"!"):
                    problems.append(line[1:].decode(errors="replace").strip())
                else:
                    yield int(line)
    finally:
        failed = [_end(process, kill=bool(problems)) for process in began]
    if problems or any(failed):
        raise RuntimeError(problems[0] if problems else "a process that worked on a part ended early")


def _begin(work: "Work[Part]", parts: Sequence[Part], from_them: int, to_us: int) -> int:
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(from_them)
        _work_and_end(work, parts, to_us, parent)
    return child


def _end(process: int, *, kill: bool) -> bool:
    """Whether it failed."""
    if kill:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return os.waitpid(process, 0)[1] != 0


def _work_and_end(work: "Work[Part]", parts: Sequence[Part], to_us: int, parent: int) -> NoReturn:
    """The life of a process. Nothing that it inherited is tidied up: it all belongs to who forked it."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.freeze()
        gc.disable()  # it ends soon, and rows make no cycles
        with os.fdopen(to_us, "wb", buffering=0) as told:
            _open_own_doors()
            code = _work(work, parts, told, parent)
    finally:
        os._exit(code)


def _work(work: "Work[Part]", parts: Sequence[Part], told: BinaryIO, parent: int) -> int:
    try:
        for part in parts:
            for done in work(part):
                if os.getppid() != parent:
                    return 1
                told.write(b"%d\n" % done)
    except Exception as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())
        told.write(f"!{words[:400]}\n".encode())  # short enough that lines of several never mix
        return 1
    return 0


_inherited: list[object] = []
"""Connections of who forked this process: kept, so that nothing ever closes them here."""


def _open_own_doors() -> None:
    for connection in connections.all(initialized_only=True):
        _inherited.append(connection.connection)
        connection.connection = None
        options = connection.settings_dict["OPTIONS"]
        connection.settings_dict["OPTIONS"] = {name: options[name] for name in options if name != "pool"}
