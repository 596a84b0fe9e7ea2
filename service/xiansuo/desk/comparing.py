"""Judge one pair of texts, whether or not a search would have brought them together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.features import features
from xiansuo.dedup.relation import Judgement
from xiansuo.desk.desk import Desk
from xiansuo.desk.reading import ground_of, read_draft, read_earlier
from xiansuo.errors import NotFound
from xiansuo.ingest.characters import clean
from xiansuo.ingest.redact import redact
from xiansuo.records import Kind
from xiansuo.store import documents
from xiansuo.text.passages import Passages, read_passages


@dataclass(frozen=True, slots=True)
class Text:
    """A text to compare: what is empty is not known."""

    title: str
    body: str
    unit: str = ""
    date: dt.date | None = None
    kind: Kind = Kind.SUBMISSION


def stored_text(desk: Desk, id: str) -> Text:
    """Take a text from the archive.

    :raises NotFound: it holds nothing under this id.
    """
    with desk.database.read() as connection:
        found = documents.by_id(connection, id)
    if found is None:
        raise NotFound(f"档案里没有编号为“{id}”的材料。")
    record = found.document
    return Text(record.title, record.text, record.unit, record.date, record.kind)


def judge_pair(desk: Desk, draft: Text, earlier: Text) -> Judgement:
    """Judge how a draft stands to an earlier text, in the light of this archive."""
    return desk.relations.judge(pair_features(desk, draft, earlier), earlier.kind)


def pair_features(desk: Desk, draft: Text, earlier: Text) -> dict[str, float]:
    """Compute the numbers by which a pair is judged."""
    with desk.reading() as (connection, indexes):
        passages, matrix = _read(desk, draft)
        mine = read_draft(desk, indexes, passages, matrix, unit=draft.unit, date=draft.date)
        theirs = read_earlier(desk, *_read(desk, earlier), unit=earlier.unit, date=earlier.date)
        ground = ground_of(indexes, [mine, theirs], desk.centres(connection, indexes)[None])
    return features(mine, theirs, ground)


def _read(desk: Desk, text: Text) -> tuple[Passages, NDArray[np.float32]]:
    # Numbers of persons are masked, as they are in a draft that is checked and in the archive.
    title, body = (redact(clean(told)[0].strip())[0] for told in (text.title, text.body))
    passages = read_passages(title, body)
    return passages, desk.encoder.encode(passages.texts)
