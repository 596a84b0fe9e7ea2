"""What a clue is about: some texts on one matter, or a theme on which there are hardly any."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Alignment, about_theme
from xiansuo.recommend.cards.bearing import bears
from xiansuo.recommend.texts import ReadText, means, seen_from
from xiansuo.records import WorkTheme


@dataclass(frozen=True, slots=True)
class Matter:
    """A topic as recommending sees it: its key words, typical texts first.

    `heat` in 0..1 is how much it is written about just now, the root of its momentum over the greatest.
    `voices` counts the people who ever spoke of it, `recent` those within the window, `usual` is
    their mean in earlier windows, None where the archive covers none; `window` in Chinese, empty
    for all time. `sought`: no topic, but what a search found, which need not be all there is.
    """

    id: str
    name: str
    phrases: tuple[str, ...]
    texts: tuple[ReadText, ...]
    heat: float
    voices: int
    recent: int
    usual: float | None
    window: str
    sought: bool = False


@dataclass(frozen=True)
class Ground:
    """The archive up to a day, and how far an earlier text settles its matter (`taken_up`).

    `seen` float32 (n, d) are the texts' means as seen from `centre`.
    """

    texts: tuple[ReadText, ...]
    centre: NDArray[np.float64]
    taken_up: dict[str, float]
    places: tuple[str, ...]
    now: dt.date
    seen: NDArray[np.float32] = field(repr=False)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each text stands among `texts`, by its id."""
        return {text.record.id: place for place, text in enumerate(self.texts)}

    @cached_property
    def exact(self) -> NDArray[np.float64]:
        """`seen` in double precision, float64 (n, d): every clue is compared with it."""
        return self.seen.astype(np.float64)


@dataclass(frozen=True, slots=True)
class SharedTheme:
    """The theme that a matter's texts share: the text that shows it best, and how many of the texts are about it."""

    best: Alignment
    texts: int


def vector_of(texts: Sequence[ReadText], centre: NDArray[np.float64]) -> NDArray[np.float32]:
    """Make one vector (d,) of some texts as seen from the archive's mean."""
    mean = means(texts).mean(axis=0, keepdims=True, dtype=np.float64)
    return np.asarray(seen_from(centre, mean.astype(np.float32))[0], dtype=np.float32)


def theme_of(matter: Matter, aligned: Mapping[str, Alignment]) -> SharedTheme | None:
    """Find the theme of most of a matter's texts, or None.

    :param aligned: the archive's documents that are about a theme, by id.
    """
    found = [aligned[text.record.id] for text in matter.texts if text.record.id in aligned]
    themed = _voted(found)
    # A theme that a third of the texts speak of is the matter's; fewer may be chance.
    return themed if themed and themed.texts * 3 >= len(matter.texts) else None


def shown_theme(matter: Matter, aligned: Mapping[str, Alignment]) -> SharedTheme | None:
    """Find the theme that a card may name: one of which a reader sees why in enough of the texts (see `bearing`)."""
    told = [each for text in matter.texts if (each := aligned.get(text.record.id)) and bears(text, each)]
    themed = _voted(told)
    enough = themed and themed.texts * 3 > len(matter.texts) and themed.texts >= min(2, len(matter.texts))
    return themed if enough else None


def _voted(found: Sequence[Alignment]) -> SharedTheme | None:
    if not found:
        return None
    votes = Counter(each.theme.id for each in found)
    winner, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return SharedTheme(about_theme(found, winner)[0], count)


def likeness_to(vectors: NDArray[np.float32], ground: Ground) -> NDArray[np.float64]:
    """Compare every text's mean passage with a vector (d,), or with several (k, d): many at once are much sooner done.

    :return: cosines (n,) or (k, n), rounded, in the order of the ground's texts.
    """
    return np.asarray(np.round(vectors.astype(np.float64) @ ground.exact.T, 4))


def nearest(likeness: NDArray[np.float64], ground: Ground, least: float) -> list[tuple[ReadText, float]]:
    """List the texts that are at least so near, with their cosines, in the order of the ground's texts."""
    return [(ground.texts[place], float(likeness[place])) for place in np.flatnonzero(likeness >= least).tolist()]


def mentions(theme: WorkTheme, texts: Sequence[ReadText]) -> list[str]:
    """List those of a theme's keywords that some of the texts mention."""
    return [word for word in theme.keywords if any(word in text.record.text + text.record.title for text in texts)]
