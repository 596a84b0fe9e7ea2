"""Suggest what to write (选题): hot matters and gaps in the year's work, fitted to whoever asks."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts, facts
from xiansuo.desk.looking import lookup
from xiansuo.desk.themes import list_themes
from xiansuo.desk.topics import HotTopic, hot_topics
from xiansuo.errors import NotFound, TextUnusable
from xiansuo.recommend.alignment import Aligner
from xiansuo.recommend.clues import Clue, Ground, from_gap, from_matter
from xiansuo.recommend.gaps import Gap, find_gaps
from xiansuo.recommend.matters import Matter, mentions
from xiansuo.recommend.rank import Informant, Ranked, Weights, rank
from xiansuo.recommend.texts import ReadText, centre, seen_from
from xiansuo.recommend.wording import Said
from xiansuo.records import Kind, Team, WorkTheme
from xiansuo.store import documents, runs, vectors
from xiansuo.topics.heat import Window

State = Literal["ok", "no_archive", "nothing_fits", "nothing_left"]

_TOPICS = 60
_FEW = 8
_WINDOWS: tuple[tuple[Window, str], ...] = (
    ("quarter", "近三个月"),
    ("year", "近一年"),
    ("all", "全部时间"),
)
_WISH_HITS = 12
# Hits far behind the best one are about something else.
_NEARLY_BEST = 0.8
_WISHED = re.compile(
    r"^(?:请问|请|帮我|我们|我|最近|现在|想要|想|要|打算|准备|能不能|可以|写一?[篇个份]?|反映"
    r"|怎么写|找|推荐|一下|关于|有关|有没有|些|什么)+"
    r"|(?:方面|相关|有关|问题|情况|内容|选题|线索|题目|建议|信息|材料|提案|怎么写|写什么"
    r"|可以写吗|的|吗|[。？！?!，, ])+$"
)
# So much of a wish's characters in a theme's keyword or name, and the theme is what was wished for.
_IN_THEME = 0.5


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of the score: Chinese name, value in 0..1, weight, and why it has that value."""

    name: str
    label: str
    value: float
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text that covers a part of the matter already; `likeness` 0..1."""

    facts: Facts
    likeness: float


@dataclass(frozen=True, slots=True)
class Prompt:
    """A clue as it is shown: what an informant needs to start, each sentence with its source."""

    rank: int
    id: str
    name: str
    titles: tuple[str, ...]
    topic: str
    theme: WorkTheme | None
    focus: str
    focus_label: str
    angle: Said
    why_now: tuple[Said, ...]
    clause: Said | None
    covered: tuple[Earlier, ...]
    missing: tuple[Said, ...]
    find_out: tuple[Said, ...]
    evidence: tuple[Facts, ...]
    novelty: float
    score: float
    parts: tuple[PartShown, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Prompts, best first. Where there are none, `state` and `notes` say why and what to do."""

    run: str
    now: dt.date
    state: State
    prompts: tuple[Prompt, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Archive:
    texts: dict[str, ReadText]
    places: tuple[str, ...]
    seq: int


def suggest(
    desk: Desk,
    *,
    now: dt.date,
    wish: str = "",
    unit: str = "",
    team: Team | None = None,
    region: str = "",
    author: str = "",
    theme: str = "",
    limit: int = 10,
) -> Suggestions:
    """Suggest what to write; nothing later than `now` is seen.

    :param wish: what the informant has in mind, in free words; only prompts about it are given
        then.
    :param theme: id of a work theme; only prompts under it are given then.
    :raises NotFound: there is no such theme.
    """
    listed = list_themes(desk)
    themes = _current(listed, now)
    if theme and theme not in {each.id for each in themes}:
        raise NotFound(f"没有编号为“{theme}”的中心工作。", advice="请先用 xiansuo themes list 查看编号。")
    archive = _archive(desk, now)
    asked = {
        "wish": wish,
        "unit": unit,
        "team": team,
        "region": region,
        "author": author,
        "theme": theme,
    }
    models = {"encoder": desk.encoder.id, "lexicon": desk.words.digest}
    at = dt.datetime.combine(now, dt.time(), dt.UTC)
    run = runs.run_id("suggest", {**asked, "limit": limit, "seq": archive.seq}, models, at)
    notes = [] if themes else [_without_themes(listed, now)]
    if not archive.texts and not themes:
        return Suggestions(run, now, "no_archive", (), ("档案里还没有材料，请先导入。", *notes))
    if not archive.texts:
        notes.append("档案里还没有材料，以下只来自中心工作清单。")
    texts = list(archive.texts.values())
    middle = centre(texts, desk.encoder.dimension)
    weights = Weights.shipped()
    aligner = Aligner(themes, texts, middle, desk.encoder.encode)
    aligned = [found for text in texts if (found := aligner.align(text)) is not None]
    gaps = find_gaps(themes, aligned, {id: text.record for id, text in archive.texts.items()})
    ground = Ground(tuple(texts), middle, weights.taken_up, archive.places, now)
    clues = _clues(desk, archive, ground, aligner, gaps)
    if theme:
        clues = [clue for clue in clues if clue.theme is not None and clue.theme.id == theme]
    if wish.strip():
        clues = _wished(desk, wish, clues, archive, ground, aligner, gaps)
        if not clues:
            notes.insert(
                0,
                f"档案和中心工作里都没有与“{wish.strip()[:30]}”相符的内容。可以写，但请先自行查证；也可以换个说法再试。",
            )
            return Suggestions(run, now, "nothing_fits", (), tuple(notes))
    informant = Informant(author, unit, team, region)
    ranked = rank(clues, informant, texts, middle, weights, limit)
    if not ranked:
        notes.append("没有两人以上反映的同一件事，中心工作也没有明显空白。")
    by_theme = {gap.theme.id: gap for gap in gaps}
    prompts = tuple(
        _prompt(place, each, archive.texts, by_theme, informant, weights) for place, each in enumerate(ranked, start=1)
    )
    return Suggestions(run, now, "ok" if prompts else "nothing_left", prompts, tuple(notes))


def _without_themes(listed: Sequence[WorkTheme], now: dt.date) -> str:
    if not listed:
        return "还没有导入中心工作清单，只按热点推荐；可用 xiansuo themes import 导入。"
    return f"中心工作清单“{listed[0].version}”在 {now} 还没有开始，只按热点推荐；可导入当年的清单。"


def _current(themes: Sequence[WorkTheme], now: dt.date) -> list[WorkTheme]:
    """Leave out themes that have not begun; those that ended stay until a new list is imported."""
    return [theme for theme in themes if theme.since is None or theme.since <= now]


def _archive(desk: Desk, now: dt.date) -> _Archive:
    with desk.reading() as (connection, _):
        stored = {
            each.number: each.document
            for each in documents.read(connection)
            if each.document.date is None or each.document.date <= now
        }
        read = vectors.read(connection, desk.encoder.id, desk.encoder.dimension, stored)
        texts = [ReadText(stored[item.number], item.spans, item.matrix.astype(np.float32)) for item in read]
        seq = documents.last_change(connection)
    texts.sort(key=lambda text: text.record.id)
    places = sorted({text.record.region for text in texts if text.record.region})
    return _Archive({text.record.id: text for text in texts}, tuple(places), seq)


def _clues(desk: Desk, archive: _Archive, ground: Ground, aligner: Aligner, gaps: Sequence[Gap]) -> list[Clue]:
    by_theme = {gap.theme.id: gap for gap in gaps}
    clues = [from_matter(matter, ground, aligner, by_theme) for matter in _matters(desk, archive, ground.now)]
    return clues + [_gap_clue(desk, gap, ground, aligner) for gap in gaps if gap.size > 0]


def _gap_clue(desk: Desk, gap: Gap, ground: Ground, aligner: Aligner) -> Clue:
    told = "。".join((gap.theme.name, "、".join(gap.theme.keywords), gap.theme.clause))
    vector = seen_from(ground.centre, desk.encoder.encode([told]))[0]
    return from_gap(gap, ground, aligner, vector)


def _matters(desk: Desk, archive: _Archive, now: dt.date) -> list[Matter]:
    """Take the hot topics of the shortest window that has more than a few."""
    if not archive.texts:
        return []
    topics: tuple[HotTopic, ...] = ()
    said = ""
    for window, label in _WINDOWS:
        if len(topics) < _FEW:
            topics = hot_topics(desk, now=now, window=window, limit=_TOPICS).topics
            said = label
    greatest = max((topic.heat for topic in topics), default=1.0)
    return [_matter(topic, archive.texts, topic.heat / greatest, said) for topic in topics]


def _matter(topic: HotTopic, texts: Mapping[str, ReadText], heat: float, window: str) -> Matter:
    return Matter(
        topic.id,
        topic.name,
        topic.phrases,
        tuple(texts[id] for id in topic.members if id in texts),
        round(math.sqrt(heat), 4),
        topic.voices,
        topic.parts.recent,
        topic.parts.past,
        window,
    )


def _wished(
    desk: Desk,
    wish: str,
    clues: Sequence[Clue],
    archive: _Archive,
    ground: Ground,
    aligner: Aligner,
    gaps: Sequence[Gap],
) -> list[Clue]:
    """Keep the clues about a wish; make one of what was written on it where no topic is."""
    core = _core(wish)
    try:
        found = lookup(desk, core, limit=_WISH_HITS)
    except TextUnusable:
        return []
    best = max((hit.score for hit in found.hits), default=0.0)
    hits = [
        hit.facts.id
        for hit in found.hits
        if found.answered and hit.score >= _NEARLY_BEST * best and hit.facts.id in archive.texts
    ]
    wanted = {theme.id for theme in aligner.themes if _in_theme(core, theme)}
    kept = [clue for clue in clues if _about(clue, hits, wanted)]
    known = {clue.theme.id for clue in kept if clue.theme is not None and not clue.topic}
    kept += [
        _gap_clue(desk, gap, ground, aligner) for gap in gaps if gap.theme.id in wanted and gap.theme.id not in known
    ]
    seen = {text.record.id for clue in kept for text in clue.texts}
    alone = [id for id in hits if id not in seen and archive.texts[id].record.kind is not Kind.REFERENCE]
    if hits and alone and not any(clue.topic for clue in kept):
        texts = tuple(archive.texts[id] for id in alone[:_FEW])
        voices = len({text.record.author or text.record.unit or text.record.id for text in texts})
        matter = Matter(f"wish:{core}", core, (), texts, 0.0, voices, voices, 0.0, "全部时间")
        kept.append(from_matter(matter, ground, aligner, {gap.theme.id: gap for gap in gaps}))
    return kept


def _core(wish: str) -> str:
    """Take a wish out of its frame: 我想写海上风电方面的问题 becomes 海上风电."""
    core = wish.strip()
    for _ in range(2):
        core = _WISHED.sub("", core).strip()
    return core or wish.strip()


def _in_theme(core: str, theme: WorkTheme) -> bool:
    """Tell whether the wish names the theme or one of its keywords."""
    for word in (theme.name, *theme.keywords):
        if word in core or (len(core) >= 2 and core in word):
            return min(len(word), len(core)) >= _IN_THEME * len(core)
    return len(core) >= 2 and core in theme.clause


def _about(clue: Clue, hits: Sequence[str], wanted: set[str]) -> bool:
    if not clue.topic:
        return clue.theme is not None and clue.theme.id in wanted
    inside = {text.record.id for text in clue.texts}
    shared = [id for id in hits if id in inside]
    # The best hit's topic is meant; another one only if a good part of it was hit.
    return bool(shared) and (hits[0] in inside or len(shared) * 3 >= len(inside) or len(shared) >= 3)


def _prompt(
    place: int,
    each: Ranked,
    texts: Mapping[str, ReadText],
    gaps: Mapping[str, Gap],
    informant: Informant,
    weights: Weights,
) -> Prompt:
    clue = each.clue
    return Prompt(
        place,
        clue.id,
        clue.name,
        clue.titles,
        clue.topic,
        clue.theme,
        clue.focus.value,
        clue.focus.label,
        clue.angle,
        clue.why_now,
        clue.clause,
        tuple(Earlier(facts(texts[near.id].record), near.likeness) for near in clue.covered),
        clue.missing,
        clue.find_out,
        tuple(facts(texts[id].record) for id in clue.evidence),
        clue.novelty,
        each.score,
        tuple(
            PartShown(name, label, round(each.parts[name], 4), weights.parts[name], why)
            for name, label, why in _reasons(each, gaps, informant)
            if name in each.parts
        ),
    )


def _reasons(each: Ranked, gaps: Mapping[str, Gap], informant: Informant) -> list[tuple[str, str, str]]:
    clue = each.clue
    theme = clue.theme
    gap = gaps.get(theme.id) if theme else None
    said = mentions(theme, clue.texts)[0] if theme else []
    aligned = (
        f"属于“{theme.name}”" + (f"，材料里出现{'、'.join(said[:3])}" if said else "")
        if theme
        else "与中心工作清单没有对应"
    )
    asks = "、".join(
        word
        for word in (
            informant.author,
            informant.unit,
            informant.team.label if informant.team else "",
            informant.region,
        )
        if word
    )
    return [
        ("alignment", "契合中心工作", aligned + "。"),
        ("heat", "热度", clue.why_now[0].text if clue.topic else "尚未形成热点。"),
        (
            "gap",
            "空白程度",
            f"该主题权重占 {gap.asked:.0%}，已写和已采用合占 {gap.served:.0%}。"
            if gap
            else "没有对应的中心工作，不计空白。",
        ),
        ("novelty", "新意", _novelty(clue)),
        ("fit", "适合程度", f"按 {asks} 以往报送的内容和地区比较。"),
    ]


def _novelty(clue: Clue) -> str:
    taken = sum(bool(text.record.adoptions) for text in clue.texts)
    answered = sum(bool(text.record.replies) for text in clue.texts)
    if not clue.texts:
        return "档案里没有写过。"
    return f"已有 {len(clue.texts)} 篇，其中采用 {taken} 篇、有答复 {answered} 篇。"
