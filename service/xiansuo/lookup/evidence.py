"""The numbers by which an earlier text is weighed against a question.

A question is short and informal: it has few words, often others than the text. So single characters and pairs of them
count beside words, and words that mean the same count beside the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.lookup.grams import characters, counted, pairs
from xiansuo.lookup.usual import Usual, mean_of

EVIDENCE = ("pairs", "characters", "title", "whole", "title_words")
"""Columns of `weigh`: BM25 of pairs of characters and of characters, 0..1; cosines of the question with the title and
the whole text, in spreads of unrelated ones; how well the question's words are met by those of the title, 0..1."""

# As in `LexicalIndex.relevance`.
_K1, _B = 1.2, 0.75
_TITLE_COUNTS = 3
# Sentences looked through for the one to show; one with so many content words is worth so much more.
_LOOKED_THROUGH, _FEW_WORDS, _TELLING = 12, 4, 0.3


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its normalised text, its vector (d,), its content words and their rarity in 0..1, (w,)."""

    text: str
    vector: NDArray[np.float32]
    words: Sequence[str]
    rarity: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may fit.

    Normalised `title` and `body`; `matrix` (n, d) holds the vectors of its passages, the title's first; `words_in(i)`
    cuts passage i into content words.
    """

    title: str
    body: str
    matrix: NDArray[np.float16]
    words_in: Callable[[int], Sequence[str]]


def weigh(question: Question, candidates: Sequence[Candidate], usual: Usual, meanings: Meanings) -> NDArray[np.float64]:
    """Compare a question with every candidate, a row each: (n, len(EVIDENCE))."""
    asked = characters(question.text)
    texts = [
        np.concatenate([*([characters(each.title)] * _TITLE_COUNTS), characters(each.body)]) for each in candidates
    ]
    seen = [usual.seen(each.matrix.astype(np.float32)) for each in candidates]
    vector = usual.seen(question.vector[None])[0]
    cosines = [each @ vector for each in seen]
    values = np.empty((len(candidates), len(EVIDENCE)))
    values[:, 0] = _bm25(np.unique(pairs(asked)), [pairs(text) for text in texts], usual)
    values[:, 1] = _bm25(np.unique(asked), texts, usual)
    values[:, 2] = [float(each[0]) / usual.sentence for each in cosines]
    values[:, 3] = [float(mean_of(each) @ vector) / usual.whole for each in seen]
    values[:, 4] = meanings.met(question, [set(each.words_in(0)) for each in candidates])
    return np.round(values, 5)


def sentence_to_show(question: Question, candidate: Candidate, usual: Usual) -> int:
    """Choose the sentence of the body that is nearest in meaning and words; the title is shown anyway.

    :return: which passage; 0, the title, where there is no body.
    """
    vector = usual.seen(question.vector[None])[0]
    cosines = usual.seen(candidate.matrix.astype(np.float32)) @ vector
    asked = np.unique(characters(question.text))
    rare = usual.rarity(asked)
    best, chosen = -np.inf, 0
    for passage in np.argsort(-np.round(cosines, 5), kind="stable").tolist()[:_LOOKED_THROUGH]:
        words = candidate.words_in(passage)
        shared = float(rare[np.isin(asked, characters("".join(words)))].sum()) / max(1e-9, float(rare.sum()))
        # （一）划片打包。 is near but says little.
        score = float(cosines[passage]) + shared + (_TELLING if len(words) >= _FEW_WORDS else 0.0)
        if passage and score > best:
            best, chosen = score, passage
    return chosen or min(1, len(cosines) - 1)


class Meanings:
    """Vectors of words, kept between questions."""

    def __init__(self, encode: Callable[[Sequence[str]], NDArray[np.float32]]) -> None:
        self._encode = encode
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def met(self, question: Question, titles: Sequence[set[str]]) -> NDArray[np.float64]:
        """Say how well titles meet the words of a question: the mean, by rarity, of each one's best cosine, at least 0.

        :return: one for each title, shape (n,).
        """
        met = np.zeros(len(titles))
        total = float(question.rarity.sum())
        places = {word: place for place, word in enumerate(sorted(set().union(*titles)))}
        if not places or not total:
            return met
        cosines = np.clip(self._of(question.words) @ self._of(list(places)).T, 0.0, 1.0)
        for title, words in enumerate(titles):
            if words:
                met[title] = question.rarity @ cosines[:, [places[word] for word in words]].max(axis=1) / total
        return met

    def _of(self, words: Sequence[str]) -> NDArray[np.float32]:
        new = sorted(set(words) - self._vectors.keys())
        if new:
            if len(self._vectors) > _KEPT:
                self._vectors.clear()
                new = sorted(set(words))
            self._vectors.update(zip(new, self._encode(new), strict=True))
        return np.stack([self._vectors[word] for word in words])


# Some 100 MB at 512 dimensions.
_KEPT = 50_000


def _bm25(wanted: NDArray[np.int64], texts: Sequence[NDArray[np.int64]], usual: Usual) -> NDArray[np.float64]:
    """Return BM25 (see `LexicalIndex.relevance`) divided by the most that could be reached, shape (n,)."""
    rare = usual.rarity(wanted)
    if not len(wanted) or not rare.sum():
        return np.zeros(len(texts))
    tf = counted(wanted, texts).astype(np.float64)
    norm = _K1 * (1 - _B + _B * np.array([len(text) for text in texts]) / usual.length)
    return np.asarray((tf / (tf + norm[:, None])) @ rare / rare.sum())
