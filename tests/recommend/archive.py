"""A small archive with vectors of character pairs, as recommending sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tests.conftest import GramEncoder
from xiansuo.recommend.aligning.alignment import Aligner
from xiansuo.recommend.cards.matters import Ground, Matter
from xiansuo.recommend.gaps import Gap, find_gaps
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.texts import ReadText, centre, means, seen_from
from xiansuo.records import Document, WorkTheme
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


def aligner(themes: Sequence[WorkTheme], texts: Sequence[ReadText]) -> Aligner:
    """Compare themes with an archive."""
    return Aligner(themes, texts, ground(texts).centre, ENCODER.encode, segmenter().words)


def gap_of(theme: WorkTheme, themes: Sequence[WorkTheme], texts: Sequence[ReadText]) -> Gap:
    """Measure one theme's gap."""
    aligned = list(aligner(themes, texts).by_document.values())
    gaps = find_gaps(themes, aligned, {text.record.id: text.record for text in texts})
    return next(gap for gap in gaps if gap.theme.id == theme.id)


def matter(*texts: ReadText, **told: object) -> Matter:
    """Make a matter of some texts."""
    facts = {"recent": 1, "usual": 1.0, "window": "近三个月", **told}
    return Matter("t", "老年食堂亏损", ("食堂", "亏损"), texts, 1.0, len(texts), **facts)  # type: ignore[arg-type]
