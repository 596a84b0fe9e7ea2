"""Key phrases of several words: 电动自行车充电 tells more than 电动自行车 and 充电.

A run of words is a phrase of a topic where the words stand together in most of its texts that have the heaviest of
them. It is weighed as the words are (see `phrases`); an archive has it as often as it has all of its words in one text.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from xiansuo.topics.edges import ASKING, DOING, EDGE, OURS
from xiansuo.topics.grounds import SPOTS

# The heaviest words of a topic, in which phrases are looked for.
_WORDS = 24
_LONGEST, _MOST_WORDS = 9, 4
# Words are a phrase if they stand together in so many of the texts that have the heaviest of them, and in two at least.
_TOGETHER = 0.5
# What a word is worth that none of the titles has.
_UNTITLED = 0.5
# A phrase stands in this part of a topic's texts at least.
_ONE_IN = 0.3
# Of two phrases the longer one is taken if it is found nearly as often.
_NEARLY = 0.75


# No phrase holds one of these.
_NONE = EDGE | ASKING | DOING | OURS | SPOTS


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together in `share`, 0..1, of a topic's texts."""

    words: tuple[str, ...]
    share: float

    @property
    def text(self) -> str:
        """The words, joined."""
        return "".join(self.words)


def runs(texts: Sequence[Sequence[str]], weights: Mapping[str, float], stock: Set[str]) -> list[Run]:
    """Find the phrases of a topic, no two with a word in common.

    :param texts: the words of its texts, in their order.
    :param weights: its key words, heaviest first.
    """
    heavy = list(weights)[:_WORDS]
    wanted = frozenset(heavy)
    alone: Counter[str] = Counter()
    counted: Counter[tuple[str, ...]] = Counter()
    for words in texts:
        alone.update(wanted.intersection(words))
        counted.update(set(_runs_of(words, wanted, stock)))
    having: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for run, count in counted.items():
        if count >= max(min(2, len(texts)), _ONE_IN * len(texts)):
            for word in wanted.intersection(run):
                having[word].append(run)
    found: list[Run] = []
    used: set[str] = set()
    for word in heavy:
        fitting = [
            run
            for run in having[word]
            if word not in used and used.isdisjoint(run) and counted[run] >= _TOGETHER * alone[word]
        ]
        most = max((counted[run] for run in fitting), default=0)
        fitting = [run for run in fitting if counted[run] >= _NEARLY * most]
        if fitting:
            best = max(fitting, key=lambda run: (sum(map(len, run)), counted[run], run))
            used.update(best)
            found.append(Run(best, counted[best] / len(texts)))
    return found


def key_phrases(
    weights: Mapping[str, float],
    found: Sequence[Run],
    documents: Mapping[tuple[str, ...], int],
    mean: float,
    titles: str,
) -> list[str]:
    """Put words and phrases in the order of their weights; what is said by a heavier one is left out.

    :param documents: how many documents of the archive have all words of a phrase.
    :param mean: word occurrences of a topic in the mean.
    :param titles: those of its texts; what none of them has counts half.
    """
    weighed = dict(weights)
    for run in found:
        for word in run.words:
            weighed.pop(word, None)
    for run in found:
        weighed[run.text] = round(run.share * math.log1p(mean / max(1, documents[run.words])), 6)
    weighed = {text: weight * (1.0 if text in titles else _UNTITLED) for text, weight in weighed.items()}
    shown: list[str] = []
    for text in sorted(weighed, key=lambda each: (-weighed[each], each)):
        if not any(text in other or other in text for other in shown):
            shown.append(text)
    return shown


def _runs_of(words: Sequence[str], wanted: Set[str], stock: Set[str]) -> Iterator[tuple[str, ...]]:
    fit = [word.isalnum() and not word.isdecimal() and word not in _NONE and word not in stock for word in words]
    for place, word in enumerate(words):
        if word not in wanted:
            continue
        for start in range(max(0, place - _MOST_WORDS + 1), place + 1):
            for end in range(max(place, start + 1), min(len(words), start + _MOST_WORDS)):
                if all(fit[start : end + 1]) and sum(map(len, words[start : end + 1])) <= _LONGEST:
                    yield tuple(words[start : end + 1])
