"""Who could write on a matter (谁能写): the informants and units that wrote nearest to it, and what came of that."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Self

from xiansuo import artefacts
from xiansuo.recommend.adoption import AdoptionPrior, Chance
from xiansuo.records import Document, Kind, Level, Team

_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class WriterWeights:
    """The numbers of `models/ranking/writers.toml`."""

    parts: dict[str, float]
    sway: float
    half: float
    half_life: float
    of_one_unit: int

    @classmethod
    def shipped(cls) -> Self:
        """Read the shipped weights."""
        path = artefacts.models() / "ranking" / "writers.toml"
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        scale, spread = told["scale"], told["spread"]
        return cls(told["parts"], scale["sway"], scale["half"], scale["half_life_days"], spread["of_one_unit"])


@dataclass(frozen=True, slots=True)
class Related:
    """An earlier text with how near it is to the matter, 0..1."""

    record: Document
    likeness: float


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the matter: texts near it, and the regions that the question names."""

    texts: tuple[Related, ...]
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """An informant or a unit with their score 0..1 and its parts.

    `texts` are theirs, the nearest first; `adopted` counts them at their highest level by the day. `chance` is that of
    what they write, None where nothing is known. `region_share` and `sector_share` are those of the other texts near
    the matter that come from their region and sector, None where that is not known.
    """

    name: str
    unit: str
    team: Team | None
    region: str
    sector: str
    score: float
    parts: dict[str, float]
    texts: tuple[Related, ...]
    adopted: dict[Level, int]
    chance: Chance | None
    latest: dt.date | None
    named_place: bool = False
    region_share: float | None = None
    sector_share: float | None = None

    @property
    def evidence(self) -> tuple[Document, ...]:
        """Their texts nearest to the matter, none of them twice in other places."""
        told: dict[str, Document] = {}
        for each in self.texts:
            told.setdefault("".join(each.record.text.split()), each.record)
        return tuple(told.values())[:_EVIDENCE]


@dataclass(frozen=True, slots=True)
class Order:
    """Who could write, best first; those who have their hands full stand `apart`, by the same order."""

    free: tuple[Ranked, ...] = ()
    apart: tuple[Ranked, ...] = field(default=())


def informants(
    work: Work, prior: AdoptionPrior, now: dt.date, weights: WriterWeights, full: Collection[str] = ()
) -> Order:
    """Order the informants who wrote near the matter, at most a few of one unit before those of others.

    :param full: names of those whose hands are full.
    """
    free, apart = _parted(_ranked(work, "author", prior, now, weights), full)
    return Order(_spread(free, weights.of_one_unit), apart)


def units(work: Work, prior: AdoptionPrior, now: dt.date, weights: WriterWeights, full: Collection[str] = ()) -> Order:
    """Order the units that wrote near the matter; as `informants`."""
    return Order(*_parted(_ranked(work, "unit", prior, now, weights), full))


def _grouped(work: Work, by: str) -> dict[str, list[Related]]:
    """Gather texts by author or unit, the nearest first; references are written by neither, and a unit is no author."""
    held: dict[str, list[Related]] = defaultdict(list)
    names = {each.record.unit for each in work.texts} if by == "author" else set()
    for each in sorted(work.texts, key=lambda each: (-each.likeness, each.record.id)):
        name = str(getattr(each.record, by))
        if name and name not in names and each.record.kind is not Kind.REFERENCE:
            held[name].append(each)
    return held


def _ranked(work: Work, by: str, prior: AdoptionPrior, now: dt.date, weights: WriterWeights) -> list[Ranked]:
    made = []
    for name, own in _grouped(work, by).items():
        # What is said of a writer is what their latest text says; a unit is of the team that most of its texts are of.
        records = [each.record for each in own]
        last = max(records, key=lambda record: (record.date or dt.date.min, record.id))
        team = last.team if by == "author" else _usual_team(records)
        # A unit's texts are in its share already.
        alone = records if by == "author" else []
        chance = prior.chance(alone, None, Level.DISTRICT, team=team, unit=last.unit)
        made.append(_judged(name, own, last.model_copy(update={"team": team}), work, chance, now, weights))
    return sorted(made, key=lambda each: (-each.score, each.name))


def _judged(
    name: str,
    own: Sequence[Related],
    last: Document,
    work: Work,
    chance: Chance | None,
    now: dt.date,
    weights: WriterWeights,
) -> Ranked:
    mass = sum(each.likeness for each in own)
    related = mass / (mass + weights.half)
    parts: dict[str, float] = {}
    if last.date is not None:
        parts["recent"] = 0.5 ** (max(0, (now - last.date).days) / weights.half_life)
    if chance is not None and chance.all_adopted:
        parts["adopted"] = chance.probability
    mine = {each.record.id for each in own}
    others = [each for each in work.texts if each.record.id not in mine and each.record.kind is not Kind.REFERENCE]
    region, sector = _share(others, "region", last.region), _share(others, "sector", last.sector)
    known = [value for value in (region, sector) if value is not None]
    named = bool(last.region) and last.region in work.places
    if named or known or work.places:
        parts["place"] = 1.0 if named else (0.0 if work.places else sum(known) / len(known))
    # Nobody stands high who wrote nothing near, however good or new what they write elsewhere is.
    total = sum(weights.parts[part] for part in parts)
    rest = sum(weights.parts[part] * value for part, value in parts.items()) / total if total else 1.0
    score = related * (1 - weights.sway + weights.sway * rest)
    parts = {"related": related, **{part: parts[part] for part in weights.parts if part in parts}}
    return Ranked(
        name,
        last.unit,
        last.team,
        last.region,
        last.sector,
        round(score, 4),
        {part: round(value, 4) for part, value in parts.items()},
        tuple(own),
        _adopted([each.record for each in own], now),
        chance,
        last.date,
        named,
        region,
        sector,
    )


def _share(others: Sequence[Related], name: str, value: str) -> float | None:
    """Say which part of the nearness of others' texts comes from a region or sector; None where it is not known."""
    told = [(getattr(each.record, name), each.likeness) for each in others if getattr(each.record, name)]
    mass = sum(likeness for _, likeness in told)
    return sum(likeness for other, likeness in told if other == value) / mass if value and mass else None


def _usual_team(records: Sequence[Document]) -> Team | None:
    """Name the team of most of a unit's texts."""
    counted = Counter(record.team for record in records if record.team)
    return min(counted, key=lambda team: (-counted[team], team.value), default=None)


def _adopted(records: Sequence[Document], now: dt.date) -> dict[Level, int]:
    """Count texts by the highest level that had adopted them by a day, the highest first."""
    highest = Counter(
        max(told, key=lambda level: level.height)
        for record in records
        if (told := [each.level for each in record.adoptions if each.date is None or each.date <= now])
    )
    return {level: highest[level] for level in reversed(Level) if highest[level]}


def _parted(ranked: Sequence[Ranked], full: Collection[str]) -> tuple[tuple[Ranked, ...], tuple[Ranked, ...]]:
    free = tuple(each for each in ranked if each.name not in full)
    return free, tuple(each for each in ranked if each.name in full)


def _spread(ranked: Sequence[Ranked], of_one_unit: int) -> tuple[Ranked, ...]:
    """Put off those of whose unit enough stand before them: all units get their turn, then again."""
    turns, counted = [], Counter[str]()
    for each in ranked:
        turns.append(counted[each.unit] // of_one_unit if each.unit else 0)
        counted[each.unit] += 1
    order = sorted(range(len(ranked)), key=lambda place: (turns[place], place))
    return tuple(ranked[place] for place in order)
