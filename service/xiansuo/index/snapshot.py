"""Indexes on disk: a cache with a manifest, verified at load, brought up to date or built anew from the database.

The database is the truth. A snapshot that is damaged, of another model or lexicon, or ahead of the database (a
backup was restored) is never trusted: it is built again.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from xiansuo.index.cache import manifest_of, replace_folder
from xiansuo.index.flat import FlatIndex, keys_path
from xiansuo.index.grams import gram_terms_of
from xiansuo.index.lexical import LexicalIndex
from xiansuo.index.terms import word_terms
from xiansuo.index.turns import in_turn
from xiansuo.store import documents, vectors
from xiansuo.store.database import Connection
from xiansuo.text.normalise import normalise
from xiansuo.text.segment import Segmenter

logger = logging.getLogger(__name__)

FORMAT = 1
_AT_ONCE = 1_000
_VECTORS, _GRAMS, _WORDS = "vectors.faiss", "grams.npz", "words.npz"


@dataclass
class Indexes:
    """The three indexes over one archive, the last change they hold and that change's mark."""

    model: str
    dimension: int
    lexicon: str
    vectors: FlatIndex
    grams: LexicalIndex = field(default_factory=LexicalIndex)
    words: LexicalIndex = field(default_factory=LexicalIndex)
    seq: int = 0
    mark: str = ""

    def clear(self) -> None:
        """Forget everything."""
        self.vectors = FlatIndex(self.model, self.dimension)
        self.grams, self.words = LexicalIndex(), LexicalIndex()
        self.seq, self.mark = 0, ""

    @classmethod
    def empty(cls, model: str, dimension: int, lexicon: str) -> Indexes:
        """Make indexes that hold nothing."""
        return cls(model, dimension, lexicon, FlatIndex(model, dimension))


def open_indexes(folder: Path, connection: Connection, model: str, dimension: int, segmenter: Segmenter) -> Indexes:
    """Load the snapshot and replay later changes, or build from the database where that cannot be trusted."""
    indexes = _load(folder, model, dimension, segmenter.digest)
    if indexes is None:
        indexes = Indexes.empty(model, dimension, segmenter.digest)
    follow(indexes, connection, segmenter)
    return indexes


def follow(indexes: Indexes, connection: Connection, segmenter: Segmenter) -> int:
    """Bring indexes up to the database's last change.

    :return: how many documents changed.
    """
    if documents.mark_at(connection, indexes.seq) != indexes.mark:
        # Another history led here, as when an older copy of the database was put back.
        logger.info("index: building from the database")
        indexes.clear()
    seq = documents.last_change(connection)
    if seq == indexes.seq:
        return 0
    later = documents.changes(connection, indexes.seq)
    gone = [number for number, action in later.items() if action == "delete"]
    put = [number for number, action in later.items() if action == "put"]
    indexes.vectors.delete(gone)
    indexes.grams.delete(gone)
    indexes.words.delete(gone)
    reader = documents.read(connection, put)
    while some := list(islice(reader, _AT_ONCE)):
        texts = [normalise(stored.document.text).text for stored in some]
        for stored, text, grams in zip(some, texts, gram_terms_of(texts), strict=True):
            indexes.grams.put_distinct(stored.number, grams)
            indexes.words.put(stored.number, word_terms(stored.document.title, text, segmenter))
    for item in vectors.read(connection, indexes.model, indexes.dimension, put):
        indexes.vectors.put(item.number, item.matrix.astype(np.float32), indexes.model)
    indexes.seq = seq
    indexes.mark = documents.mark_at(connection, seq)
    return len(later)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only one who writes a snapshot; what a killed writer left half done is removed.

    It is to be asked for before the database is read: a snapshot never takes the place of a later one.
    """
    with in_turn(folder.with_name(f".{folder.name}.lock")):
        for left in folder.parent.glob(f".{folder.name}-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def save(indexes: Indexes, folder: Path) -> None:
    """Write a snapshot; whoever shares the folder calls it within `writing`."""

    def write(new: Path) -> None:
        indexes.vectors.save(new / _VECTORS)
        indexes.grams.save(new / _GRAMS)
        indexes.words.save(new / _WORDS)

    told = {
        "format": FORMAT,
        "model": indexes.model,
        "dimension": indexes.dimension,
        "lexicon": indexes.lexicon,
        "seq": indexes.seq,
        "mark": indexes.mark,
    }
    replace_folder(folder, told, write)


def _load(folder: Path, model: str, dimension: int, lexicon: str) -> Indexes | None:
    try:
        manifest = manifest_of(folder)
        names = {_VECTORS, keys_path(folder / _VECTORS).name, _GRAMS, _WORDS}
        if manifest is None or set(manifest["files"]) != names:
            logger.warning("index: the snapshot does not match its manifest")
            return None
        expected = (FORMAT, model, dimension, lexicon)
        if tuple(manifest[key] for key in ("format", "model", "dimension", "lexicon")) != expected:
            return None
        return Indexes(
            model,
            dimension,
            lexicon,
            FlatIndex.load(folder / _VECTORS, model, dimension),
            LexicalIndex.load(folder / _GRAMS),
            LexicalIndex.load(folder / _WORDS),
            int(manifest["seq"]),
            str(manifest["mark"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
