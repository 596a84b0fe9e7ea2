"""What is adopted (采用), and at which level: shares of earlier texts, drawn to the mean where there are few of them.

A share of a handful says little, so it is mixed with the share of the wider group, as if that had been seen in so many
texts more (beta-binomial; Gelman et al., Bayesian Data Analysis, 2013, chapter 5). How many is found in the archive
itself: that by which the groups' counts are likeliest. Groups that differ no more than by chance count nothing. How far
this holds is measured in `models/ranking/card.md`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xiansuo.records import Document, Kind, Level, Team

RIPE = 60
"""Days after which a text has had its chance to be adopted; younger ones do not count, adopted or not."""

_LEVELS = tuple(Level)
_STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, math.inf)


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a text on some matter is adopted at a level or a higher one.

    `probability` and `base` 0..1: drawn to the base rate, and the base rate itself, which is that of all texts.
    `adopted` of `sample` texts on the matter were, `all_adopted` of `everything`.
    """

    level: Level
    probability: float
    base: float
    adopted: int
    sample: int
    all_adopted: int
    everything: int


@dataclass(slots=True)
class _Group:
    """Texts of one group: how many, how many adopted at a level or higher, and how many that was to be expected."""

    texts: int = 0
    adopted: int = 0
    expected: float = 0.0


class AdoptionPrior:
    """Counts of an archive up to a day: of all texts, of a team's, of a unit's, of a group's and of a matter's.

    Each is drawn to the one before it.

    :param records: what was written; references and proposals do not count, they are not adopted.
    :param group_of: each document's group by its id: work theme, category or whatever it names.
    :param now: adoptions after this day and texts that are not `RIPE` by then do not count.
    :param matter_of: each document's matter by its id, from which is found how far matters differ; where it is not
        given, they are taken to differ as groups do.
    """

    def __init__(
        self,
        records: Iterable[Document],
        group_of: Mapping[str, str],
        now: dt.date,
        matter_of: Mapping[str, str] | None = None,
    ) -> None:
        self._now = now
        counted = sorted((record for record in records if self._counts(record)), key=lambda record: record.id)
        self._reached = [self._reach(record) for record in counted]
        keys = [
            [record.team.value if record.team else None for record in counted],
            [record.unit or None for record in counted],
            [group_of.get(record.id) for record in counted],
        ]
        if matter_of is not None:
            keys.append([matter_of.get(record.id) for record in counted])
        self._layers = [self._fitted(keys, place) for place in range(len(_LEVELS))]

    def chance(
        self, texts: Sequence[Document], group: str | None, level: Level, *, team: Team | None = None, unit: str = ""
    ) -> Chance | None:
        """Judge a matter by its own texts, these by its group, that by who would write, that by all.

        :param texts: the matter's own texts.
        :param group: the group that it falls in, if any.
        :param team: of who would write on it, where that is known; `unit` likewise.
        :return: None where nothing is known.
        """
        place, everything = _LEVELS.index(level), len(self._reached)
        if not everything:
            return None
        layers = self._layers[place]
        probability = base = self._rate(place)
        for key, (groups, strength) in zip((team and team.value, unit or None, group), layers, strict=False):
            probability = _drawn(groups.get(key), strength, probability)
        own = _Group()
        for text in texts:
            if self._counts(text):
                own.texts += 1
                own.adopted += self._reach(text) > place
        # The last layer is that of matters, else that of groups.
        probability = _drawn(own, layers[-1][1], probability)
        reached = sum(each > place for each in self._reached)
        return Chance(level, round(probability, 4), round(base, 4), own.adopted, own.texts, reached, everything)

    def _rate(self, place: int) -> float:
        # Half a case more on both sides: no share is quite 0 or 1.
        return (sum(each > place for each in self._reached) + 0.5) / (len(self._reached) + 1)

    def _counts(self, record: Document) -> bool:
        if record.kind in (Kind.REFERENCE, Kind.PROPOSAL):
            return False
        # Were young ones counted once they are adopted, all shares would be too great.
        return record.date is None or (self._now - record.date).days >= RIPE

    def _reach(self, record: Document) -> int:
        """Count the levels up to the highest that had adopted a text by the day."""
        told = [each.level for each in record.adoptions if each.date is None or each.date <= self._now]
        return max((_LEVELS.index(level) + 1 for level in told), default=0)

    def _fitted(
        self, keys: Sequence[Sequence[str | None]], place: int
    ) -> list[tuple[dict[str | None, _Group], float]]:
        """Count each layer's groups and find its strength, given what the layers before it say of each text."""
        expected = [self._rate(place)] * len(self._reached)
        layers = []
        for layer in keys:
            groups: dict[str | None, _Group] = defaultdict(_Group)
            for key, reached, likely in zip(layer, self._reached, expected, strict=True):
                if key is not None:
                    group = groups[key]
                    group.texts += 1
                    group.adopted += reached > place
                    group.expected += likely
            strength = _strength(groups.values())
            layers.append((dict(groups), strength))
            expected = [
                _drawn(groups.get(key), strength, likely) for key, likely in zip(layer, expected, strict=True)
            ]
        return layers


def _drawn(group: _Group | None, strength: float, wider: float) -> float:
    """Mix a group's share with the wider one, as if that had been seen in `strength` texts."""
    if group is None or math.isinf(strength):
        return wider
    return (group.adopted + strength * wider) / (group.texts + strength)


def _strength(groups: Iterable[_Group]) -> float:
    """Find the strength by which the groups' counts are likeliest; the greatest where none is better."""
    told = [(group.texts, group.adopted, group.expected / group.texts) for group in groups]

    def likelihood(strength: float) -> float:
        return math.fsum(_log_likelihood(*group, strength) for group in told)

    return max(_STRENGTHS, key=lambda strength: (round(likelihood(strength), 6), strength))


def _log_likelihood(texts: int, adopted: int, mean: float, strength: float) -> float:
    if math.isinf(strength):
        return adopted * math.log(mean) + (texts - adopted) * math.log(1 - mean)
    a, b = strength * mean, strength * (1 - mean)
    return _log_beta(a + adopted, b + texts - adopted) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
