"""Showing how far long work has come: one line on a terminal, a line now and then elsewhere."""

import sys
import time
from typing import Protocol, TextIO


class Progress(Protocol):
    """Hears how much is done of how much, and at what."""

    def __call__(self, done: int, whole: int, doing: str) -> None: ...


class Line:
    """A progress line on ``out``. On a terminal it is rewritten in place, else written every few seconds."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stderr
        self.live = self.out.isatty()
        self._last = 0.0
        self._began = time.monotonic()

    def __call__(self, done: int, whole: int, doing: str) -> None:
        now = time.monotonic()
        if now - self._last < (0.1 if self.live else 5.0) and done < whole:
            return
        self._last = now
        share = min(1.0, done / whole) if whole else 1.0
        filled = round(share * 30)
        words = (
            f"{doing[:40]:<40} [{'#' * filled}{'.' * (30 - filled)}] {share:4.0%} {now - self._began:5.0f}s"
        )
        self.out.write(f"\r{words}" if self.live else f"{words}\n")
        self.out.flush()

    def end(self) -> None:
        """Leave the line."""
        if self.live and self._last:
            self.out.write("\n")
            self.out.flush()


def silent(done: int, whole: int, doing: str) -> None:
    """Say nothing."""
