"""Both sides of a comparison in one process and one run, taking turns; what is kept are ratios, not times."""

from __future__ import annotations

import statistics
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping


def race(
    sides: Mapping[str, Callable[[], object]],
    *,
    rounds: int = 5,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, float]:
    """Return the median seconds of each side; a busy moment of the computer hits all of them alike.

    :param clock: CPU time of this process by default, of all its threads together.
    """
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, run in sides.items():
            start = clock()
            run()
            taken[name].append(clock() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def table(title: str, seconds: Mapping[str, float], base: str, *remarks: str) -> None:
    """Print the seconds of each side and how many times as fast as `base` it is."""
    lines = ["", title]
    for name, taken in seconds.items():
        ratio = seconds[base] / taken
        lines.append(f"  {name}{' ' * (52 - _width(name))}{taken * 1000:12.2f} ms{ratio:10.2f} x")
    lines += [f"  {remark}" for remark in remarks]
    sys.stdout.write("\n".join(lines) + "\n")


def wanted(ratio: float, least: float) -> str:
    """Say how a measured ratio stands to what is wanted."""
    return f"wanted: >= {least:g} x; measured: {ratio:.1f} x, {'reached' if ratio >= least else 'not reached'}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
