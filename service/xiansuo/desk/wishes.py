"""What an informant wishes to write about, in free words, and which clues are about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.desk.archive_texts import read_texts
from xiansuo.desk.clue_batch import ClueBatch, gap_clue, ground_of
from xiansuo.desk.desk import Desk
from xiansuo.desk.looking import lookup
from xiansuo.errors import TextUnusable
from xiansuo.recommend.cards.clues import Clue, from_matter
from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Kind, Spring, WorkTheme
from xiansuo.store import heads

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


@dataclass(frozen=True, slots=True)
class Found:
    """Clues, and by id the documents that they rest on."""

    clues: list[Clue]
    texts: dict[str, ReadText]


def about_wish(desk: Desk, wish: str, clues: Sequence[Clue], batch: ClueBatch) -> Found:
    """Keep the clues about a wish; make one of what was written on it where no topic is."""
    core = _core(wish)
    archive = batch.aligned
    try:
        hits = [hit.facts.id for hit in lookup(desk, core, limit=_WISH_HITS).hits if hit.fits]
    except TextUnusable:
        return Found([], batch.texts)
    texts = _with_hits(desk, hits, batch)
    hits = [id for id in hits if id in texts]
    whole = {theme.id for theme in archive.themes if theme.name in core}
    # Of a theme that its name says more of, a clue must speak of just what was wished for.
    part = {theme.id for theme in archive.themes if len(core) >= 2 and core in theme.name} - whole
    named = whole | part
    kept = [
        clue
        for clue in clues
        if clue.spring is not Spring.GAP and (_about(clue, hits, whole) or (_under(clue, part) and _says(clue, core)))
    ]
    ground = batch.ground
    if len(texts) > len(batch.texts):
        ground = ground_of(texts, ground.centre, Weights.shipped(), ground.places, batch.now)
    for gap in batch.gaps:
        words = _words_of(core, gap.theme)
        # A theme that the wish only has a keyword of is too wide, unless nobody speaks of just that.
        if gap.theme.id in named or archive.written.silent(words):
            kept.append(gap_clue(gap, ground, archive, texts, words))
    written = [id for id in hits if texts[id].record.kind is not Kind.REFERENCE]
    if written and not any(clue.topic for clue in kept):
        told = tuple(texts[id] for id in written[:_FEW])
        voices = len({text.record.author or text.record.unit or text.record.id for text in told})
        matter = Matter(f"wish:{core}", core, (), told, 0.0, voices, voices, None, "", sought=True)
        kept.append(from_matter(matter, ground, archive, batch.gap_of))
    kept = kept or [gap_clue(gap, ground, archive, texts) for gap in batch.gaps if _in_clause(core, gap.theme)]
    return Found(kept, texts)


def _with_hits(desk: Desk, hits: Sequence[str], batch: ClueBatch) -> dict[str, ReadText]:
    """Read what was found and is not among the documents that the clues rest on; nothing later than the day."""
    missing = [id for id in hits if id not in batch.texts]
    if not missing:
        return batch.texts
    with desk.database.read() as connection:
        listed = heads.listed(connection, batch.now, references=True)
    return batch.texts | read_texts(desk, (listed[id] for id in missing if id in listed))


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


def _under(clue: Clue, themes: set[str]) -> bool:
    return clue.theme is not None and clue.theme.id in themes


def _says(clue: Clue, core: str) -> bool:
    return any(core in text.record.title or core in text.record.text for text in clue.texts)


def _about(clue: Clue, hits: Sequence[str], named: set[str]) -> bool:
    if _under(clue, named):
        return True
    inside = {text.record.id for text in clue.texts}
    shared = [id for id in hits if id in inside]
    # The best hit's topic is meant; another one only if a good part of it was hit.
    return bool(shared) and (hits[0] in inside or len(shared) * 3 >= len(inside) or len(shared) >= 3)
