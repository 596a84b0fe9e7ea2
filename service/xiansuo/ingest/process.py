"""A process that reads files: asked on its input, answering on its output, ended whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum

from xiansuo.ingest.crossing import END, LAST

_CHILD = "xiansuo.ingest.confined"
_KEPT = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE", "APPDATA"),
    *("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH"),
)
"""What it needs to know of where it runs; where the database is and how to get in is not among it."""
_SLOW = {-getattr(signal, name) for name in ("SIGPROF", "SIGXCPU") if hasattr(signal, name)}
_PATIENCE = 5.0


class How(StrEnum):
    """How a process came to an end that should not have."""

    SLOW = "slow"
    LONG = "long"
    BROKEN = "broken"


class Ended(Exception):
    """The process ended, or was ended, before all was said."""

    def __init__(self, how: How) -> None:
        super().__init__(how)
        self.how = how


class Process:
    """One such process, started at once."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self._timer: threading.Timer | None = None
        self._late = False
        self._left = 0
        self.goes_on = True
        """It takes another file."""

    @property
    def id(self) -> int:
        """The system's number of it."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """It has not ended."""
        return self._process.poll() is None

    def ask(self, line: bytes, seconds: float, answer: int) -> None:
        """Ask for something that may take so many seconds by the clock, and of which so many bytes may come.

        :raises Ended: it is no longer there.
        """
        self.goes_on = False
        self._left = answer
        self._timer = threading.Timer(seconds, self._too_late)
        self._timer.daemon = True
        self._timer.start()
        assert self._process.stdin is not None  # noqa: S101 - it was asked for
        try:
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._ended() from None

    def answers(self) -> Iterator[bytes]:
        """Yield the lines of the answer, their ends taken off.

        :raises Ended: it broke off, took too long or said too much.
        """
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        while True:
            line = self._process.stdout.readline(self._left + 1)
            self._left -= len(line)
            if self._left < 0:
                raise Ended(How.LONG)
            if not line.endswith(b"\n"):
                raise self._ended()
            line = line[:-1]
            if line in (END, LAST):
                self.goes_on = line == END
                self._stop_clock()
                return
            yield line

    def end(self) -> None:
        """End it and all that it has started, and wait until it is gone."""
        self._stop_clock()
        self._kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                # What could not be written is of no use any more.
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _ended(self) -> Ended:
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            code = 0
        return Ended(How.SLOW if self._late or code in _SLOW else How.BROKEN)

    def _too_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is not None:
            return
        # It leads a group of its own, in which a converter may run.
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def _stop_clock(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
