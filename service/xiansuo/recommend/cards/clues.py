"""Clues (线索): cards that an informant can start from, here those of hot matters.

Those of gaps are in `openings`, of proposals in `proposals`, of what was adopted or promised in `follow_ups`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Aligned
from xiansuo.recommend.cards import headlines, wording
from xiansuo.recommend.cards.called import called
from xiansuo.recommend.cards.concerns import concern_of
from xiansuo.recommend.cards.matters import (
    Ground,
    Matter,
    SharedTheme,
    likeness_to,
    nearest,
    shown_theme,
    theme_of,
    vector_of,
)
from xiansuo.recommend.cards.quotes import Quote
from xiansuo.recommend.cards.wording import Outcomes, Said, outcomes_in
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.texts import ReadText, distinct
from xiansuo.records import Focus, Grade, Kind, Part, Spring, WorkTheme

COVERED = 4
"""Earlier texts that a clue shows."""

# What has half of a matter's key words, three at least, and is this near covers a part of it. Nearness alone is no
# evidence: of 17 texts of the demo nearer than 0.5 to a matter that they are not counted in, 6 were labelled as on it;
# of 12 with half of the words, all.
_NEAR = 0.3
_FEWEST = 3
# A matter of one town or village is not to be looked for in every county.
_SITE = re.compile("[\u4e00-\u9fff]{2}(?:[镇乡]|(?<![农乡])村)(?![级民医卫村镇])")
_ELSEWHERE = "可核实有没有同样的情况"
_OTHERS = 2
_EVIDENCE = 3
_LATEST = 5


@dataclass(frozen=True, slots=True)
class Covered:
    """An earlier text that is near; `likeness` is a cosine seen from the archive's mean."""

    id: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Clue:
    """A card. `parts` are the parts of the score in 0..1 that are known without the informant.

    `spring` is where it comes from; `topic` is empty for a clue that is of no topic. `quotes` are sentences taken over
    word for word: of a proposal the problem, the suggestion, what the reply says to it. `themed` says how many of
    `texts` are about the theme.
    `vector` float32 (d,), length 1, serves the ranking.
    """

    id: str
    name: str
    topic: str
    theme: WorkTheme | None
    themed: int
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
    spring: Spring
    quotes: tuple[Quote, ...] = ()


def from_matter(matter: Matter, ground: Ground, aligner: Aligned, gaps: Mapping[str, Gap]) -> Clue:
    """Make a clue of a hot matter, with the theme that it falls under, if any."""
    return from_matters([matter], ground, aligner, gaps)[0]


def from_matters(matters: Sequence[Matter], ground: Ground, aligner: Aligned, gaps: Mapping[str, Gap]) -> list[Clue]:
    """Make a clue of each of some hot matters, as `from_matter` does."""
    if not matters:
        return []
    vectors = np.stack([vector_of(matter.texts, ground.centre) for matter in matters])
    told = zip(matters, vectors, likeness_to(vectors, ground), strict=True)
    usual = (outcomes_in(ground), wording.usual_parts(ground.texts))
    return [_from_matter(matter, vector, likeness, ground, aligner, gaps, *usual) for matter, vector, likeness in told]


