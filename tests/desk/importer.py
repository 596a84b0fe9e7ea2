"""Imports a file in small batches and tells each step, for a test that kills it on the way."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.conftest import NOON, GramEncoder
from xiansuo.desk import importing
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings


def tell(stage: str, done: int, _total: int) -> None:
    sys.stdout.write(f"{stage} {done}\n")
    sys.stdout.flush()


def main(home: str, file: str) -> None:
    importing._BATCH = 8
    with Desk(Settings(home=Path(home))) as desk:
        desk._encoder = GramEncoder()
        importing.import_path(desk, Path(file), now=NOON, progress=tell)


if __name__ == "__main__":
    main(*sys.argv[1:])
