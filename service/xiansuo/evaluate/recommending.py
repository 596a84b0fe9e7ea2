"""Do prompts made from what was known before a day speak of what came after it? Against three plain lists."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.aligned_archive import AlignedArchive
from xiansuo.desk.archive_texts import read_texts
from xiansuo.desk.clue_batch import clue_batch, ground_of
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.topics import hot_topics
from xiansuo.evaluate.cases import Case, field, wrong
from xiansuo.recommend.cards.clues import novelty_of
from xiansuo.recommend.cards.matters import Ground, vector_of
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Document
from xiansuo.store import heads

LISTS = ("prompts", "most_frequent", "latest", "themes_only")
_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """One line of a list: `evidence` are all documents that it rests on, `novelty` 0..1, `vector` float32 (d,)."""

    id: str
    title: str
    evidence: tuple[str, ...]
    theme: str
    novelty: float
    vector: NDArray[np.float32]


def propose(desk: Desk, *, now: dt.date, top: int) -> dict[str, list[Proposed]]:
    """Make the list of prompts for nobody in particular, and three from the topics that it could use.

    These are the topics with most texts, those with the latest text, and those nearest to a work theme of great weight.

    :param now: the day before that from which the future begins.
    """
    batch = clue_batch(desk, now=now)
    with desk.database.read() as connection:
        texts = read_texts(desk, heads.listed(connection, now, references=True).values())
    ground = ground_of(texts, batch.ground.centre, Weights.shipped(), (), now)
    topics = list(hot_topics(desk, now=now, window="all", limit=_EVERY).topics)
    made = suggest(desk, now=now, limit=top)
    prompts = [
        _proposed(prompt.id, prompt.name, prompt.texts, prompt.theme.id if prompt.theme else "", texts, ground)
        for prompt in made.prompts
    ]
    frequent = sorted(topics, key=lambda topic: (-topic.size, topic.id))
    latest = sorted(topics, key=lambda topic: (topic.last or dt.date.min, topic.size, topic.id), reverse=True)
    asked, theme_of = _by_theme(topics, batch.aligned)
    lists = {"most_frequent": frequent, "latest": latest, "themes_only": asked}
    plain = {
        name: [
            _proposed(topic.id, topic.name, topic.members, theme_of.get(topic.id, ""), texts, ground)
            for topic in found[:top]
        ]
        for name, found in lists.items()
    }
    return {"prompts": prompts, **plain}


def _by_theme(topics: Sequence[HotTopic], archive: AlignedArchive) -> tuple[list[HotTopic], dict[str, str]]:
    """Order topics by how clearly they are about a theme, times its weight; those about none are left out."""
    aligned = archive.by_document
    scores, theme_of = {}, {}
    for topic in topics:
        found = [aligned[id] for id in topic.members if id in aligned]
        told: dict[str, float] = defaultdict(float)
        for each in found:
            told[each.theme.id] += each.theme.weight * each.probability / len(topic.members)
        if told:
            theme_of[topic.id] = max(told, key=lambda id: (round(told[id], 9), id))
            scores[topic.id] = round(told[theme_of[topic.id]], 9)
    kept = [topic for topic in topics if topic.id in scores]
    return sorted(kept, key=lambda topic: (-scores[topic.id], topic.id)), theme_of


def _proposed(
    id: str, title: str, ids: Sequence[str], theme: str, known: Mapping[str, ReadText], ground: Ground
) -> Proposed:
    texts = [known[each] for each in ids if each in known]
    vector = vector_of(texts, ground.centre) if texts else np.zeros(len(ground.centre), np.float32)
    return Proposed(id, title, tuple(text.record.id for text in texts), theme, novelty_of(texts, ground), vector)


def lines(lists: Mapping[str, Sequence[Proposed]]) -> list[dict[str, Any]]:
    """Give one line a proposal, as the file of predictions has them."""
    return [
        {
            "list": name,
            "rank": place,
            "id": each.id,
            "title": each.title,
            "evidence": list(each.evidence),
            "theme": each.theme or None,
        }
        for name in LISTS
        for place, each in enumerate(lists[name], start=1)
    ]


def own_matters(desk: Desk, *, now: dt.date) -> dict[str, str]:
    """Take the service's own topics for the matters, where nobody labelled any: the topic of each document by its id.

    :param now: the last day, when the later documents are in the archive.
    """
    return {id: topic for topic, ids in find_topics(desk, now=now).topics.items() for id in ids}


def labelled(labels: Sequence[Case], path: Path) -> dict[str, str]:
    """Read matters, one a line with its `ids`, or one document a line with its `matter`: each document's matter."""
    matter_of: dict[str, str] = {}
    for each in labels:
        if "ids" in each:
            if not isinstance(each["ids"], list):
                raise wrong(path, "ids")
            matter_of.update({str(id): str(field(each, "topic_id", path)) for id in each["ids"]})
        else:
            matter_of[str(field(each, "id", path))] = str(field(each, "matter", path))
    return matter_of


def score(
    lists: Mapping[str, Sequence[Proposed]],
    matter_of: Mapping[str, str],
    later: Sequence[Document],
    tops: Sequence[int],
) -> dict[str, Any]:
    """Score the first so many proposals of each list against what came later.

    A proposal is about the matter of most of the documents that it rests on. `hit` is the share of later documents with
    a matter that some proposal is about, `hit_adopted` the same of those that were adopted, `repeats` how often a
    matter comes again, `novelty` the mean, `similarity` the mean cosine between two proposals of the list.
    """
    came = Counter(matter_of[each.id] for each in later if each.id in matter_of)
    adopted = Counter(matter_of[each.id] for each in later if each.id in matter_of and each.adoptions)
    told: dict[str, Any] = {"later_documents": came.total(), "later_adopted": adopted.total()}
    for top in tops:
        told[f"top_{top}"] = {name: _scored(lists[name][:top], matter_of, came, adopted) for name in LISTS}
    return told


def _scored(
    proposed: Sequence[Proposed], matter_of: Mapping[str, str], came: Counter[str], adopted: Counter[str]
) -> dict[str, Any]:
    about = []
    for each in proposed:
        votes = Counter(matter_of[id] for id in each.evidence if id in matter_of)
        if votes:
            about.append(min(votes, key=lambda matter: (-votes[matter], matter)))
    return {
        "proposals": len(proposed),
        "hit": _share(came, set(about)),
        "hit_adopted": _share(adopted, set(about)),
        "repeats": len(about) - len(set(about)),
        "novelty": round(sum(each.novelty for each in proposed) / max(1, len(proposed)), 4),
        "similarity": _similarity([each.vector for each in proposed]),
    }


def _share(came: Counter[str], about: set[str]) -> float:
    return round(sum(came[matter] for matter in sorted(about)) / max(1, came.total()), 4)


def _similarity(vectors: Sequence[NDArray[np.float32]]) -> float:
    if len(vectors) < 2:
        return 0.0
    rows = np.stack(vectors).astype(np.float64)
    pairs = np.triu_indices(len(rows), 1)
    return round(float((rows @ rows.T)[pairs].mean()), 4)
