"""What an informant wishes to write about, in free words, and which clues are about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xiansuo.desk.desk import Desk
from xiansuo.desk.looking import lookup
from xiansuo.errors import TextUnusable
from xiansuo.recommend.alignment import Aligner
from xiansuo.recommend.clues import Clue, Ground, from_gap, from_matter
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.matters import Matter
from xiansuo.recommend.texts import ReadText, seen_from
from xiansuo.records import Kind, WorkTheme

_WISH_HITS = 12
_FEW = 8


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


def about_wish(
    desk: Desk,
    wish: str,
    clues: Sequence[Clue],
    texts: Mapping[str, ReadText],
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
        if found.answered and hit.score >= _NEARLY_BEST * best and hit.facts.id in texts
    ]
    wanted = {theme.id for theme in aligner.themes if _in_theme(core, theme)}
    kept = [clue for clue in clues if _about(clue, hits, wanted)]
    known = {clue.theme.id for clue in kept if clue.theme is not None and not clue.topic}
    kept += [
        gap_clue(desk, gap, ground, aligner) for gap in gaps if gap.theme.id in wanted and gap.theme.id not in known
    ]
    seen = {text.record.id for clue in kept for text in clue.texts}
    alone = [id for id in hits if id not in seen and texts[id].record.kind is not Kind.REFERENCE]
    if hits and alone and not any(clue.topic for clue in kept):
        told = tuple(texts[id] for id in alone[:_FEW])
        voices = len({text.record.author or text.record.unit or text.record.id for text in told})
        matter = Matter(f"wish:{core}", core, (), told, 0.0, voices, voices, 0.0, "全部时间")
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


def gap_clue(desk: Desk, gap: Gap, ground: Ground, aligner: Aligner) -> Clue:
    """Make a clue of what a theme asks for and too few have written."""
    told = "。".join((gap.theme.name, "、".join(gap.theme.keywords), gap.theme.clause))
    vector = seen_from(ground.centre, desk.encoder.encode([told]))[0]
    return from_gap(gap, ground, aligner, vector)
