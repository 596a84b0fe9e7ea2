"""Reads an archive in a process of its own, and tells as soon as it sees a document."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.desk.job_child import open_desk
from xiansuo.desk.looking import lookup
from xiansuo.settings import Settings


def main(home: str) -> None:
    with open_desk(Settings(home=Path(home))) as desk:
        lookup(desk, "电梯")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for line in sys.stdin:
            id, _, title = line.strip().partition(" ")
            while id not in {hit.facts.id for hit in lookup(desk, title).hits}:
                time.sleep(0.02)
            sys.stdout.write(f"{id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
