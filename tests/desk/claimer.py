"""Claims prompts in a process of its own, each when it is told to, for a test in which several are told at once."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.prompts import NOON
from xiansuo.desk.claiming import claim
from xiansuo.desk.desk import Desk
from xiansuo.errors import NotNow
from xiansuo.settings import Settings


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(home: str, who: str) -> None:
    with Desk(Settings(home=Path(home))) as desk:
        tell("ready")
        for line in sys.stdin:
            try:
                claim(desk, int(line), by=who, now=NOON)
            except NotNow:
                tell("refused")
            else:
                tell("claimed")


if __name__ == "__main__":
    main(*sys.argv[1:])
