"""Read documents as the topics need them: weighed vector, words, title, place and writer."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from xiansuo.desk.desk import Desk
from xiansuo.index.snapshot import Indexes
from xiansuo.index.terms import hashed
from xiansuo.records import Document, Part
from xiansuo.store import documents, vectors
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
from xiansuo.topics.weighing import Sample, document_vectors, sample_of


def read_items(
    desk: Desk, connection: Connection, indexes: Indexes, numbers: Collection[int], sample: Sample | None = None
) -> tuple[list[Item], Sample]:
    """Read some active documents.

    :param sample: of the archive, on which the rarity of passages is estimated; taken from these where not given.
    :return: items, and the sample that was used.
    """
    records = {stored.number: stored.document for stored in documents.read(connection, numbers)}
    read = list(vectors.read(connection, desk.encoder.id, desk.encoder.dimension, records))
    ids = [records[item.number].id for item in read]
    passages = [item.matrix for item in read]
    used = sample or sample_of(ids, passages)
    means = document_vectors(ids, passages, used)
    said = np.unique(hashed(stock_words()))
    items = []
    for item, mean in zip(read, means, strict=True):
        record = records[item.number]
        words = _told(desk.words, record, item, Words(*indexes.words.terms_of(item.number)))
        title = normalise(record.title).text
        terms, counts = np.unique(hashed(title_grams(title)), return_counts=True)
        items.append(
            Item(
                record.id,
                mean,
                words.without(said),
                fingerprint(record.text),
                record.author,
                Words(terms, counts.astype(np.uint16)),
                _site(record, title),
            )
        )
    return items, used


def read_sites(connection: Connection, numbers: Mapping[str, int]) -> list[Site]:
    """Read where some documents are, in the order of their ids in `numbers`."""
    records = {stored.document.id: stored.document for stored in documents.read(connection, numbers.values())}
    return [_site(records[id], normalise(records[id].title).text) for id in numbers]


def _site(record: Document, title: str) -> Site:
    return site_of(title, normalise(record.text).text)


def _told(segmenter: Segmenter, record: Document, read: vectors.StoredVectors, words: Words) -> Words:
    """Tell a document's words that stand in its suggestions alone from the others."""
    suggested = read.spans[:, 2] == part_code(Part.SUGGESTIONS)
    if not suggested.any():
        return words
    others = [record.text[start:end] for start, end, _ in read.spans[1:][~suggested[1:]].tolist()]
    text = normalise("\n".join([record.title, *others])).text
    return words.told(np.unique(hashed(segmenter.words(text))))
