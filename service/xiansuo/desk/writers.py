"""Who could write on something (谁能写): who has earlier work near it, and how much they have on hand.

The service only says what earlier work and claims say; whom to ask is the editor's choice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts, facts
from xiansuo.desk.feedback import standing_for
from xiansuo.desk.related import MOST, Asked, find_related
from xiansuo.desk.suggesting import LOAD
from xiansuo.desk.writer_words import reasons
from xiansuo.recommend import life
from xiansuo.recommend import writers as order
from xiansuo.recommend.adoption import AdoptionPrior
from xiansuo.recommend.standing import Standing
from xiansuo.records.prompts import PromptAction, PromptState
from xiansuo.store import claims, prompts, written

Sort = Literal["informant", "unit"]


@dataclass(frozen=True, slots=True)
class Writer:
    """An informant or a unit that could write, `rank` 1 first in each list.

    `score` 0..1 with its `parts`; `reasons` say in Chinese what they rest on. `adopted` of `texts` near the matter were
    adopted by the day. `load` counts what they claimed and have not reported, `claimed` whether that is this prompt.
    `evidence` are up to three of their texts, the nearest first.
    """

    rank: int
    sort: Sort
    name: str
    unit: str
    team: str
    region: str
    score: float
    parts: dict[str, float]
    texts: int
    adopted: int
    latest: dt.date | None
    load: int
    claimed: bool
    reasons: tuple[str, ...]
    evidence: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What there is to say of somebody who was asked for by name; `writer` where they have work near the matter."""

    name: str
    told: str
    load: int
    writer: Writer | None


@dataclass(frozen=True, slots=True)
class Writers:
    """Who could write on what was asked for.

    `busy` have their hands full or hold the prompt already: they stand apart, with the reason, at most `limit` of a
    sort. `more_informants` and `more_units` count those that the limit left out of the lists, `more_busy` of the busy.
    `commission` proposes names for a commission: the first of the informants, none of them busy; empty for a prompt
    that is taken, reported or withdrawn.
    """

    asked: str
    now: dt.date
    informants: tuple[Writer, ...]
    units: tuple[Writer, ...]
    busy: tuple[Writer, ...]
    named: tuple[Named, ...]
    more_informants: int
    more_units: int
    more_busy: int
    commission: tuple[str, ...]
    notes: tuple[str, ...]


def find_writers(
    desk: Desk,
    *,
    now: dt.datetime,
    text: str = "",
    theme: str = "",
    topic: str = "",
    prompt: int | None = None,
    names: Sequence[str] = (),
    limit: int = 10,
) -> Writers:
    """Find who could write on a theme, a topic, a prompt or a few words; nothing later than `now` is seen.

    :param names: informants or units of whom something is to be said in any case.
    :raises InputError, NotFound, TextUnusable: as `find_related`.
    """
    day = now.date()
    asked = find_related(desk, now=now, text=text, theme=theme, topic=topic, prompt=prompt)
    standing = standing_for(desk, day=day)
    holders, refused = _holders(desk, prompt), _not_to_be_asked(desk, prompt)
    weights = order.WriterWeights.shipped()
    everything = {record.id: record for record in (*asked.others, *(each.record for each in asked.work.texts))}
    author_of = {id: record.author for id, record in everything.items()}
    prior = AdoptionPrior(everything.values(), {}, day, author_of)
    full = {name for name, load in standing.loads.items() if load >= LOAD} | holders
    full_units = {name for name, load in standing.unit_loads.items() if load >= LOAD} | holders
    people = order.informants(asked.work, prior, day, weights, full)
    groups = order.units(asked.work, prior, day, weights, full_units)

    def shown(ranked: Sequence[order.Ranked], sort: Sort) -> list[Writer]:
        return [_writer(place, sort, each, asked, standing, holders) for place, each in enumerate(ranked, start=1)]

    informants, units = shown(people.free, "informant"), shown(groups.free, "unit")
    apart, apart_units = shown(people.apart, "informant"), shown(groups.apart, "unit")
    every = [*informants, *units, *apart, *apart_units]
    return Writers(
        asked.said,
        day,
        tuple(informants[:limit]),
        tuple(units[:limit]),
        (*apart[:limit], *apart_units[:limit]),
        tuple(_named(desk, name.strip(), every, standing, day) for name in dict.fromkeys(names) if name.strip()),
        max(0, len(informants) - limit),
        max(0, len(units) - limit),
        max(0, len(apart) - limit) + max(0, len(apart_units) - limit),
        () if refused else tuple(each.name for each in informants[:_COMMISSIONED]),
        (*([refused] if refused else []), *_notes(asked, informants, apart, units)),
    )


