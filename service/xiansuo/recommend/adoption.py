"""What is adopted (采用), and at which level: shares of earlier texts, drawn to the mean where there are few of them.

A share of a handful says little, so it is mixed with the share of the wider group, as if that had been seen in so many
texts more (beta-binomial; Gelman et al., Bayesian Data Analysis, 2013, chapter 5). How many is found in the archive
itself: that by which the groups' counts are likeliest; where that is hardly likelier than no difference at all between
them (Akaike's criterion), they count nothing. How far this holds is measured in `models/ranking/card.md`.
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

_STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
# A number that is fitted must make the counts likelier by so much, in natural logarithms.
_WORTH = 1.0


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a text on some matter is adopted at a level or a higher one.

    `probability` and `base` 0..1: drawn to the base rate, and the base rate itself, which is that of all texts.
    `adopted` of `sample` texts on the matter were, `all_adopted` of `everything`. `weighed` names what moved the
    probability away from the base rate: `team`, `unit`, `group`, `matter`; what is unknown, or by which outcomes
    hardly differ, does not.
    """

    level: Level
    probability: float
    base: float
    adopted: int
    sample: int
    all_adopted: int
    everything: int
    weighed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document; `adopted` are levels and their days, as far as these are known."""

    id: str
    kind: Kind
    date: dt.date | None
    team: Team | None
    unit: str
    adopted: tuple[tuple[Level, dt.date | None], ...]


@dataclass(slots=True)
class _Group:
    """Texts of one group: how many, how many adopted at a level or higher, and how many that was to be expected."""

    texts: int = 0
    adopted: int = 0
    expected: float = 0.0


_Keys = tuple[str | None, str | None, str | None, str | None]
_Layer = tuple[dict[str | None, _Group], float]
_WITHOUT_MATTERS = 3


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
        records: Iterable[Document | Outcome],
        group_of: Mapping[str, str],
        now: dt.date,
        matter_of: Mapping[str, str] | None = None,
    ) -> None:
        self._now = now
        # Texts of one team, unit, group and matter are counted together: how many reach each level, and how many are.
        cells: dict[_Keys, list[int]] = defaultdict(lambda: [0] * (len(Level) + 1))
        for record in map(_outcome, records):
            if self._counts(record):
                matter = None if matter_of is None else matter_of.get(record.id)
                team = record.team.value if record.team else None
                cell = cells[team, record.unit or None, group_of.get(record.id) or None, matter or None]
                cell[-1] += 1
                for place in range(self._reach(record)):
                    cell[place] += 1
        self._cells = sorted(cells.items(), key=lambda cell: tuple(key or "" for key in cell[0]))
        self._all = [sum(cell[place] for _, cell in self._cells) for place in range(len(Level) + 1)]
        self._depth = _WITHOUT_MATTERS if matter_of is None else _WITHOUT_MATTERS + 1
        self._layers: dict[int, list[_Layer]] = {}

    def chance(
        self,
        texts: Sequence[Document | Outcome],
        group: str | None,
        level: Level,
        *,
        team: Team | None = None,
        unit: str = "",
    ) -> Chance | None:
        """Judge a matter by its own texts, these by its group, that by who would write, that by all.

        :param texts: the matter's own texts.
        :param group: the group that it falls in, if any.
        :param team: of who would write on it, where that is known; `unit` likewise.
        :return: None where nothing is known.
        """
        place, everything = level.height, self._all[-1]
        if not everything:
            return None
        if place not in self._layers:
            self._layers[place] = self._fitted(place)
        layers = self._layers[place]
        probability = base = self._rate(place)
        weighed = set[str]()
        asked = {"team": team and team.value, "unit": unit or None, "group": group}
        for (name, key), (groups, strength) in zip(asked.items(), layers, strict=False):
            probability = _drawn(groups.get(key), strength, probability)
            if key in groups and not math.isinf(strength):
                weighed.add(name)
        own = _Group()
        for text in map(_outcome, texts):
            if self._counts(text):
                own.texts += 1
                own.adopted += self._reach(text) > place
        # The last layer is that of matters, else that of groups.
        strength = layers[-1][1]
        probability = _drawn(own, strength, probability)
        if own.texts and not math.isinf(strength):
            weighed.add("matter")
        told = (level, round(probability, 4), round(base, 4), own.adopted, own.texts, self._all[place], everything)
        return Chance(*told, frozenset(weighed))

    def _rate(self, place: int) -> float:
        # Half a case more on both sides: no share is quite 0 or 1.
        return (self._all[place] + 0.5) / (self._all[-1] + 1)

    def _counts(self, record: Outcome) -> bool:
        if record.kind in (Kind.REFERENCE, Kind.PROPOSAL):
            return False
        # Were young ones counted once they are adopted, all shares would be too great.
        return record.date is None or (self._now - record.date).days >= RIPE

    def _reach(self, record: Outcome) -> int:
        """Count the levels up to the highest that had adopted a text by the day."""
        if not record.adopted:
            return 0
        told = [level for level, date in record.adopted if date is None or date <= self._now]
        return max((level.height + 1 for level in told), default=0)

    def _fitted(self, place: int) -> list[_Layer]:
        """Count each layer's groups and find its strength, given what the layers before it say of each text."""
        expected = [self._rate(place)] * len(self._cells)
        layers: list[_Layer] = []
        for layer in range(self._depth):
            groups: dict[str | None, _Group] = defaultdict(_Group)
            for (keys, cell), likely in zip(self._cells, expected, strict=True):
                if keys[layer] is not None:
                    group = groups[keys[layer]]
                    group.texts += cell[-1]
                    group.adopted += cell[place]
                    group.expected += cell[-1] * likely
            strength = _strength(groups.values())
            layers.append((dict(groups), strength))
            expected = [
                _drawn(groups.get(keys[layer]), strength, likely)
                for (keys, _), likely in zip(self._cells, expected, strict=True)
            ]
        return layers


def _outcome(record: Document | Outcome) -> Outcome:
    if isinstance(record, Outcome):
        return record
    told = tuple((each.level, each.date) for each in record.adoptions)
    return Outcome(record.id, record.kind, record.date, record.team, record.unit, told)


def _drawn(group: _Group | None, strength: float, wider: float) -> float:
    """Mix a group's share with the wider one, as if that had been seen in `strength` texts."""
    if group is None or math.isinf(strength):
        return wider
    return (group.adopted + strength * wider) / (group.texts + strength)


def _strength(groups: Iterable[_Group]) -> float:
    """Find the strength by which the groups' counts are likeliest; infinite where groups need not differ at all."""
    told = [(group.texts, group.adopted, group.expected / group.texts) for group in groups]

    def likelihood(strength: float) -> float:
        return math.fsum(_log_likelihood(*group, strength) for group in told)

    gained = {strength: round(likelihood(strength) - likelihood(math.inf), 6) for strength in _STRENGTHS}
    best = max(_STRENGTHS, key=lambda strength: (gained[strength], strength))
    return best if gained[best] > _WORTH else math.inf


def _log_likelihood(texts: int, adopted: int, mean: float, strength: float) -> float:
    if math.isinf(strength):
        return adopted * math.log(mean) + (texts - adopted) * math.log(1 - mean)
    a, b = strength * mean, strength * (1 - mean)
    return _log_beta(a + adopted, b + texts - adopted) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
