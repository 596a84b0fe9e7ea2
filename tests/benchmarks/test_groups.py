"""All duplicate groups of 10,000 documents by vectors alone: the exact join against SemHash, on the same vectors."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tests.benchmarks.race import race, table, wanted
from tests.corpus import rows
from tests.measuring import FOLDER
from xiansuo.dedup.near import near_groups, near_pairs
from xiansuo.embed import shelf

pytestmark = pytest.mark.benchmark

_WANTED, _FLOOR = 5, 2
_DOCUMENTS, _SEED = 10_000, 7
_SENTENCE = re.compile("(?<=[。；！？])")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, NDArray[np.float32]]:
    """One vector a document: real texts where they are, and near copies of them up to 10,000."""
    folders = sorted((FOLDER / "data" / "messages").glob("*_messages.jsonl"))
    texts = [text for path in folders for text in _texts(path)] or [f"{row['title']}。{row['text']}" for row in _demo()]
    name = f"{len(texts):,} texts and near copies of them"
    random = np.random.default_rng(_SEED)
    for original in itertools.islice(itertools.cycle(list(texts)), max(0, _DOCUMENTS - len(texts))):
        kept = [piece for piece in _SENTENCE.split(original) if random.random() > 0.15]
        texts.append(f"近日有{int(random.integers(3, 900))}名群众反映。{''.join(kept)}")
    encoder = shelf.load("static-zh", tmp_path_factory.mktemp("encoder"))
    return name, encoder.encode(texts[:_DOCUMENTS])


@pytest.mark.parametrize("cosine", [0.95, 0.9, 0.8])
def test_groups(archive: tuple[str, NDArray[np.float32]], cosine: float) -> None:
    semhash = pytest.importorskip("semhash", reason="SemHash is not installed: pip install semhash")
    name, vectors = archive
    ids = [str(number) for number in range(len(vectors))]

    def theirs() -> object:
        made = semhash.SemHash.from_embeddings(vectors, ids, model=None)
        return made, made.self_deduplicate(threshold=cosine)

    def ours() -> NDArray[np.int64]:
        return near_groups(vectors, cosine)

    # Threads of BLAS that wait for each other would count as work on either side.
    with threadpool_limits(1, user_api="blas"):
        exact = _each_with_each(vectors, cosine)
        seconds = race({"SemHash, index and self_deduplicate": theirs, "near_groups": ours}, rounds=3)
    found = near_pairs(vectors, cosine)
    pairs = set(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert pairs == exact, "every pair above the threshold is found, and no other"
    slow, fast = seconds.values()
    home = ours()
    table(
        f"Duplicate groups at cosine {cosine}, {name}: {vectors.shape[0]:,} x {vectors.shape[1]}",
        seconds,
        next(iter(seconds)),
        f"pairs: {len(exact):,}; missed by near_groups: 0; missed by SemHash: {_missed(theirs, exact, cosine):,}",
        f"documents that repeat a canonical one: {np.count_nonzero(home != np.arange(len(home))):,}",
        wanted(slow / fast, _WANTED),
    )
    assert slow / fast > _FLOOR


def _missed(theirs: Callable[[], object], exact: set[tuple[int, int]], cosine: float) -> int:
    """Count the pairs that SemHash's own index does not bring together."""
    made, _ = theirs()  # type: ignore[misc]
    # Exact duplicates are one item there; our texts all have ids of their own, so items are rows.
    near = made.index.query_threshold(made.index.vectors, cosine)
    brought = {(min(row, int(other)), max(row, int(other))) for row, (others, _) in enumerate(near) for other in others}
    return len(exact - brought)


def _each_with_each(vectors: NDArray[np.float32], cosine: float) -> set[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    precise = vectors.astype(np.float64)
    for start in range(0, len(vectors), 500):
        left, right = np.nonzero(np.round(precise[start : start + 500] @ precise.T, 6) >= cosine)
        pairs.update((a, b) for a, b in zip((left + start).tolist(), right.tolist(), strict=True) if a < b)
    return pairs


def _texts(path: Path) -> list[str]:
    told = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [f"{row.get('title', '')}。{row['text']}" for row in told if row.get("text")]


def _demo() -> list[dict[str, str]]:
    return rows("documents.jsonl")