def _from_matter(
    matter: Matter,
    vector: NDArray[np.float32],
    likeness: NDArray[np.float64],
    ground: Ground,
    aligner: Aligned,
    gaps: Mapping[str, Gap],
    known: Outcomes,
    parts: Collection[Part],
) -> Clue:
    near, themed = theme_of(matter, aligner.by_document), shown_theme(matter, aligner.by_document)
    theme = themed.best.theme if themed else None
    # What nobody can point at is not named, but it counts: what is written of next is often near a theme by meaning.
    counts = near.best.theme if near else None
    ends = wording.deadline(theme, ground.now) if theme else None
    novelty = novelty_of(matter.texts, ground)
    concern = concern_of(matter.name, matter.texts, vector, ground)
    places = {text.record.region for text in matter.texts}
    said = called(matter)
    return Clue(
        clue_id("topic", matter.id),
        matter.name,
        matter.id,
        theme,
        themed.texts if themed else 0,
        counts.focus if counts else Focus.PUBLIC_CONCERN,
        headlines.for_matter(
            said.name,
            min(places) if len(places) == 1 else "",
            concern.words if concern else "",
            said.act,
            situation=said.situation,
        ),
        wording.angle(matter, known, concern),
        (wording.why_now(matter, ground.now), *([ends] if ends else [])),
        _clause(themed),
        _covered(matter, ground, likeness),
        (*wording.silence(matter.texts, ground.now), *wording.missing_parts(matter.texts, parts)),
        (
            *wording.figures(matter.texts),
            *([] if _SITE.search(matter.name) else wording.silent_places(matter.texts, ground.places, _ELSEWHERE)),
            *wording.departments(matter.texts),
        ),
        evidence_of(matter.texts),
        novelty,
        {
            "alignment": near.best.probability if near else 0.0,
            "heat": matter.heat,
            "gap": gaps[counts.id].size if counts else 0.0,
            "novelty": novelty,
        },
        matter.texts,
        vector,
        Spring.TOPIC,
        (concern.quote,) if concern else (),
    )


def _clause(themed: SharedTheme | None) -> Said | None:
    if themed is None:
        return None
    return wording.clause(themed.best.theme, themed.best.document)


def covered_by(texts: Sequence[ReadText], likeness: NDArray[np.float64], ground: Ground) -> tuple[Covered, ...]:
    """Show some of the ground's texts as earlier ones, copies of one another once.

    :param likeness: of all texts of the ground, see `likeness_to`.
    """
    shown = (text.record.id for text in distinct(texts)[:COVERED])
    return tuple(Covered(id, float(likeness[ground.place[id]])) for id in shown)


def _covered(matter: Matter, ground: Ground, likeness: NDArray[np.float64]) -> tuple[Covered, ...]:
    """The matter's latest texts, then what else speaks of it."""
    own = {text.record.id for text in matter.texts}
    latest = covered_by(_latest(matter.texts), likeness, ground)
    others = [
        Covered(text.record.id, cosine)
        for text, cosine in nearest(likeness, ground, _NEAR)
        if text.record.id not in own and _speaks_of(matter, text)
    ]
    others.sort(key=lambda each: (-each.likeness, each.id))
    return (*latest, *others[:_OTHERS])


def _speaks_of(matter: Matter, text: ReadText) -> bool:
    said = sum(word in text.record.title or word in text.record.text for word in matter.phrases)
    return said >= max(_FEWEST, -(-len(matter.phrases) // 2))


def evidence_of(texts: Sequence[ReadText]) -> tuple[str, ...]:
    """Choose three different texts, the first ones first, by different people where that is possible."""
    texts = distinct(texts)
    chosen, voices = [], set()
    for text in texts:
        voice = text.record.author or text.record.unit or text.record.id
        if voice not in voices:
            voices.add(voice)
            chosen.append(text.record.id)
    rest = [text.record.id for text in texts if text.record.id not in chosen]
    return tuple([*chosen, *rest][:_EVIDENCE])


def novelty_of(texts: Sequence[ReadText], ground: Ground) -> float:
    """1 minus how far the latest texts settle their matter; 1 where nothing was written."""
    settled = [_settled(text, ground.taken_up) for text in _latest(texts)[:_LATEST]]
    return round(1 - sum(settled) / len(settled), 4) if settled else 1.0


def clue_id(*parts: str) -> str:
    """Name a clue after what it is made of."""
    return "c" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]


def _latest(texts: Sequence[ReadText]) -> list[ReadText]:
    return sorted(texts, key=lambda text: (text.record.date or dt.date.min, text.record.id), reverse=True)


def _settled(text: ReadText, taken_up: dict[str, float]) -> float:
    record = text.record
    found = [taken_up["reported"]] if record.kind is not Kind.REFERENCE else [0.0]
    found += [taken_up[adoption.level.value] for adoption in record.adoptions]
    grades = {Grade.DONE: "done", Grade.PLANNED: "planned", Grade.NOTED: "noted", None: "noted"}
    found += [taken_up[grades[reply.grade]] for reply in record.replies]
    return max(found)
