"""Words: jieba against the engine we use, with the same lexicon and the same words."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import jieba
import pytest

from tests.benchmarks.race import race, table, wanted
from tests.corpus import texts
from tests.measuring import measuring
from xiansuo import artefacts
from xiansuo.text.segment import segmenter

pytestmark = pytest.mark.benchmark

_WANTED, _FLOOR = 20, 6
# So often the fast sides run in a row: a single pass would mostly measure what jieba left of the caches.
_PASSES = 5


@pytest.fixture(scope="module")
def reference() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with (artefacts.models() / "lexicon" / "words.txt").open("rb") as words:
        tokenizer.load_userdict(words)
    return tokenizer


@pytest.mark.parametrize(
    "name",
    ["demo corpus", "messages/teddy_messages.jsonl", "messages/gas_messages.jsonl", "proposals/jiangsu_2019.jsonl"],
)
def test_words(reference: jieba.Tokenizer, name: str) -> None:
    written = texts() if name == "demo corpus" else _texts(measuring(f"data/{name}"))
    ours = segmenter()
    differing = sum(ours.words(text) != reference.lcut(text) for text in written)
    assert differing == 0

    def run(cut: Callable[[str], list[str]], passes: int = _PASSES) -> Callable[[], None]:
        def runs() -> None:
            for _ in range(passes):
                for text in written:
                    cut(text)

        return runs

    measured = race(
        {
            "jieba.lcut": run(reference.lcut, 1),
            "text.segment": run(ours.words),
            "rjieba alone (not always jieba's words)": run(ours._engine.cut),
        },
        rounds=3,
    )
    seconds = {name: taken / (1 if name == "jieba.lcut" else _PASSES) for name, taken in measured.items()}
    ratio = seconds["jieba.lcut"] / seconds["text.segment"]
    size = f"{len(written)} texts, {sum(map(len, written)):,} characters, all words identical"
    table(f"Words, {name}: {size}", seconds, "jieba.lcut", wanted(ratio, _WANTED))
    assert ratio > _FLOOR


def _texts(path: Path) -> list[str]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row["text"] for row in rows if row.get("text")]
