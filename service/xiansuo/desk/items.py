"""Read documents as the topics need them: weighed vector, words, title, place and writer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.index.snapshot import Indexes
from xiansuo.index.terms import hashed
from xiansuo.records import Document, Part
from xiansuo.store import documents, heads, vectors
from xiansuo.store.database import Connection
from xiansuo.text.fingerprint import fingerprint
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import part_code
from xiansuo.text.segment import Segmenter
from xiansuo.topics.bag import Words
from xiansuo.topics.items import Item
from xiansuo.topics.sites import Site, site_of
from xiansuo.topics.stock import stock_words
from xiansuo.topics.titles import title_grams
from xiansuo.topics.weighing import Sample, chosen, document_vectors, sample_of

_AT_ONCE = 1_000


def read_items(
    desk: Desk,
    connection: Connection,
    indexes: Indexes,
    numbers: Collection[int],
    sample: Sample | None = None,
    progress: Progress = silent,
) -> tuple[list[Item], Sample]:
    """Read some active documents, some at a time: their passages' vectors take far more room than what is kept.

    :param sample: of the archive, on which the rarity of passages is estimated; taken from these where not given.
    :return: items by their documents' numbers, and the sample that was used.
    """
    wanted = sorted(numbers)
    used = sample or _sample(desk, connection, wanted)
    said = np.unique(hashed(stock_words()))
    items: list[Item] = []
    for low in range(0, len(wanted), _AT_ONCE):
        progress("读材料", low, len(wanted))
        some = wanted[low : low + _AT_ONCE]
        records = {stored.number: stored.document for stored in documents.read(connection, some)}
        read = list(vectors.read(connection, desk.encoder.id, desk.encoder.dimension, records))
        means = document_vectors([records[item.number].id for item in read], [item.matrix for item in read], used)
        for item, mean in zip(read, means, strict=True):
            words = _told(desk.words, records[item.number], item, Words(*indexes.words.terms_of(item.number)))
            items.append(_item(records[item.number], mean, words.without(said)))
    return items, used


def _sample(desk: Desk, connection: Connection, numbers: Sequence[int]) -> Sample:
    ids = heads.ids(connection, numbers)
    wanted = set(chosen(ids.values()))
    picked = [number for number, id in ids.items() if id in wanted]
    read = vectors.read(connection, desk.encoder.id, desk.encoder.dimension, picked)
    return sample_of(len(ids), {ids[item.number]: item.matrix for item in read})


def _item(record: Document, vector: NDArray[np.float32], words: Words) -> Item:
    title = normalise(record.title).text
    terms, counts = np.unique(hashed(title_grams(title)), return_counts=True)
    grams = Words(terms, counts.astype(np.uint16))
    site = site_of(title, normalise(record.text).text)
    return Item(record.id, vector, words, fingerprint(record.text), record.author, grams, site)


def read_sites(connection: Connection, numbers: Mapping[str, int]) -> list[Site]:
    """Read where some documents are, in the order of their ids in `numbers`."""
    said = documents.wordings(connection, numbers.values())
    return [site_of(normalise(title).text, normalise(text).text) for title, text in (said[id] for id in numbers)]


def _told(segmenter: Segmenter, record: Document, read: vectors.StoredVectors, words: Words) -> Words:
    """Tell a document's words that stand in its suggestions alone from the others."""
    suggested = read.spans[:, 2] == part_code(Part.SUGGESTIONS)
    if not suggested.any():
        return words
    others = [record.text[start:end] for start, end, _ in read.spans[1:][~suggested[1:]].tolist()]
    text = normalise("\n".join([record.title, *others])).text
    return words.told(np.unique(hashed(segmenter.words(text))))
