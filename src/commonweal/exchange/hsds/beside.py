"""Reading a large delivery in a process of its own: reading computes all the time, and so does PostgreSQL.

In a thread both would wait for Python's one lock, and a machine's second core would stand idle. The reader is
forked, since a delivery that was found and a plan that was made need not be sent; it closes every door it
inherits but its own, and ends when nobody listens any more. Where forking is no custom, a thread reads.
"""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NoReturn

from commonweal.exchange.hsds.delivery import Delivery
from commonweal.exchange.hsds.messages import Blocks, Ended, Failed, Message
from commonweal.exchange.hsds.reading import Reading
from commonweal.kernel.errors import BadInput

LARGE = 4_000_000
"""Bytes of a delivery from which a process of its own is worth its start."""
_FAR = 65_536  # no door has a higher number
_TOLD = ("read", "doubles", "remarks", "records")
_OF_PREPARER = ("blank", "taken")


def is_large(delivery: Delivery) -> bool:
    """Whether a delivery is worth processes and connections of its own."""
    return delivery.size >= LARGE


def reader_of(reading: Reading) -> Callable[[], None]:
    """What a thread should run to have the delivery read; to be called in the thread of the transaction."""
    if not is_large(reading.delivery) or sys.platform != "linux":
        return reading.run
    from_reader, to_us = os.pipe()
    child = os.fork()
    if child == 0:
        _read_and_end(reading, to_us)
    os.close(to_us)
    return lambda: _listen(reading, child, from_reader)


def _listen(reading: Reading, child: int, from_reader: int) -> None:
    """Pass on what the reader sends, until it ends or nobody wants more."""
    try:
        with os.fdopen(from_reader, "rb", buffering=1 << 20) as stream:
            while not reading.stopped:
                reading.done, told, message = pickle.load(stream)  # noqa: S301 - from our own process
                for name, value in told.items():
                    setattr(reading.preparer if name in _OF_PREPARER else reading, name, value)
                if isinstance(message, Failed) and isinstance(message.error, _Broken):
                    message = Failed(message.error.whole())
                reading.out.put(message)
                if isinstance(message, Ended | Failed):
                    return
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        reading.out.put(Failed(RuntimeError(f"the reader of {reading.delivery.name} ended early: {error}")))
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


class _Broken(Exception):
    """An error in a form that any process can read."""

    def whole(self) -> Exception:
        kind, *words = self.args
        return BadInput(*words) if kind == "bad-input" else RuntimeError(*words)


class _Pipe:
    """Takes messages as the queue would, and sends them."""

    def __init__(self, reading: Reading, stream: BinaryIO) -> None:
        self.reading, self.stream = reading, stream

    def put(self, message: Message) -> None:
        told: dict[str, object] = {}
        if isinstance(message, Ended):
            told = {name: getattr(self.reading, name) for name in _TOLD}
            told |= {name: getattr(self.reading.preparer, name) for name in _OF_PREPARER}
        if isinstance(message, Failed):
            message = Failed(_portable(message.error))
        pickle.dump((self.reading.done, told, message), self.stream, pickle.HIGHEST_PROTOCOL)
        if isinstance(message, Ended | Failed):
            self.stream.flush()


def _portable(error: BaseException) -> _Broken:
    if isinstance(error, BadInput):
        return _Broken("bad-input", error.where, error.what)
    return _Broken("unforeseen", f"{type(error).__name__}: {error}")


def _read_and_end(reading: Reading, to_us: int) -> NoReturn:
    """The life of the reader. Nothing that it inherited is tidied up: it all belongs to who forked it."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.closerange(3, to_us)
        os.closerange(to_us + 1, _FAR)
        gc.freeze()
        with os.fdopen(to_us, "wb", buffering=1 << 16) as stream:
            pipe = _Pipe(reading, stream)
            reading.out = pipe  # type: ignore[assignment]
            sink = reading.preparer.sink
            assert isinstance(sink, Blocks)
            sink.out = pipe  # type: ignore[assignment]
            reading.run()
        code = 0
    finally:
        os._exit(code)
