"""Ways to cluster an archive, each in a process of its own that waits for its turn; what it takes is told by itself.

`python -m tests.benchmarks.rivals NAME FOLDER` loads what lies in the folder, warms up, and then clusters once for each
line that it is sent. Seconds are those of the clock. Memory is that of the whole process: before a turn, when all is
imported, loaded and compiled, and at most during it.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

Run = Callable[[], NDArray[np.int64]]
"""Cluster and give each document a number, -1 for none."""

_ROOT = Path(__file__).parents[2]
_STATUS = Path("/proc/self/status")
# UMAP goes another way below 4,096 rows; both are compiled where this many are gone through first.
_WARM = 4_200
_FEW = 300


@dataclass(frozen=True, slots=True)
class Turns:
    """What a contender took, and how it labelled the documents each time.

    `seconds` are the median of its turns; `before` the first one and `peak` at most in any are megabytes, 0 where the
    system does not tell.
    """

    seconds: float
    before: float
    peak: float
    labels: tuple[NDArray[np.int64], ...]


def put(folder: Path, items: Iterable[Any], texts: Sequence[str] = (), groups: int = 1) -> None:
    """Lay out an archive for the contenders, a thousand items at a time.

    :param texts: what BERTopic is given beside the vectors.
    :param groups: how many of them k-means shall make.
    """
    vectors = []
    with (folder / "items.pickle").open("wb") as file:
        some: list[Any] = []
        for item in items:
            vectors.append(item.vector)
            some.append(item)
            if len(some) == 1_000:
                pickle.dump(some, file)
                some = []
        pickle.dump(some, file)
    np.save(folder / "vectors.npy", np.stack(vectors))
    (folder / "told.json").write_text(json.dumps({"texts": list(texts), "groups": groups}), encoding="utf-8")


def contest(names: Sequence[str], folder: Path, turns: int = 3) -> dict[str, Turns]:
    """Let contenders take turns on an archive."""
    waiting = {name: _started(name, folder) for name in names}
    told: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    labels: dict[str, list[NDArray[np.int64]]] = {name: [] for name in names}
    try:
        for process in waiting.values():
            _line(process)
        for _ in range(turns):
            for name, process in waiting.items():
                assert process.stdin is not None
                process.stdin.write("go\n")
                process.stdin.flush()
                told[name].append(_line(process))
                labels[name].append(np.load(folder / f"{name}.npy"))
    finally:
        for process in waiting.values():
            process.kill()
            process.communicate()
    return {
        name: Turns(
            median(turn["seconds"] for turn in each),
            each[0]["before"],
            max(turn["peak"] for turn in each),
            tuple(labels[name]),
        )
        for name, each in told.items()
    }


def load_items(folder: Path) -> Iterator[Any]:
    """Read the items that `put` wrote."""
    with (folder / "items.pickle").open("rb") as file:
        while some := pickle.load(file):
            yield from some
            if len(some) < 1_000:
                break


def _started(name: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.rivals", name, str(folder)],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _line(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "a contender gave up; what it said stands above"
    return dict(json.loads(line))


def _xiansuo(folder: Path) -> Run:
    from xiansuo.topics.cluster import cluster

    items = list(load_items(folder))
    place = {item.id: number for number, item in enumerate(items)}
    cluster(items[:_FEW])

    def run() -> NDArray[np.int64]:
        found = np.full(len(items), -1)
        for number, each in enumerate(cluster(items).clusters):
            found[[place[id] for id in each.members]] = number
        return found

    return run


def _umap_hdbscan(folder: Path) -> Run:
    """Take BERTopic's stages with the values that it gives them."""
    from hdbscan import HDBSCAN
    from umap import UMAP

    vectors = np.load(folder / "vectors.npy")

    def grouped(rows: NDArray[np.float32]) -> NDArray[np.int64]:
        reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine").fit_transform(rows)
        made = HDBSCAN(min_cluster_size=10, metric="euclidean", cluster_selection_method="eom", prediction_data=True)
        return np.asarray(made.fit(reduced).labels_)

    grouped(_by_chance(vectors.shape[1]))
    return lambda: grouped(vectors)


def _bertopic(folder: Path) -> Run:
    from bertopic import BERTopic

    vectors, texts = np.load(folder / "vectors.npy"), _told(folder)["texts"]
    BERTopic().fit_transform([text[:50] for text in (texts * _WARM)[:_WARM]], _by_chance(vectors.shape[1]))
    return lambda: np.asarray(BERTopic().fit_transform(texts, vectors)[0])


def _kmeans(folder: Path) -> Run:
    from sklearn.cluster import KMeans

    vectors, groups = np.load(folder / "vectors.npy"), int(_told(folder)["groups"])
    KMeans(2, random_state=0).fit(vectors[:_FEW])
    return lambda: np.asarray(KMeans(groups, random_state=0).fit(vectors).labels_)


def _by_chance(columns: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal((_WARM, columns)).astype(np.float32)


def _told(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "told.json").read_text(encoding="utf-8")))


def _megabytes(field: str) -> float:
    if not _STATUS.exists():
        return 0.0
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def _forget_the_peak() -> None:
    if _STATUS.exists():
        _STATUS.with_name("clear_refs").write_text("5", encoding="ascii")


_CONTENDERS = {"xiansuo": _xiansuo, "umap+hdbscan": _umap_hdbscan, "bertopic": _bertopic, "k-means": _kmeans}


def _take_turns(name: str, folder: Path) -> None:
    run = _CONTENDERS[name](folder)
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        _forget_the_peak()
        before, start = _megabytes("VmRSS"), time.perf_counter()
        found = run()
        seconds, peak = time.perf_counter() - start, _megabytes("VmHWM")
        np.save(folder / f"{name}.npy", found)
        sys.stdout.write(json.dumps({"seconds": seconds, "before": before, "peak": peak}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _take_turns(sys.argv[1], Path(sys.argv[2]))
