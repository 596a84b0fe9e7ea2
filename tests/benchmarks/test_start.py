"""How long `xiansuo --help` takes, as a whole process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.race import race, table

pytestmark = pytest.mark.benchmark

_WANTED_SECONDS, _FLOOR = 0.5, 1 / 150
_HEAVY = ("torch", "sentence_transformers", "faiss", "sklearn", "numpy", "sqlalchemy")
_LOADED = f"""
import sys
from xiansuo.__main__ import main
sys.argv = ["xiansuo", "--help"]
try:
    main()
finally:
    sys.stderr.write(" ".join(name for name in {_HEAVY} if name in sys.modules))
"""


def test_help() -> None:
    script = Path(sys.executable).with_name("xiansuo")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "xiansuo"]
    seconds = race(
        {"python -c pass": _process([sys.executable, "-c", "pass"]), "xiansuo --help": _process([*command, "--help"])},
        rounds=9,
        clock=time.perf_counter,
    )
    wall = seconds["xiansuo --help"]
    table(
        "Start, whole processes by the clock, median of 9",
        seconds,
        "python -c pass",
        f"wanted: < {_WANTED_SECONDS} s; measured: {wall:.2f} s, "
        f"{'reached' if wall < _WANTED_SECONDS else 'not reached'}; "
        f"{wall / seconds['python -c pass']:.0f} times an empty Python",
    )
    assert seconds["python -c pass"] / wall > _FLOOR


def test_help_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True, encoding="utf-8")
    assert "xiansuo" in done.stdout
    assert done.stderr == ""


def _process(command: list[str]) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)
