"""Import of an archive, from file to index, against encoding the same texts with the teacher, one vector each."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest

from tests.benchmarks.race import race, table, wanted
from tests.conftest import NOON
from tests.corpus import rows
from tests.measuring import FOLDER
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.embed.encoder import Encoder
from xiansuo.settings import Settings

pytestmark = pytest.mark.benchmark

_WANTED, _FLOOR = 10, 3
_DOCUMENTS, _SAMPLE, _ROUNDS = 4326, 300, 3


def test_import(tmp_path: Path, teacher: Encoder) -> None:
    file = FOLDER / "data" / "messages" / "teddy_messages.jsonl"
    if not file.is_file():
        file = _demo_repeated(tmp_path / "documents.jsonl")
    lines = file.read_text(encoding="utf-8").splitlines()
    texts = [str(json.loads(line)["text"]) for line in lines]
    # Evenly spread, since a text's length decides how long the teacher takes.
    sample = [texts[i * len(texts) // _SAMPLE] for i in range(_SAMPLE)]
    homes = (tmp_path / f"home{i}" for i in itertools.count())
    walls = []

    def imported() -> None:
        began = time.perf_counter()
        with Desk(Settings(home=next(homes))) as desk:
            summary = import_path(desk, file, now=NOON)
        walls.append(time.perf_counter() - began)
        assert summary.added + summary.rejected + summary.unchanged + summary.updated >= len(texts) * 0.95

    imported()  # once unmeasured: libraries and the lexicon are loaded
    measured = race({"import": imported, "teacher": lambda: teacher.encode(sample)}, rounds=_ROUNDS)
    seconds = {
        f"teacher, one vector a text (from {_SAMPLE} texts)": measured["teacher"] * len(texts) / _SAMPLE,
        "import, to the index on disk": measured["import"],
    }
    slow, fast = seconds.values()
    table(
        f"Import, {file.name}: {len(texts):,} texts, {sum(map(len, texts)):,} characters",
        seconds,
        next(iter(seconds)),
        f"the teacher encoded {_SAMPLE} texts, scaled up to {len(texts):,}; import by the clock: {min(walls):.2f} s",
        wanted(slow / fast, _WANTED),
    )
    assert slow / fast > _FLOOR


def _demo_repeated(path: Path) -> Path:
    """Make an archive of the same size from the demo corpus; a word of each text is another in every repetition."""
    made = []
    for i, row in zip(range(_DOCUMENTS), itertools.cycle(rows("documents.jsonl")), strict=False):
        again = i // len(rows("documents.jsonl"))
        text = (
            row["text"].replace("我市", f"第{again}片区") if "我市" in row["text"] else f"第{again}片区：{row['text']}"
        )
        made.append(json.dumps(row | {"id": f"{row['id']}-{again}", "text": text}, ensure_ascii=False))
    path.write_text("\n".join(made) + "\n", encoding="utf-8")
    return path
