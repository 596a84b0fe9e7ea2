"""Find the matters of an archive: the heavy part, kept as a run, so that a second look costs little."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import numpy as np
from pydantic import TypeAdapter

from xiansuo.desk.desk import Desk
from xiansuo.desk.naming import Named, name_all
from xiansuo.index.terms import hashed
from xiansuo.records import Document, Filter, Kind, Part
from xiansuo.store import documents, runs, vectors
from xiansuo.store.database import Connection
from xiansuo.text.fingerprint import fingerprint
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import part_code
from xiansuo.text.segment import Segmenter
from xiansuo.topics.bag import Words
from xiansuo.topics.cluster import Item, Placed, cluster
from xiansuo.topics.sites import Site, site_of
from xiansuo.topics.stock import stock_words
from xiansuo.topics.titles import title_grams
from xiansuo.topics.weighing import document_vectors

RUN = "topics"
"""Kind of the runs that keep what was found."""

# Raise it where a change of the code changes what is found: kept runs of the earlier code are not taken then.
_METHOD = 5


@dataclass(frozen=True, slots=True)
class Found:
    """All matters of an archive up to a day, and the answer for every document."""

    run: str
    now: dt.date
    named: tuple[Named, ...]
    placed: tuple[Placed, ...]


def find_topics(desk: Desk, *, now: dt.date, filters: Filter | None = None) -> Found:
    """Find the matters of the archive up to a day; computed once for its state, kept as a run."""
    wanted = filters or Filter()
    stock = stock_words()
    models = {
        "encoder": desk.encoder.id,
        "lexicon": desk.words.digest,
        "stock": hashlib.sha256("\n".join(sorted(stock)).encode()).hexdigest()[:12],
    }
    at = dt.datetime.combine(now, dt.time(), dt.UTC)
    with desk.reading() as (connection, indexes):
        inputs = {
            "seq": documents.last_change(connection),
            "filters": _filtered(wanted),
            "until": now.isoformat(),
            "method": _METHOD,
        }
        run = runs.run_id(RUN, inputs, models, at)
        kept = runs.get(connection, run)
        if kept is not None:
            return _FOUND.validate_python({"run": run, "now": now, **kept["result"]})
        records = records_of(connection, now, wanted)
        numbers = {number: record.id for number, record in records.items()}
        read = list(vectors.read(connection, desk.encoder.id, desk.encoder.dimension, numbers))
        said = np.unique(hashed(stock))
        words = {
            item.number: _told(desk.words, records[item.number], item, Words(*indexes.words.terms_of(item.number)))
            for item in read
        }
    ids = [numbers[item.number] for item in read]
    means = document_vectors(ids, [item.matrix for item in read])
    items = [
        Item(
            records[item.number].id,
            mean,
            words[item.number].without(said),
            fingerprint(records[item.number].text),
            records[item.number].author,
            *_where(records[item.number]),
        )
        for item, mean in zip(read, means, strict=True)
    ]
    clustering = cluster(items)
    named = name_all(desk.words, clustering, {record.id: record for record in records.values()})
    found = Found(run, now, named, clustering.placed)
    result = _FOUND.dump_python(found, mode="json", exclude={"run", "now"})
    with desk.database.write() as connection:
        runs.put(connection, run, RUN, at, inputs, models, result)
    return found


def records_of(connection: Connection, now: dt.date, wanted: Filter) -> dict[int, Document]:
    """Read the documents that count on a day by their numbers; references only where asked for."""
    numbers = documents.matching(connection, wanted) if wanted else None
    return {
        stored.number: stored.document
        for stored in documents.read(connection, numbers)
        if (stored.document.date is None or stored.document.date <= now)
        and (stored.document.kind is not Kind.REFERENCE or Kind.REFERENCE in wanted.kinds)
    }


def _told(segmenter: Segmenter, record: Document, read: vectors.StoredVectors, words: Words) -> Words:
    """Tell a document's words that stand in its suggestions alone from the others."""
    suggested = read.spans[:, 2] == part_code(Part.SUGGESTIONS)
    if not suggested.any():
        return words
    others = [record.text[start:end] for start, end, _ in read.spans[1:][~suggested[1:]].tolist()]
    text = normalise("\n".join([record.title, *others])).text
    return words.told(np.unique(hashed(segmenter.words(text))))


def _where(record: Document) -> tuple[Words, Site]:
    """Read a document's title in pairs and triples of characters, and the places that it is about."""
    title = normalise(record.title).text
    terms, counts = np.unique(hashed(title_grams(title)), return_counts=True)
    return Words(terms, counts.astype(np.uint16)), site_of(title, normalise(record.text).text)


def _filtered(wanted: Filter) -> dict[str, list[str]]:
    return {
        "kinds": sorted(kind.value for kind in wanted.kinds),
        "years": sorted(map(str, wanted.years)),
        "units": sorted(wanted.units),
    }


_FOUND = TypeAdapter(Found)
NAMED = TypeAdapter(Named)
