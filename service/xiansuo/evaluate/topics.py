"""Hot topics against labelled matters: are documents put together as people did, and are the big matters hot?"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.topics import hot_topics
from xiansuo.evaluate.cases import Case, field, wrong
from xiansuo.topics.items import State

_BIG = 5
"""Voices, or documents where nobody counted voices, from which a labelled matter is a big one."""

_HOT = 20


def predict(desk: Desk, *, now: dt.date) -> list[dict[str, Any]]:
    """Give the topic and state of every document by id, then all topics of the whole period, hottest first."""
    found = find_topics(desk, now=now)
    hot = hot_topics(desk, now=now, window="all", limit=len(found.named)).topics
    known = {topic.id for topic in hot}
    told: list[dict[str, Any]] = [
        {"id": topic.id, "name": topic.name, "heat": topic.heat, "members": sorted(topic.members)} for topic in hot
    ]
    told += [
        {"id": each.cluster.id, "name": each.name, "heat": 0.0, "members": list(each.cluster.members)}
        for each in found.named
        if each.cluster.id not in known
    ]
    placed: dict[str, dict[str, str | None]] = {
        id: {"topic": topic, "state": State.ASSIGNED.value} for topic, ids in found.topics.items() for id in ids
    }
    placed.update({each.id: {"topic": None, "state": each.state.value} for each in found.loose})
    lines = [{"id": id, **placed[id]} for id in sorted(placed)]
    return [*lines, {"topics": told}]


def score(labels: Sequence[Case], lines: Sequence[Mapping[str, Any]], path: Path) -> dict[str, Any]:
    """Score documents that have a label; the others are unknown.

    :param labels: matters as `topic_id` and `ids`, perhaps `n_users`.
    :return: F1 over pairs of documents and B-cubed F1 (Bagga and Baldwin, 1998); the mean best F1 of a topic with each
        big matter; the share of big matters that the hottest 20 and 40 hold, by a topic with F1 of at least .5; how
        often the hottest 20 say one matter again.
    """
    wanted = {str(field(each, "topic_id", path)): _ids(each, path) for each in labels}
    matter_of = {id: matter for matter, ids in wanted.items() for id in ids}
    topic_of = {line["id"]: line["topic"] for line in lines if "id" in line}
    members: dict[str, set[str]] = defaultdict(set)
    for id, topic in topic_of.items():
        if topic is not None:
            members[topic].add(id)
    labelled = [id for id in matter_of if id in topic_of]
    placed = [(topic_of[id] or f"alone:{id}", matter_of[id]) for id in labelled]
    order = [topic["id"] for topic in lines[-1]["topics"]]
    big = [
        str(each["topic_id"])
        for each in labels
        if int(each.get("n_users") or len(wanted[str(each["topic_id"])])) >= _BIG
    ]
    best = {matter: _best(wanted[matter], members) for matter in big}
    found = {
        "documents": len(topic_of),
        "labelled": len(labelled),
        "pairwise_f1": _pairwise(placed),
        "b3_f1": _b_cubed(placed),
        "big_matters": len(big),
        "mean_best_f1_big": sum(f1 for f1, _ in best.values()) / max(1, len(big)),
    }
    for top in (_HOT, 2 * _HOT):
        held = sum(f1 >= 0.5 and topic in order[:top] for f1, topic in best.values())
        found[f"big_in_hot_{top}"] = held / max(1, len(big))
    about = [_best(members[topic], wanted) for topic in order[:_HOT]]
    said = Counter(matter for f1, matter in about if f1 > 0.1)
    found["repeats_in_hot_20"] = sum(said.values()) - len(said)
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in found.items()}


def _ids(each: Case, path: Path) -> set[str]:
    ids = field(each, "ids", path)
    if not isinstance(ids, list):
        raise wrong(path, "ids")
    return {str(id) for id in ids}


def _best(ids: set[str], among: Mapping[str, set[str]]) -> tuple[float, str]:
    """Find the set that agrees best with one, by F1; of equals the first by name."""
    f1 = {name: 2 * len(ids & other) / (len(ids) + len(other)) for name, other in among.items() if ids & other}
    return max(((value, name) for name, value in f1.items()), key=lambda each: (each[0], each[1]), default=(0.0, ""))


def _pairwise(placed: Sequence[tuple[str, str]]) -> float:
    both, topics, matters = Counter(placed), Counter(t for t, _ in placed), Counter(m for _, m in placed)
    right, said, true = (sum(n * (n - 1) // 2 for n in each.values()) for each in (both, topics, matters))
    return 2 * right / (said + true) if said + true else 0.0


def _b_cubed(placed: Sequence[tuple[str, str]]) -> float:
    both, topics, matters = Counter(placed), Counter(t for t, _ in placed), Counter(m for _, m in placed)
    count = max(1, len(placed))
    precision = sum(both[t, m] / topics[t] for t, m in placed) / count
    recall = sum(both[t, m] / matters[m] for t, m in placed) / count
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
