"""Clues (线索): cards that an informant can start from, here those of hot matters.

Those of gaps are in `openings`, of proposals in `proposals`, of what was adopted or promised in `follow_ups`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.aligning.alignment import Aligned
from xiansuo.recommend.cards import headlines, wording
from xiansuo.recommend.cards.matters import Ground, Matter, Themed, likeness_to, theme_of, vector_of
from xiansuo.recommend.cards.quotes import Quote
from xiansuo.recommend.cards.wording import Said
from xiansuo.recommend.gaps import Gap
from xiansuo.recommend.texts import ReadText, distinct
from xiansuo.records import Focus, Grade, Kind, Spring, WorkTheme

COVERED = 4
"""Earlier texts that a clue shows."""

# What has half of a matter's key words, three at least, and is this near covers a part of it. Nearness alone is no
# evidence: of 17 texts of the demo nearer than 0.5 to a matter that they are not counted in, 6 were labelled as on it;
# of 12 with half of the words, all.
_NEAR = 0.3
_FEWEST = 3
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
    themed = theme_of(matter, aligner.by_document)
    theme = themed.best.theme if themed else None
    vector = vector_of(matter.texts, ground.centre)
    ends = wording.deadline(theme, ground.now) if theme else None
    novelty = novelty_of(matter.texts, ground)
    places = {text.record.region for text in matter.texts}
    return Clue(
        clue_id("topic", matter.id),
        matter.name,
        matter.id,
        theme,
        themed.texts if themed else 0,
        theme.focus if theme else Focus.PUBLIC_CONCERN,
        headlines.for_matter(matter.name, min(places) if len(places) == 1 else ""),
        wording.angle(matter),
        (wording.why_now(matter), *([ends] if ends else [])),
        _clause(themed),
        _covered(matter, ground, likeness_to(vector, ground)),
        wording.missing_parts(matter.texts),
        (
            *wording.figures(matter.texts),
            *wording.silent_places(matter.texts, ground.places, "可核实有没有同样的情况"),
            *wording.departments(matter.texts),
        ),
        evidence_of(matter.texts),
        novelty,
        {
            "alignment": themed.best.probability if themed else 0.0,
            "heat": matter.heat,
            "gap": gaps[theme.id].size if theme else 0.0,
            "novelty": novelty,
        },
        matter.texts,
        vector,
        Spring.TOPIC,
    )


def _clause(themed: Themed | None) -> Said | None:
    if themed is None:
        return None
    theme = themed.best.theme
    return Said(theme.clause or theme.name, (f"theme:{theme.id}", f"doc:{themed.best.document}"))


def _covered(matter: Matter, ground: Ground, likeness: Mapping[str, float]) -> tuple[Covered, ...]:
    """The matter's latest texts, then what else speaks of it."""
    own = {text.record.id for text in matter.texts}
    latest = [Covered(text.record.id, likeness[text.record.id]) for text in distinct(_latest(matter.texts))[:COVERED]]
    others = [
        Covered(text.record.id, likeness[text.record.id])
        for text in ground.texts
        if text.record.id not in own and likeness[text.record.id] >= _NEAR and _speaks_of(matter, text)
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
