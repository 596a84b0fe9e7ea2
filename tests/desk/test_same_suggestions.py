"""What is suggested depends on documents, list and day alone: no order, thread or seed of hashes changes a byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import random, sys
from pathlib import Path
from pydantic import TypeAdapter
from tests.desk.offices import MOMENT, NOW, Grams, rows, take
from xiansuo import artefacts
from xiansuo.desk.desk import Desk
from xiansuo.desk.gap_board import gap_board
from xiansuo.desk.suggesting import Suggestions, suggest
from xiansuo.desk.themes import import_themes
from xiansuo.desk.writers import find_writers
from xiansuo.settings import Settings

home, parts, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
every = rows()
random.Random(seed).shuffle(every)
with Desk(Settings(home=home)) as desk:
    desk._encoder = Grams()
    import_themes(desk, artefacts.corpus() / "themes-2026.csv")
    for part in range(parts):
        take(desk, every[part::parts])
    for asked in ({}, {"unit": "望潮区政协", "region": "望潮区"}, {"wish": "老年食堂"}):
        made = suggest(desk, now=NOW, limit=30, **asked)
        sys.stdout.buffer.write(TypeAdapter(Suggestions).dump_json(made, exclude={"run"}))
    for made in (gap_board(desk, now=NOW, by="unit"), find_writers(desk, now=MOMENT, text="老年食堂")):
        sys.stdout.buffer.write(TypeAdapter(type(made)).dump_json(made))
"""


def test_neither_the_order_of_import_nor_threads_nor_seeds_of_hashes_change_a_byte(tmp_path: Path) -> None:
    written = set()
    for place, (parts, threads) in enumerate(((1, "1"), (2, "2"))):
        environment = {
            **os.environ,
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
            "PYTHONHASHSEED": str(place),
        }
        asked = [sys.executable, "-c", _SCRIPT, str(tmp_path / str(place)), str(parts), str(place)]
        ran = subprocess.run(asked, env=environment, capture_output=True, check=True)
        written.add(ran.stdout)
    assert len(written) == 1
    assert "老年食堂".encode() in written.pop()
