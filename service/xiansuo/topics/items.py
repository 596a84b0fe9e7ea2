"""What is clustered and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from xiansuo.topics.bag import NO_WORDS, Words
from xiansuo.topics.sites import NOWHERE, Site


class State(StrEnum):
    """What is known of a document's topic."""

    ASSIGNED = "assigned"
    UNDECIDED = "undecided"
    ISOLATED = "isolated"


@dataclass(frozen=True, slots=True)
class Item:
    """One document to cluster.

    `vector` float32 (d,), length 1, as from `weighing`; `fingerprint` is equal for texts that are
    copies; `voice` is the person who wrote it, empty where nobody is named; `title` holds the title's
    2- and 3-grams, `site` where it is.
    """

    id: str
    vector: NDArray[np.float32]
    words: Words
    fingerprint: str
    voice: str = ""
    title: Words = NO_WORDS
    site: Site = NOWHERE


@dataclass(frozen=True, slots=True)
class Near:
    """A document near another one and how like it is, 0..1."""

    id: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Loose:
    """A document that belongs to no topic: `undecided` or `isolated`, with the nearest documents of others."""

    id: str
    state: State
    nearest: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Documents on one matter; the id is made of theirs. `central`: its texts, typical first.

    `unity`: mean likeness of two of its texts, 0..1; high where all speak of one thing, low where of one theme.
    """

    id: str
    members: tuple[str, ...]
    texts: int
    central: tuple[str, ...]
    unity: float
