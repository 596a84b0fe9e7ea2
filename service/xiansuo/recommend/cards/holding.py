"""Whether the few texts of a topic hold together: a card made of two unlike texts is a card of neither."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_matrix

FEW = 3
"""Topics of more different texts are not asked: one that is unlike the others does not make their card."""

_OF_PAIRS = 0.9

Terms: TypeAlias = Mapping[str, float]
"""Words of a text's title and problem with their weights; suggestions are alike where the matters are not."""


def weighed(words: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    """Weigh the words of a text: (1 + log count) · rarity, rarity in 0..1."""
    return {word: (1 + math.log(count)) * rarity[word] for word, count in sorted(words.items())}


def least_likeness(sample: Sequence[Terms], weights: Mapping[str, float]) -> float:
    """Find the likeness, 0..1, that texts on one matter have at least, by pairs of an archive's texts taken by chance.

    A small archive leans on what larger ones showed.

    :param weights: those of `holding` in `models/ranking/weights.toml`.
    """
    told = [terms for terms in sample if terms]
    found = float(np.quantile(_all_pairs(told), _OF_PAIRS)) if len(told) > 1 else 0.0
    share = len(told) / (len(told) + weights["usual_texts"])
    by_chance = weights["usual"] + share * (found - weights["usual"])
    return round(weights["beyond"] * min(weights["at_most"], by_chance), 4)


def part_of(texts: Sequence[Terms], first: int, least: float) -> list[int]:
    """Choose the places of a topic's different texts that a card may be about: all of them where they hold together.

    Else the one that the topic is named after, and those that hold together with it.

    :param first: the place of that one.
    :param least: likeness of texts on one matter, of all in the mean of their pairs, see `least_likeness`.
    """
    every = list(range(len(texts)))
    if len(texts) > FEW:
        return every
    found = [likeness(one, other) for one, other in itertools.combinations(texts, 2) if one and other]
    if not found or round(sum(found) / len(found), 4) >= least:
        return every
    return [place for place in every if place == first or likeness(texts[first], texts[place]) >= least]


def likeness(one: Terms, other: Terms) -> float:
    """Compare two texts by their words: the cosine, 0..1."""
    norm = math.sqrt(_squares(one) * _squares(other))
    return round(sum(weight * other.get(word, 0.0) for word, weight in one.items()) / norm, 4) if norm else 0.0


def _squares(terms: Terms) -> float:
    return sum(weight**2 for weight in terms.values())


def _all_pairs(texts: Sequence[Terms]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Compare each of some texts with each, as `likeness` does."""
    place = {word: column for column, word in enumerate(sorted({word for terms in texts for word in terms}))}
    columns = [place[word] for terms in texts for word in terms]
    ends = np.cumsum([0, *(len(terms) for terms in texts)])
    weights = np.array([weight for terms in texts for weight in terms.values()])
    rows = csr_matrix((weights, columns, ends), shape=(len(texts), len(place)))
    norms = np.sqrt(np.array([_squares(terms) for terms in texts]))
    cosines = (rows @ rows.T).toarray() / np.maximum(1e-12, np.outer(norms, norms))
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = np.round(cosines[np.triu_indices(len(texts), 1)], 4)
    return found
