"""A small archive with vectors of character pairs, as recommending sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from tests.conftest import GramEncoder
from xiansuo.desk.aligned_archive import AlignedArchive, said_of
from xiansuo.recommend.aligning import alignment_ground
from xiansuo.recommend.aligning.alignment import Alignment, align, vectors_of
from xiansuo.recommend.aligning.alignment_model import shipped
from xiansuo.recommend.aligning.theme_evidence import Encode
from xiansuo.recommend.aligning.theme_terms import terms_of
from xiansuo.recommend.cards.matters import Ground, Matter
from xiansuo.recommend.gaps import Gap, Reported, in_time, measure
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.texts import ReadText, centre, means, seen_from
from xiansuo.records import Document, Kind, WorkTheme
from xiansuo.text.passages import read_passages
from xiansuo.text.segment import segmenter

NOW = dt.date(2026, 11, 1)
ENCODER = GramEncoder(dimension=256)


def read(id: str, title: str, text: str, **told: object) -> ReadText:
    """Read one document."""
    passages = read_passages(title, text)
    record = Document.model_validate({"id": id, "title": title, "text": text, **told})
    return ReadText(record, passages.spans, ENCODER.encode(passages.texts))


def ground(texts: Sequence[ReadText]) -> Ground:
    """Make the ground that clues stand on."""
    mean = means(texts)
    middle = centre(mean, ENCODER.dimension)
    places = tuple(sorted({text.record.region for text in texts if text.record.region}))
    return Ground(tuple(texts), middle, Weights.shipped().taken_up, places, NOW, seen_from(middle, mean))


def aligner(themes: Sequence[WorkTheme], texts: Sequence[ReadText], encode: Encode = ENCODER.encode) -> AlignedArchive:
    """Hold an archive against themes, as the desk does."""
    terms, weights = terms_of(themes, segmenter().words), shipped()
    middle = centre(means(texts), ENCODER.dimension) if texts else np.zeros(ENCODER.dimension)
    taken = alignment_ground.take(terms, texts, len(texts), middle, encode, weights)
    judged = align(terms, taken, texts, weights)
    found = {
        each.document: Alignment(
            each.document,
            themes[each.theme],
            each.probability,
            each.keywords,
            each.passage,
            each.clause or themes[each.theme].name,
        )
        for each in judged
        if each.probability >= weights.about
    }
    said = tuple((each.document, said_of(each)) for each in judged)
    return AlignedArchive(tuple(themes), NOW, found, len(judged), vectors_of(taken), terms, said)


def gap_of(theme: WorkTheme, themes: Sequence[WorkTheme], texts: Sequence[ReadText]) -> Gap:
    """Measure one theme's gap."""
    records = {text.record.id: text.record for text in texts}
    found = []
    for id, each in aligner(themes, texts).by_document.items():
        record, adopted = records[id], bool(records[id].adoptions)
        if record.kind is not Kind.REFERENCE and in_time(record.date, each.theme):
            found.append(Reported(id, each.theme.id, record.date, adopted, bool(record.replies), adopted))
    return next(gap for gap in measure(themes, found) if gap.theme.id == theme.id)


def matter(*texts: ReadText, **told: object) -> Matter:
    """Make a matter of some texts."""
    facts = {"recent": 1, "usual": 1.0, "window": "近三个月", **told}
    return Matter("t", "老年食堂亏损", ("食堂", "亏损"), texts, 1.0, len(texts), **facts)  # type: ignore[arg-type]
