"""Whether two clues are one told twice, by what is kept of them: topic, name, evidence."""

from __future__ import annotations

from dataclasses import dataclass

# As in the ranking: two names that share this much of their character pairs say one thing.
_NAMES = 0.6
_EVIDENCE = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a clue: ids of clue, topic (empty for a gap) and documents that are its evidence."""

    clue: str
    topic: str
    name: str
    evidence: frozenset[str]


def alike(one: Kept, other: Kept) -> str:
    """Say in Chinese why two clues are one, or return an empty text."""
    if one.clue == other.clue:
        return "同一条线索"
    if one.topic and one.topic == other.topic:
        return "同一个热点"
    if len(one.evidence) >= _EVIDENCE and one.evidence == other.evidence:
        return "依据的材料相同"
    a, b = (frozenset(name[i : i + 2] for i in range(len(name) - 1)) for name in (one.name, other.name))
    if len(a & b) >= _NAMES * max(1, min(len(a), len(b))):
        return "名称相近"
    return ""
