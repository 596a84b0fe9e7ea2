"""Real texts to measure on, where they lie beside the checkout; they are never part of it."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("XIANSUO_MEASURING") or Path(__file__).parents[2] / "shared")


def measuring(name: str) -> Path:
    """Return a file of measuring texts; skip the test where it is missing."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"measuring texts are not here: {name}")
    return path
