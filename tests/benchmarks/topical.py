"""An archive whose matters are known, at any size, with the words of real texts: there are always new ones.

Each matter has a place, a few words and a dozen clauses of its own; each text has some words that no other has. A fifth
of the texts belong to no matter. A matter has `SMALLEST` texts at least, so that who looks for ten can find them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np

from tests.benchmarks.archive import clause
from tests.corpus import texts
from xiansuo.embed.encoder import Encoder
from xiansuo.index.terms import hashed, word_terms
from xiansuo.text.fingerprint import fingerprint
from xiansuo.text.normalise import normalise
from xiansuo.text.segment import Segmenter
from xiansuo.topics.bag import Words
from xiansuo.topics.items import Item
from xiansuo.topics.sites import site_of
from xiansuo.topics.stock import stock_words
from xiansuo.topics.titles import title_grams

SMALLEST = 12
"""Texts that a matter has at least."""

NOISE = 0.2
"""Share of the texts that belong to no matter."""

_LARGEST_SHARE, _TAIL, _MEAN_MORE = 0.02, 1.3, 10
_CLAUSES, _SPREAD = 12, 0.65  # clauses of a text: median, and spread of their logarithm
_OF_THE_MATTER, _WITH_A_WORD, _WORD_OF_THE_MATTER = 0.4, 0.75, 0.3
_TEXTS_A_VOICE = 1.3
_GROUNDS = ("小区", "花园", "路", "村", "社区", "大道", "街道", "中学", "市场", "家园", "公寓", "广场")
_ENDINGS = ("望有关部门尽快处理。", "请予以重视，谢谢！", "建议有关部门调查核实并给出答复。", "恳请解决。")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Made:
    """A text; `matter` is -1 for one that belongs to none."""

    id: str
    title: str
    body: str
    author: str
    matter: int


@dataclass(frozen=True, slots=True)
class _Matter:
    place: str
    words: tuple[str, ...]
    clauses: tuple[str, ...]


def made_texts(count: int, *, seed: int = 11) -> Iterator[Made]:
    """Write so many texts, in no order."""
    random = np.random.default_rng(seed)
    labels = _labels(count, random)
    matters = [_matter(random) for _ in range(int(labels.max()) + 1)]
    for number, label in enumerate(labels.tolist()):
        matter = matters[label] if label >= 0 else _matter(random)
        title, body = _written(matter, random)
        author = f"u{int(random.integers(max(1, round(count / _TEXTS_A_VOICE))))}"
        yield Made(f"d{number:06d}", title, body, author, label)


def made_items(written: Iterator[Made], encoder: Encoder, segmenter: Segmenter) -> Iterator[tuple[Item, int]]:
    """Read texts as the topics need them, each with its matter; a text is one vector, made of the whole."""
    said = np.unique(hashed(stock_words()))
    while some := list(islice(written, _BATCH)):
        vectors = encoder.encode([f"{each.title}。{each.body}" for each in some])
        for each, vector in zip(some, vectors, strict=True):
            title, body = normalise(each.title).text, normalise(each.body).text
            words = _words(word_terms(each.title, body, segmenter)).without(said)
            site = site_of(title, body)
            grams = _words(hashed(title_grams(title)))
            yield Item(each.id, vector.copy(), words, fingerprint(each.body), each.author, grams, site), each.matter


def _words(terms: np.typing.NDArray[np.uint32]) -> Words:
    distinct, counts = np.unique(terms, return_counts=True)
    return Words(distinct, counts.astype(np.uint16))


def _labels(count: int, random: np.random.Generator) -> np.typing.NDArray[np.int64]:
    """Deal matters out: sizes fall off as a power law, and the largest holds a fiftieth."""
    labels: list[int] = []
    matter, wanted = 0, round(count * (1 - NOISE))
    while wanted - len(labels) >= SMALLEST:
        more = int(_MEAN_MORE * random.pareto(_TAIL))
        size = min(SMALLEST + more, max(SMALLEST, int(count * _LARGEST_SHARE)), wanted - len(labels))
        labels += [matter] * size
        matter += 1
    labels += [-1] * (count - len(labels))
    return random.permutation(np.array(labels, dtype=np.int64))


def _matter(random: np.random.Generator) -> _Matter:
    place = _word(random) + _GROUNDS[int(random.integers(len(_GROUNDS)))]
    return _Matter(place, tuple(_word(random) for _ in range(6)), tuple(clause(random) for _ in range(_CLAUSES)))


def _written(matter: _Matter, random: np.random.Generator) -> tuple[str, str]:
    size = max(3, round(_CLAUSES * np.exp(_SPREAD * random.standard_normal())))
    own = [_word(random) for _ in range(max(2, size // 3))]
    told = [_told(matter, own, random) for _ in range(size)]
    told[int(random.integers(size))] = f"{matter.place}{_one(random, matter.clauses)}"
    ends = np.where(random.random(size) < 0.3, "。", "，").tolist()
    ends[-1] = "。"
    body = "".join(part + end for part, end in zip(told, ends, strict=True))
    title = f"{matter.place}{_one(random, matter.words)}{_one(random, own)}{_one(random, matter.clauses[:4])[:12]}"
    return title, body + _one(random, _ENDINGS)


def _told(matter: _Matter, own: list[str], random: np.random.Generator) -> str:
    said = _one(random, matter.clauses) if random.random() < _OF_THE_MATTER else clause(random)
    if random.random() < _WITH_A_WORD:
        word = _one(random, matter.words if random.random() < _WORD_OF_THE_MATTER else own)
        said = word + said if random.random() < 0.5 else said + word
    return said


def _word(random: np.random.Generator) -> str:
    """Make a word up: characters of the demo corpus, the usual ones more often."""
    letters, shares = _letters()
    return "".join(letters[int(place)] for place in np.searchsorted(shares, random.random(2 + (random.random() < 0.3))))


@cache
def _letters() -> tuple[str, np.typing.NDArray[np.float64]]:
    counted: dict[str, int] = {}
    for text in texts():
        for letter in text:
            if "\u4e00" <= letter <= "\u9fff":
                counted[letter] = counted.get(letter, 0) + 1
    weights = np.array(list(counted.values()), dtype=np.float64)
    return "".join(counted), np.cumsum(weights) / weights.sum()


def _one(random: np.random.Generator, items: tuple[str, ...] | list[str]) -> str:
    return items[int(random.integers(len(items)))]
