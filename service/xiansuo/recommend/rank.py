"""The order of clues: a weighted sum of parts, then a mix of focuses and diversity; see `models/ranking/card.md`."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from xiansuo import artefacts
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.one_matter import one_matter, taken_apart
from xiansuo.recommend.cards.repeats import alike
from xiansuo.recommend.standing import Standing
from xiansuo.records import Focus, Team

_LIKE_OWN = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of `models/ranking/weights.toml`."""

    parts: dict[str, float]
    relevance: float
    spread: float
    alike: float
    taken_up: dict[str, float]
    half_life: float
    mix: dict[Focus, float]
    known: float
    room: dict[str, float]
    holding: dict[str, float]
    reported_days: int

    @classmethod
    def shipped(cls) -> Self:
        """Read the shipped weights."""
        path = artefacts.models() / "ranking" / "weights.toml"
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            told["parts"],
            told["diversity"]["relevance"],
            told["diversity"]["spread"],
            told["diversity"]["alike"],
            told["taken_up"],
            told["momentum"]["half_life_days"],
            {focus: told["mix"][focus.value] for focus in Focus},
            told["known"]["each"],
            told["room"],
            told["holding"],
            told["reported"]["days"],
        )


@dataclass(frozen=True, slots=True)
class Informant:
    """Whom the clues are for; what is empty is not known."""

    author: str = ""
    unit: str = ""
    team: Team | None = None
    region: str = ""
    sector: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return bool(self.author or self.unit or self.team or self.region or self.sector)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A clue with its score and all parts that went into it; `standing` says in Chinese who is at it already.

    `also` are the clues on the same matter that would have come later in the list and stand under this one. `taken`:
    somebody writes on it, and nobody else can claim it.
    """

    clue: Clue
    score: float
    parts: dict[str, float]
    standing: str = ""
    also: tuple[Clue, ...] = ()
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The clues chosen, best first.

    `declined` counts those left out because the informant said that they are not for them, `reported` those on which a
    prompt led to a report already.
    """

    ranked: tuple[Ranked, ...] = field(default=())
    declined: int = 0
    reported: int = 0


def rank(
    clues: Sequence[Clue],
    informant: Informant,
    own: NDArray[np.float32],
    weights: Weights,
    limit: int,
    standing: Standing | None = None,
) -> Listed:
    """Choose and order clues, best first; fewer than `limit` if the rest repeats what is listed.

    :param own: what the informant or their unit wrote, as seen from the archive's mean, float32 (n, d).
    :param standing: how earlier prompts on these matters stand, also for this informant.
    """
    stands = standing or Standing()
    scored, declined, reported = [], 0, 0
    for clue in clues:
        matters = {clue.id, clue.topic} - {""}
        if matters & stands.not_for_me:
            declined += 1
        elif matters & stands.reported:
            reported += 1
        else:
            scored.append(_scored(clue, matters, informant, own, weights, stands))
    scored.sort(key=lambda each: (-each.score, each.clue.id))
    # A list for everybody is to be wide; who writes of fisheries wants several things about the sea.
    spread = 0.0 if informant else weights.spread
    return Listed(tuple(_chosen(scored, weights, spread, limit)), declined, reported)


def _scored(
    clue: Clue, matters: set[str], informant: Informant, own: NDArray[np.float32], weights: Weights, stands: Standing
) -> Ranked:
    parts = dict(clue.parts)
    fit = _fit(clue, informant, own)
    liked = stands.themes.get((clue.theme.version, clue.theme.id), 0) if clue.theme else 0
    if fit is not None or liked:
        parts["fit"] = round(min(1.0, max(0.0, (0.5 if fit is None else fit) + math.tanh(liked / 4) / 2)), 4)
    known = max((stands.already_known.get(matter, 0) for matter in matters), default=0)
    parts["novelty"] = round(parts["novelty"] * weights.known**known, 4)
    room, said = _room(matters, stands, weights)
    if room is not None:
        parts["room"] = room
    total = sum(weights.parts[name] for name in parts)
    score = sum(weights.parts[name] * value for name, value in parts.items()) / total
    told = "；".join(each for each in (said, f"有 {known} 人说已知道" if known else "") if each)
    taken = not matters & stands.free and any(matter in stands.in_work for matter in matters)
    return Ranked(clue, round(score, 4), parts, told, taken=taken)


