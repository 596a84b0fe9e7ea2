"""A ground and what is kept of an archive's texts as bytes: arrays only, nothing that could run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, load_file, save, save_file
from scipy.sparse import csr_matrix

from xiansuo.topics.bag import COLUMNS, Usage
from xiansuo.topics.cluster import Kept
from xiansuo.topics.texts import Ground, Texts
from xiansuo.topics.weighing import Sample

_Arrays = dict[str, NDArray[Any]]


def packed(ground: Ground, floor: float, sample: Sample) -> bytes:
    """Write down what an archive had in common, so that later texts are weighed the same way."""
    told = {"documents": sample.documents, "ids": sample.ids, "floor": floor}
    return save(
        {
            "mean": ground.mean,
            **_usage("words", ground.words),
            **_usage("titles", ground.titles),
            "starts": sample.starts,
            "passages": sample.passages,
            "told": _text(told),
        }
    )


def unpacked(written: bytes) -> tuple[Ground, float, Sample]:
    """Read what `packed` wrote."""
    arrays = load(written)
    told = json.loads(arrays["told"].tobytes())
    sample = Sample(told["documents"], tuple(told["ids"]), arrays["starts"], arrays["passages"])
    ground = Ground(_read_usage("words", arrays), _read_usage("titles", arrays), arrays["mean"])
    return ground, told["floor"], sample


def save_kept(kept: Kept, path: Path) -> None:
    """Write the texts of an archive to a file; the ground is kept elsewhere."""
    told = {"documents": kept.documents, "fingerprints": kept.fingerprints}
    arrays: _Arrays = {"meant": kept.texts.meant, "told": _text(told)}
    save_file({**arrays, **_rows("words", kept.texts.words), **_rows("titles", kept.texts.titles)}, path)


def load_kept(path: Path, ground: Ground, floor: float) -> Kept:
    """Read what `save_kept` wrote."""
    arrays = load_file(path)
    told = json.loads(arrays["told"].tobytes())
    texts = Texts(arrays["meant"], _read_rows("words", arrays), _read_rows("titles", arrays))
    return Kept(ground, floor, texts, tuple(map(tuple, told["documents"])), tuple(told["fingerprints"]))


def _usage(name: str, used: Usage) -> _Arrays:
    return {
        f"{name}.texts": np.array([used.texts], dtype=np.int64),
        f"{name}.columns": used.columns,
        f"{name}.spread": used.spread,
        f"{name}.habits": used.habits,
        f"{name}.often": used.often,
    }


def _read_usage(name: str, arrays: _Arrays) -> Usage:
    texts = int(arrays[f"{name}.texts"][0])
    return Usage(texts, *(arrays[f"{name}.{each}"] for each in ("columns", "spread", "habits", "often")))


def _rows(name: str, rows: csr_matrix) -> _Arrays:
    # Weights are below 2^15: a text has one word at least, of length 4,000 then.
    return {
        f"{name}.weights": rows.data.astype(np.int16),
        f"{name}.columns": rows.indices.astype(np.int32),
        f"{name}.starts": rows.indptr.astype(np.int64),
    }


def _read_rows(name: str, arrays: _Arrays) -> csr_matrix:
    starts = arrays[f"{name}.starts"]
    data = arrays[f"{name}.weights"].astype(np.int32)
    return csr_matrix((data, arrays[f"{name}.columns"], starts), shape=(len(starts) - 1, COLUMNS))


def _text(told: object) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8)
