"""What an archive has in common as a list of themes sees it: taken once, later documents are judged by it.

So whether a document is about a theme does not change because others have come.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from xiansuo.recommend.aligning import alignment_model as model
from xiansuo.recommend.aligning.alignment_model import Examples, Usual, Weights
from xiansuo.recommend.aligning.marks import Marks, mark
from xiansuo.recommend.aligning.theme_evidence import EVIDENCE, Encode, Meant, Near, meant, near, rarity, values
from xiansuo.recommend.aligning.theme_terms import Terms
from xiansuo.recommend.texts import ReadText

SAMPLE = 2_000
"""Documents that a ground is taken from."""

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Ground:
    """`documents`: how many the archive had; `centre` (d,) its mean passage.

    `words` (W,) and `grams` (G,) tell how rare each is; `evidence` and `again` what is usual for each theme; `score`
    what the best theme of a document has on average. `examples` speak for the themes.
    """

    documents: int
    centre: NDArray[np.float64]
    meant: Meant
    words: NDArray[np.int64]
    grams: NDArray[np.int64]
    evidence: Usual
    again: Usual
    score: float
    examples: Examples


def chosen(ids: Iterable[str], count: int = SAMPLE) -> list[str]:
    """Choose the documents of a ground by their ids' hashes: the same ones in any order, much the same ones later."""
    return sorted(sorted(ids, key=lambda id: (hashlib.blake2b(id.encode(), digest_size=8).digest(), id))[:count])


def take(
    terms: Terms,
    texts: Sequence[ReadText],
    documents: int,
    centre: NDArray[np.float64],
    encode: Encode,
    weights: Weights,
) -> Ground:
    """Take the ground of an archive.

    :param texts: the chosen documents, in order of their ids.
    :param documents: how many the archive has.
    """
    understood = meant(terms, centre, encode)
    ids, count = tuple(text.record.id for text in texts), len(terms.themes)
    every, seen, words, grams = _read(terms, texts, centre, understood)
    usual = model.usual_of(every).drawn_to(weights.evidence, len(ids))
    if not len(ids) or not count:
        none = Examples(seen[:0], np.zeros(0, dtype=np.int64), np.zeros(0), ())
        again = Usual(*(np.tile(each, (count, 1)) for each in (weights.again.mean, weights.again.spread)))
        return Ground(documents, centre, understood, words, grams, usual, again, weights.score, none)
    first = weights.first.odds(model.standing_out(every, usual))
    examples = model.examples_of(ids, seen, first, weights)
    likeness = model.likeness(ids, seen, examples, count)
    again = model.usual_of(likeness).drawn_to(weights.again, len(ids))
    scores = model.scored_again(first, model.again_out(likeness, again), weights)
    own = Usual(scores.max(axis=1).mean(keepdims=True), np.zeros(1))
    score = float(np.round(own.drawn_to(Usual(np.array([weights.score]), np.zeros(1)), len(ids)).mean[0], 4))
    return Ground(documents, centre, understood, words, grams, usual, again, score, examples)


def evidence_of(
    terms: Terms, texts: Sequence[ReadText], centre: NDArray[np.float64], encode: Encode
) -> tuple[NDArray[np.float64], NDArray[np.int16]]:
    """Read the evidence (n, T, k) and the meaning (n, d) of documents that are themselves the archive, one at least."""
    return _read(terms, texts, centre, meant(terms, centre, encode))[:2]


def in_parts(texts: Sequence[ReadText]) -> Iterator[Sequence[ReadText]]:
    """Cut documents into so many as are judged at once."""
    for start in range(0, len(texts), _AT_ONCE):
        yield texts[start : start + _AT_ONCE]


def _read(
    terms: Terms, texts: Sequence[ReadText], centre: NDArray[np.float64], understood: Meant
) -> tuple[NDArray[np.float64], NDArray[np.int16], NDArray[np.int64], NDArray[np.int64]]:
    marked = [mark(terms, part) for part in in_parts(texts)]
    words, grams = _rarities(terms, marked)
    found = [near(understood, part, centre) for part in in_parts(texts)]
    evidence = [values(terms, *each, words, grams) for each in zip(marked, found, strict=True)]
    if not evidence:
        none = np.zeros((0, len(terms.themes), len(EVIDENCE))), np.zeros((0, len(centre)), dtype=np.int16)
        return *none, words, grams
    return np.concatenate(evidence), np.concatenate([each.seen for each in found]), words, grams


def _rarities(terms: Terms, marked: Sequence[Marks]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    words, grams = np.zeros(len(terms.words), dtype=np.int64), np.zeros(len(terms.grams), dtype=np.int64)
    for each in marked:
        words += each.found.sum(axis=0)
        grams += ((each.title_grams + each.grams) > 0).sum(axis=0).A1.astype(np.int64)
    documents = sum(len(each.length) for each in marked)
    return rarity(documents, words), rarity(documents, grams)


def packed(ground: Ground) -> bytes:
    """Write down a ground: arrays only, nothing that could run."""
    told = {"documents": ground.documents, "score": ground.score, "examples": ground.examples.documents}
    return save(
        {
            "told": np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), dtype=np.uint8),
            "centre": ground.centre,
            "words": ground.words,
            "grams": ground.grams,
            **{f"meant.{each.name}": np.ascontiguousarray(getattr(ground.meant, each.name)) for each in fields(Meant)},
            **{f"evidence.{name}": getattr(ground.evidence, name) for name in ("mean", "spread")},
            **{f"again.{name}": getattr(ground.again, name) for name in ("mean", "spread")},
            **{f"examples.{name}": getattr(ground.examples, name) for name in ("seen", "theme", "weight")},
        }
    )


def unpacked(written: bytes) -> Ground:
    """Read what `packed` wrote."""
    arrays = load(written)
    told = json.loads(arrays["told"].tobytes())
    seen, theme, weight = (arrays[f"examples.{name}"] for name in ("seen", "theme", "weight"))
    return Ground(
        told["documents"],
        arrays["centre"],
        Meant(*(arrays[f"meant.{each.name}"] for each in fields(Meant))),
        arrays["words"],
        arrays["grams"],
        Usual(arrays["evidence.mean"], arrays["evidence.spread"]),
        Usual(arrays["again.mean"], arrays["again.spread"]),
        told["score"],
        Examples(seen, theme, weight, tuple(told["examples"])),
    )


def judge(
    terms: Terms, ground: Ground, marks: Marks, nearness: Near, ids: tuple[str, ...], weights: Weights
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Tell for documents the place of the best theme (n,) and how probably each is about it (n,).

    :param ids: of these documents, at least one.
    """
    evidence = values(terms, marks, nearness, ground.words, ground.grams)
    first = weights.first.odds(model.standing_out(evidence, ground.evidence))
    again = model.likeness(ids, nearness.seen, ground.examples, len(terms.themes))
    scores = model.scored_again(first, model.again_out(again, ground.again), weights)
    return scores.argmax(axis=1), model.answers(scores, evidence, ground.score, weights)