def _room(matters: set[str], stands: Standing, weights: Weights) -> tuple[float | None, str]:
    """Say whether somebody is at a matter already; None where no prompt was ever made of it."""
    at_it = sorted({by for matter in matters for by in stands.in_work.get(matter, ())})
    if matters & stands.free:
        return weights.room["free"], "已发布，可以认领" + (f"，{len(at_it)} 人在写" if at_it else "")
    if at_it:
        return weights.room["in_work"], f"{len(at_it)} 人在写，不再收"
    if matters & stands.waiting:
        return weights.room["waiting"], "已列入待审选题"
    if matters & stands.withdrawn:
        return weights.room["withdrawn"], "编辑撤回过"
    return None, ""


def _chosen(
    scored: list[Ranked],
    weights: Weights,
    spread: float,
    limit: int,
) -> list[Ranked]:
    """Fill the list one by one: from the focus that lags furthest behind its share, else from all; no matter twice.

    A second suggestion of a proposal comes when nothing else is left. What is taken is chosen like the others, so that
    what tells the same stands under it, but comes after all that may still be claimed.
    """
    chosen: list[Ranked] = []
    waiting: list[Ranked] = []
    nothing_else = False
    # Of everyone left, the nearest that is chosen and the sum of all of these; kept along, since the list may be long.
    closest = dict.fromkeys((each.clue.id for each in scored), 0.0)
    all_told = dict.fromkeys(closest, 0.0)

    def marginal(each: Ranked) -> float:
        like = closest[each.clue.id] + spread * all_told[each.clue.id] / max(1, len(chosen))
        return round(weights.relevance * each.score - (1 - weights.relevance) * like, 6)

    while (scored or waiting) and sum(not each.taken for each in chosen) < limit:
        if not scored:
            scored, waiting, nothing_else = waiting, [], True
        owed = _owed(chosen, scored, weights.mix)
        # The first of the best: earlier ones have the better score or the smaller id.
        best = max((each for each in scored if owed is None or each.clue.focus is owed), key=marginal)
        scored.remove(best)
        told = _told_by(best.clue, chosen, weights.alike)
        if told is not None:
            chosen[told] = replace(chosen[told], also=(*chosen[told].also, best.clue))
            continue
        if not nothing_else and any(taken_apart(best.clue, other.clue) for other in chosen):
            waiting.append(best)
            continue
        chosen.append(best)
        for each in (*scored, *waiting):
            cosine = _cosine(each.clue, best.clue)
            closest[each.clue.id] = max(closest[each.clue.id], cosine)
            all_told[each.clue.id] += cosine
    return sorted(chosen, key=lambda each: each.taken)[:limit]


def _told_by(clue: Clue, chosen: Sequence[Ranked], enough: float) -> int | None:
    """Find the place of a listed clue that tells the same."""
    for place, other in enumerate(chosen):
        if _cosine(clue, other.clue) >= enough or alike(clue, other.clue) or one_matter(clue, other.clue):
            return place
    return None


def _cosine(one: Clue, other: Clue) -> float:
    return round(float(one.vector @ other.vector), 6)


def _owed(chosen: Sequence[Ranked], left: Sequence[Ranked], mix: dict[Focus, float]) -> Focus | None:
    """Name the focus that lags furthest behind its share of the list so far, if one of it is left; else None."""
    counted = Counter(each.clue.focus for each in chosen)
    there = {each.clue.focus for each in left}
    lag = {focus: math.floor(share * (len(chosen) + 1)) - counted[focus] for focus, share in mix.items()}
    owed = [focus for focus in mix if focus in there and lag[focus] > 0]
    return max(owed, key=lambda focus: (lag[focus], focus.value)) if owed else None


def _fit(clue: Clue, informant: Informant, own: NDArray[np.float32]) -> float | None:
    """Compare with what they wrote, their region, their team; the mean of what is known, None if nothing is."""
    known = []
    if len(own):
        known.append(_like_own(clue, own))
    if informant.region:
        known.append(_share([text.record.region == informant.region for text in clue.texts]))
    if informant.team:
        known.append(_share([text.record.team is informant.team for text in clue.texts]))
    if informant.sector:
        known.append(_share([text.record.sector == informant.sector for text in clue.texts]))
    return round(sum(known) / len(known), 4) if known else None


def _like_own(clue: Clue, own: NDArray[np.float32]) -> float:
    cosines = np.sort(np.round(own.astype(np.float64) @ clue.vector.astype(np.float64), 4))
    return max(0.0, float(cosines[::-1][:_LIKE_OWN].mean()))


def _share(true: Sequence[bool]) -> float:
    return sum(true) / len(true) if true else 0.0
