"""What an informant wishes to write about, in free words, and which clues are about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xiansuo.desk.desk import Desk
from xiansuo.desk.looking import lookup
from xiansuo.errors import TextUnusable
from xiansuo.recommend.alignment import Aligner
from xiansuo.recommend.clues import Clue, from_matter
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.matters import Ground, Matter
from xiansuo.recommend.openings import from_gap
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Kind, WorkTheme

_WISH_HITS = 12
_FEW = 8


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
    hits = [hit.facts.id for hit in found.hits if hit.fits and hit.facts.id in texts]
    named = {theme.id for theme in aligner.themes if (len(core) >= 2 and core in theme.name) or theme.name in core}
    kept = [clue for clue in clues if clue.topic and _about(clue, hits, named)]
    for gap in gaps:
        words = _words_of(core, gap.theme)
        # A theme that the wish only has a keyword of is too wide, unless nobody speaks of just that.
        if gap.theme.id in named or aligner.written.silent(words):
            kept.append(from_gap(gap, ground, aligner, texts, words))
    written = [id for id in hits if texts[id].record.kind is not Kind.REFERENCE]
    if written and not any(clue.topic for clue in kept):
        told = tuple(texts[id] for id in written[:_FEW])
        voices = len({text.record.author or text.record.unit or text.record.id for text in told})
        matter = Matter(f"wish:{core}", core, (), told, 0.0, voices, voices, None, "", sought=True)
        kept.append(from_matter(matter, ground, aligner, {gap.theme.id: gap for gap in gaps}))
    return kept or [from_gap(gap, ground, aligner, texts) for gap in gaps if _in_clause(core, gap.theme)]


def _core(wish: str) -> str:
    """Take a wish out of its frame: 我想写海上风电方面的问题 becomes 海上风电."""
    core = wish.strip()
    for _ in range(2):
        core = _WISHED.sub("", core).strip()
    return core or wish.strip()


def _words_of(core: str, theme: WorkTheme) -> list[str]:
    """List the theme's keywords that the wish names."""
    return [
        word
        for word in theme.keywords
        if (word in core or (len(core) >= 2 and core in word)) and min(len(word), len(core)) >= _IN_THEME * len(core)
    ]


def _in_clause(core: str, theme: WorkTheme) -> bool:
    return bool(_words_of(core, theme)) or (len(core) >= 2 and core in theme.clause)


def _about(clue: Clue, hits: Sequence[str], named: set[str]) -> bool:
    if clue.theme is not None and clue.theme.id in named:
        return True
    inside = {text.record.id for text in clue.texts}
    shared = [id for id in hits if id in inside]
    # The best hit's topic is meant; another one only if a good part of it was hit.
    return bool(shared) and (hits[0] in inside or len(shared) * 3 >= len(inside) or len(shared) >= 3)
