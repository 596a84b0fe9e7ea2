"""Clues from gaps (空白): what a theme asks for, against all that the archive holds on it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from xiansuo.recommend.aligning.alignment import Aligned
from xiansuo.recommend.cards import headlines, wording
from xiansuo.recommend.cards.bearing import bears
from xiansuo.recommend.cards.clues import Clue, clue_id, covered_by, evidence_of, novelty_of
from xiansuo.recommend.cards.matters import Ground, likeness_to
from xiansuo.recommend.cards.short_names import specific
from xiansuo.recommend.cards.wording import Said, share
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Kind, Spring, WorkTheme

WIDE = 0.2
"""How well a card of a theme that only names a field of work fits it: one has to find the matter oneself."""

_NAMED = 4
# Characters of a keyword that say something particular; what names a field of work all the same.
_SAYS = 3
_FIELD = re.compile(
    "项目|经验|生产力|省份|作用|治本|产业链|基础设施|创新|供需适配|增收|消费$|业态|重点$|重大|^[\\d+]+$|统一|适应|学习|工程$|规模化|增长"
)
# What is to be built, by its name, is followed by those who build it.
_NAMED_PROJECT = re.compile("等.{0,10}(?:项目|平台|基地|工程|园)|(?:作用|体制机制|经验|优势|局面)$")


def from_gap(
    gap: Gap, ground: Ground, aligner: Aligned, texts: Mapping[str, ReadText], asked: Sequence[str] = ()
) -> Clue:
    """Make a clue of a theme on which little was written.

    It is named after a keyword only if no text of the archive speaks of it.

    :param texts: the documents that are about it most clearly, by id; there may be others among them.
    :param asked: keywords that are to come first.
    """
    theme = gap.theme
    vector = aligner.vectors[[each.id for each in aligner.themes].index(theme.id)]
    likeness = likeness_to(vector, ground)
    about = [
        texts[each.document]
        for each in aligner.about(theme.id)
        if each.document in texts and bears(texts[each.document], each)
    ]
    own = tuple(text for text in about if text.record.kind is not Kind.REFERENCE)
    silent = sorted(aligner.written.silent(theme.keywords), key=lambda word: word not in asked)
    word = next(iter(silent), "")
    # What the name says already need not be said again, and a field of work is not told by one word of it.
    word = "" if word not in asked and (word in theme.name or not concrete(theme)) else word
    ends = wording.deadline(theme, ground.now)
    novelty = novelty_of(own, ground)
    return Clue(
        clue_id("gap", theme.version, theme.id),
        f"{theme.name}：{word}" if word else theme.name,
        "",
        theme,
        len(own),
        theme.focus,
        headlines.for_gap(theme.name, word),
        _angle(gap, theme, word, own),
        (_share(gap, bool(about), wording.latest(ground.texts)), *([ends] if ends else [])),
        wording.clause(theme),
        covered_by(about, likeness, ground),
        _missing(theme, silent, aligner, own),
        (*wording.silent_places(own, ground.places, "可到那里了解"), *wording.departments(own)),
        evidence_of(own),
        novelty,
        {"alignment": 1.0 if concrete(theme) else WIDE, "heat": 0.0, "gap": gap.size, "novelty": novelty},
        own,
        vector,
        Spring.GAP,
    )


def _angle(gap: Gap, theme: WorkTheme, word: str, own: Sequence[ReadText]) -> Said:
    start = f"可从“{word}”写起" if word else "可从一个县区、一个具体环节写起"
    if not word and not concrete(theme):
        start = "条款说得较宽，先选定一个县区、一件具体的事"
    return Said(
        f"{_so_far(gap, earlier=bool(own))}，{start}，一事一报。", ("rule:gap", f"theme:{theme.id}", *_written(gap))
    )


def _so_far(gap: Gap, *, earlier: bool) -> str:
    """Say how a gap stands; `earlier`: something was written on it before the theme began, and is shown."""
    if not gap.documents:
        since = f"{gap.theme.since} 以来" if earlier and gap.theme.since else ""
        return f"中心工作有要求，{since}还没有材料"
    if gap.written < gap.asked:
        return "与权重相比写得偏少"
    if gap.taken is not None and gap.taken < gap.asked:
        return "写得不少，采用、办理得偏少"
    return "与权重相比写得不少"


def concrete(theme: WorkTheme) -> bool:
    """Tell whether a theme names something that one can go and look at, rather than a field of work."""
    return not _NAMED_PROJECT.search(theme.name) and any(
        specific(word, _SAYS) and not _FIELD.search(word) for word in theme.keywords
    )


def _share(gap: Gap, shown: bool, newest: dt.date | None) -> Said:
    theme = gap.theme
    since = f"{theme.since} 以来" if theme.since else "到现在为止"
    undated = f"（含没有日期的 {gap.undated} 篇）" if gap.undated and theme.since else ""
    text = f"“{theme.name}”占中心工作权重的{share(gap.asked)}；{since}档案里与它有关的材料"
    if gap.documents:
        text += (
            f" {len(gap.documents)} 篇{undated}，占有关中心工作材料的{share(gap.written)}，"
            f"其中采用 {gap.adopted} 篇、有答复 {gap.answered} 篇"
            + ("。" if shown else "；都只是意思相近，没有说到条款里的事。")
        )
    else:
        text += "一篇也没有"
        # An archive that ends before the theme begins cannot hold anything on it.
        ended = theme.since is not None and newest is not None and newest < theme.since
        text += f"（档案里最近的材料是 {newest} 的，写之前先查新）。" if ended else "。"
    return Said(text, ("rule:gap", f"theme:{theme.id}", *_written(gap)))


def _missing(theme: WorkTheme, silent: Sequence[str], aligner: Aligned, own: Sequence[ReadText]) -> tuple[Said, ...]:
    """Say which keywords no text of the archive speaks of, and which a single one does."""
    said = []
    if silent:
        words = "、".join(f"“{word}”" for word in silent[:_NAMED]) + ("等" if len(silent) > _NAMED else "")
        said.append(
            Said(
                f"清单里的{words}，在档案 {aligner.written.documents} 篇材料里都没有出现。",
                ("rule:unmentioned_keywords", f"theme:{theme.id}"),
            )
        )
    titles = {text.record.id: text.record.title for text in own}
    for word in theme.keywords:
        found = aligner.written.found[word]
        if len(found) == 1 and aligner.written.rare[word] == found and (id := min(found)) in titles:
            said.append(
                Said(
                    f"“{word}”只有《{titles[id]}》一篇提到。",
                    ("rule:mentioned_once", f"theme:{theme.id}", f"doc:{id}"),
                )
            )
    return tuple(said)


def _written(gap: Gap) -> tuple[str, ...]:
    return tuple(f"doc:{id}" for id in gap.documents)
