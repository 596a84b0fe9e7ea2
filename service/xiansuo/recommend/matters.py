"""What a clue is about: some texts on one matter, or a theme on which there are hardly any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.alignment import Aligner, Alignment
from xiansuo.recommend.texts import ReadText, seen_from
from xiansuo.records import WorkTheme


@dataclass(frozen=True, slots=True)
class Matter:
    """A topic as recommending sees it: typical texts first, `heat` in 0..1 of the hottest.

    `recent` and `usual` are the distinct voices in the window and in earlier windows' mean;
    `window` in Chinese.
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    texts: tuple[ReadText, ...]
    heat: float
    voices: int
    recent: int
    usual: float
    window: str


def vector_of(texts: Sequence[ReadText], centre: NDArray[np.float64]) -> NDArray[np.float32]:
    """Make one vector (d,) of some texts as seen from the archive's mean."""
    means = np.stack([text.matrix.mean(axis=0, dtype=np.float64) for text in texts])
    seen = seen_from(centre, means.mean(axis=0, keepdims=True).astype(np.float32))
    return np.asarray(seen[0], dtype=np.float32)


def theme_of(matter: Matter, aligner: Aligner) -> Alignment | None:
    """Find the theme of most of a matter's texts, with the text that shows it best, or None."""
    found: list[Alignment] = []
    for text in matter.texts:
        aligned = aligner.align(text)
        if aligned is not None:
            found.append(aligned)
    if not found:
        return None
    votes = Counter(each.theme.id for each in found)
    winner, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    # A theme that a third of the texts speak of is the matter's; fewer may be chance.
    if count * 3 < len(matter.texts):
        return None
    return max(
        (each for each in found if each.theme.id == winner),
        key=lambda each: (each.score, each.document),
    )


def nearest(
    vector: NDArray[np.float32], texts: Sequence[ReadText], centre: NDArray[np.float64], count: int
) -> list[tuple[ReadText, float]]:
    """Find the texts whose mean passage is nearest to a vector."""
    if not texts:
        return []
    means = np.stack([text.matrix.mean(axis=0, dtype=np.float64) for text in texts]).astype(np.float32)
    cosines = np.round(seen_from(centre, means).astype(np.float64) @ vector.astype(np.float64), 4)
    order = sorted(range(len(texts)), key=lambda i: (-float(cosines[i]), texts[i].record.id))
    return [(texts[i], float(cosines[i])) for i in order[:count]]


def mentions(theme: WorkTheme, texts: Sequence[ReadText]) -> tuple[list[str], list[str]]:
    """Split a theme's keywords into those that the texts mention and those that none does."""
    said = [word for word in theme.keywords if any(word in text.record.text + text.record.title for text in texts)]
    return said, [word for word in theme.keywords if word not in said]