_COMMISSIONED = 3


def _writer(
    place: int, sort: Sort, each: order.Ranked, asked: Asked, standing: Standing, holders: Collection[str]
) -> Writer:
    load = (standing.loads if sort == "informant" else standing.unit_loads).get(each.name, 0)
    claimed = each.name in holders
    return Writer(
        place,
        sort,
        each.name,
        each.unit,
        each.team.label if each.team else "",
        each.region,
        each.score,
        each.parts,
        len(each.texts),
        sum(each.adopted.values()),
        each.latest,
        load,
        claimed,
        reasons(each, asked.work, load, claimed=claimed),
        tuple(facts(record) for record in each.evidence),
    )


def _holders(desk: Desk, prompt: int | None) -> frozenset[str]:
    """Name the informants who hold a claim on the prompt."""
    if prompt is None:
        return frozenset()
    with desk.database.read() as connection:
        return frozenset(claim.author for claim in claims.of(connection, prompt) if claim.released_at is None)


def _not_to_be_asked(desk: Desk, prompt: int | None) -> str:
    """Say why nobody is to be asked to write a prompt any more; empty where that may be done, at once or later."""
    if prompt is None:
        return ""
    with desk.database.read() as connection:
        found = prompts.get(connection, prompt)
    still = (PromptState.PROPOSED, *life.ALLOWED[PromptAction.PUBLISH])
    if found is None or found.state in still:
        return ""
    return f"这条选题现在是“{found.state.label}”，不能再约稿，名单只供参考。"


def _named(desk: Desk, name: str, every: Sequence[Writer], standing: Standing, day: dt.date) -> Named:
    found = next((writer for writer in every if writer.name == name), None)
    load = max(standing.loads.get(name, 0), standing.unit_loads.get(name, 0))
    if found is not None:
        sort = "信息员" if found.sort == "informant" else "单位"
        apart = found.claimed or found.load >= LOAD
        return Named(name, f"有关{sort}里{'另列的' if apart else ''}第 {found.rank} 位。", load, found)
    with desk.database.read() as connection:
        author, unit = written.counted(connection, name, day)
    if author or unit:
        told = f"报送过 {max(author, unit)} 篇，其中没有找到与此有关的。"
    else:
        told = "档案里没有其报送的材料，没有依据可比；是新的信息员或单位的话，请先了解其熟悉什么。"
    return Named(name, told + (f"手上已有 {load} 件。" if load else ""), load, None)


def _notes(
    asked: Asked, informants: Sequence[Writer], apart: Sequence[Writer], units: Sequence[Writer]
) -> tuple[str, ...]:
    if not asked.others:
        return ("档案里还没有材料，请先导入。",)
    if not asked.work.texts:
        return (f"档案里没有找到与{asked.said}有关的材料，说不出谁写过；可以面向全部发布，或者换个说法再试。",)
    if asked.left_out:
        return (f"有关材料太多，只看最相近的 {MOST} 篇，另有 {asked.left_out} 篇没有看。",)
    if not informants and apart:
        return (f"写过的人手上都有 {LOAD} 件以上，或者已经认领，见另列的名单。",)
    if not informants and units:
        return ("有关材料没有署信息员，只能列出单位。",)
    return ()
