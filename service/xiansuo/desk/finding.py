"""Find the matters of an archive: the heavy part, kept as a run, so that a second look costs little."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from xiansuo.desk.desk import Desk
from xiansuo.records import Document, Filter, Kind
from xiansuo.store import documents, runs, vectors
from xiansuo.store.database import Connection
from xiansuo.text.normalise import normalise
from xiansuo.text.shingles import bare
from xiansuo.topics.cluster import Cluster, Clustering, Item, Placed, cluster
from xiansuo.topics.likeness import Words
from xiansuo.topics.name import name_topic
from xiansuo.topics.phrases import content_words, key_words, opening
from xiansuo.topics.stock import stock_words
from xiansuo.topics.weighing import document_vectors

RUN = "topics"
"""Kind of the runs that keep what was found."""


_PHRASES = 8


@dataclass(frozen=True, slots=True)
class Named:
    """A matter with its name and key words, heaviest first."""

    cluster: Cluster
    name: str
    phrases: tuple[str, ...]


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
    models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest}
    at = dt.datetime.combine(now, dt.time(), dt.UTC)
    with desk.reading() as (connection, indexes):
        inputs = {
            "seq": documents.last_change(connection),
            "filters": _told(wanted),
            "until": now.isoformat(),
        }
        run = runs.run_id(RUN, inputs, models, at)
        kept = runs.get(connection, run)
        if kept is not None:
            return _FOUND.validate_python({"run": run, "now": now, **kept["result"]})
        records = records_of(connection, now, wanted)
        numbers = {number: record.id for number, record in records.items()}
        read = list(vectors.read(connection, desk.encoder.id, desk.encoder.dimension, numbers))
        words = {item.number: Words(*indexes.words.terms_of(item.number)) for item in read}
    ids = [numbers[item.number] for item in read]
    means = document_vectors(ids, [item.matrix for item in read])
    items = [
        Item(
            records[item.number].id,
            mean,
            words[item.number],
            fingerprint(records[item.number].text),
        )
        for item, mean in zip(read, means, strict=True)
    ]
    clustering = cluster(items)
    named = _named(desk, clustering, {record.id: record for record in records.values()})
    found = Found(run, now, named, clustering.placed)
    result = _FOUND.dump_python(found, mode="json", exclude={"run", "now"})
    with desk.database.write() as connection:
        runs.put(connection, run, RUN, at, inputs, models, result)
    return found


def records_of(
    connection: Connection, now: dt.date, wanted: Filter, ids: set[str] | None = None
) -> dict[int, Document]:
    """Read the documents that count on a day by their numbers; references only where asked for."""
    numbers = documents.matching(connection, wanted) if wanted else None
    return {
        stored.number: stored.document
        for stored in documents.read(connection, numbers)
        if (stored.document.date is None or stored.document.date <= now)
        and (stored.document.kind is not Kind.REFERENCE or Kind.REFERENCE in wanted.kinds)
        and (ids is None or stored.document.id in ids)
    }


def fingerprint(text: str) -> str:
    """Name a text by what it says: copies that differ in blanks and punctuation have one name."""
    return hashlib.sha256(bare(normalise(text).text).encode("utf-8", "replace")).hexdigest()


def _named(desk: Desk, clustering: Clustering, records: Mapping[str, Document]) -> tuple[Named, ...]:
    stock = stock_words()
    words = {
        id: frozenset(content_words(desk.words.words(opening(record.title, record.text)), stock))
        for id, record in records.items()
    }
    weights = key_words(words, {each.id: each.members for each in clustering.clusters})
    taken: set[str] = set()
    named = []
    for each in clustering.clusters:
        titles = [records[id].title for id in each.central]
        name = name_topic(titles, weights[each.id], desk.words, taken)
        taken.add(name)
        named.append(Named(each, name, tuple(list(weights[each.id])[:_PHRASES])))
    return tuple(named)


def _told(wanted: Filter) -> dict[str, list[str]]:
    return {
        "kinds": sorted(kind.value for kind in wanted.kinds),
        "years": sorted(map(str, wanted.years)),
        "units": sorted(wanted.units),
    }


_FOUND = TypeAdapter(Found)


NAMED = TypeAdapter(Named)
