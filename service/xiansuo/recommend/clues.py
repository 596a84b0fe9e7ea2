"""Clues (线索): a hot matter or a gap turned into a card that an informant can start from."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend import wording
from xiansuo.recommend.alignment import Aligner
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.matters import Matter, mentions, nearest, theme_of, vector_of
from xiansuo.recommend.texts import ReadText
from xiansuo.recommend.wording import Said
from xiansuo.records import Focus, Grade, Kind, WorkTheme

_COVERED = 4
_EVIDENCE = 3
# A text this near to a matter, seen from the archive's mean, covers a part of it.
_NEAR = 0.45
_LATEST = 5
_GROWING = 1.5


@dataclass(frozen=True, slots=True)
class Covered:
    """An earlier text that is near; `likeness` is a cosine seen from the archive's mean."""

    id: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Clue:
    """A card. `parts` are the parts of the score in 0..1 that are known without the informant.

    `topic` is empty for a clue that comes from a gap alone. `vector` float32 (d,), length 1, serves
    the ranking.
    """

    id: str
    name: str
    topic: str
    theme: WorkTheme | None
    focus: Focus
    titles: tuple[str, ...]
    angle: Said
    why_now: tuple[Said, ...]
    clause: Said | None
    covered: tuple[Covered, ...]
    missing: tuple[Said, ...]
    find_out: tuple[Said, ...]
    evidence: tuple[str, ...]
    novelty: float
    parts: dict[str, float]
    texts: tuple[ReadText, ...] = field(repr=False)
    vector: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ground:
    """The archive up to a day, and how far an earlier text settles its matter (`taken_up`)."""

    texts: tuple[ReadText, ...]
    centre: NDArray[np.float64]
    taken_up: dict[str, float]
    places: tuple[str, ...]
    now: dt.date


def from_matter(matter: Matter, ground: Ground, aligner: Aligner, gaps: dict[str, Gap]) -> Clue:
    """Make a clue of a hot matter, with the theme that it falls under, if any."""
    aligned = theme_of(matter, aligner)
    theme = aligned.theme if aligned else None
    vector = vector_of(matter.texts, ground.centre)
    growing = matter.recent >= 2 and matter.recent >= _GROWING * max(1.0, matter.usual)
    ends = wording.deadline(theme, ground.now) if theme else None
    novelty = _novelty(matter.texts, ground)
    own = {text.record.id for text in matter.texts}
    others = [text for text in ground.texts if text.record.id not in own]
    near = [Covered(text.record.id, 1.0) for text in _latest(matter.texts)[:_COVERED]]
    near += [
        Covered(text.record.id, cosine)
        for text, cosine in nearest(vector, others, ground.centre, _COVERED)
        if cosine >= _NEAR
    ]
    places = [text.record.region for text in matter.texts if text.record.region]
    return Clue(
        _id("topic", matter.id),
        matter.name,
        matter.id,
        theme,
        theme.focus if theme else Focus.PUBLIC_CONCERN,
        wording.titles(matter.name, places[0] if len(set(places)) == 1 else ""),
        wording.angle(matter, growing),
        (wording.why_now(matter), *([ends] if ends else [])),
        Said(theme.clause or theme.name, (f"theme:{theme.id}", f"doc:{aligned.document}"))
        if aligned and theme
        else None,
        tuple(near[: _COVERED + 2]),
        wording.missing(matter.texts, theme),
        wording.find_out(matter.texts, ground.places),
        _evidence(matter.texts),
        novelty,
        {
            "alignment": aligned.score if aligned else 0.0,
            "heat": matter.heat,
            "gap": gaps[theme.id].size if theme else 0.0,
            "novelty": novelty,
        },
        matter.texts,
        vector,
    )


def from_gap(gap: Gap, ground: Ground, aligner: Aligner, vector: NDArray[np.float32]) -> Clue:
    """Make a clue of a theme on which little was written.

    :param vector: the theme's name, keywords and clause, seen from the archive's mean.
    """
    theme = gap.theme
    near = [
        (text, cosine)
        for text, cosine in nearest(vector, ground.texts, ground.centre, _COVERED * 3)
        if (found := aligner.align(text)) is not None and found.theme.id == theme.id
    ][:_COVERED]
    texts = tuple(text for text, _ in near)
    written = tuple(f"doc:{id}" for id in gap.documents)
    ends = wording.deadline(theme, ground.now)
    share = Said(
        f"“{theme.name}”占中心工作权重的 {gap.asked:.0%}，本年度来稿 {gap.reported} 篇、"
        f"采用 {gap.adopted} 篇、有答复 {gap.answered} 篇，"
        f"合起来只占 {gap.served:.0%}。",
        ("rule:gap", f"theme:{theme.id}", *written),
    )
    silent = wording.missing(texts, theme)
    _, unsaid = mentions(theme, texts)
    name = (unsaid or list(theme.keywords) or [theme.name])[0]
    novelty = _novelty(texts, ground)
    return Clue(
        _id("gap", theme.version, theme.id),
        f"{theme.name}：{name}" if name != theme.name else name,
        "",
        theme,
        theme.focus,
        (
            f"关于{name}的建议",
            f"{name}的现状、难点与对策",
            f"推进{theme.name}需关注{name}" if name != theme.name else f"推进{name}的难点",
        ),
        Said(
            "中心工作有要求、来稿少，可从一个县区、一个具体环节写起，一事一报。",
            ("rule:gap", f"theme:{theme.id}"),
        ),
        (share, *([ends] if ends else [])),
        Said(theme.clause or theme.name, (f"theme:{theme.id}",)),
        tuple(Covered(text.record.id, cosine) for text, cosine in near),
        silent,
        wording.find_out(texts, ground.places),
        _evidence(texts),
        novelty,
        {"alignment": 1.0, "heat": 0.0, "gap": gap.size, "novelty": novelty},
        texts,
        vector,
    )


def _latest(texts: Sequence[ReadText]) -> list[ReadText]:
    return sorted(texts, key=lambda text: (text.record.date or dt.date.min, text.record.id), reverse=True)


def _evidence(texts: Sequence[ReadText]) -> tuple[str, ...]:
    """Choose three texts, typical ones first, by different people where that is possible."""
    chosen, voices = [], set()
    for text in texts:
        voice = text.record.author or text.record.unit or text.record.id
        if voice not in voices:
            voices.add(voice)
            chosen.append(text.record.id)
    rest = [text.record.id for text in texts if text.record.id not in chosen]
    return tuple([*chosen, *rest][:_EVIDENCE])


def _novelty(texts: Sequence[ReadText], ground: Ground) -> float:
    """1 minus how far the latest texts settle their matter; 1 where nothing was written."""
    settled = [_settled(text, ground.taken_up) for text in _latest(texts)[:_LATEST]]
    return round(1 - sum(settled) / len(settled), 4) if settled else 1.0


def _settled(text: ReadText, taken_up: dict[str, float]) -> float:
    record = text.record
    found = [taken_up["reported"]] if record.kind is not Kind.REFERENCE else [0.0]
    found += [taken_up[adoption.level.value] for adoption in record.adoptions]
    grades = {Grade.DONE: "done", Grade.PLANNED: "planned", Grade.NOTED: "noted", None: "noted"}
    found += [taken_up[grades[reply.grade]] for reply in record.replies]
    return max(found)


def _id(*parts: str) -> str:
    return "c" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]
