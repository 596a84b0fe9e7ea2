"""Whether two clues are one told twice, by what is kept of them: topic, name, evidence.

Clues that were just made tell more of themselves, see `cards.repeats`.
"""

from __future__ import annotations

from dataclasses import dataclass

# Two names that share this much of their character pairs say one thing.
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
    return "名称相近" if names_alike(one.name, other.name) else ""


def names_alike(one: str, other: str) -> bool:
    """Tell whether two names of clues say one thing; within one subject, what is asked for tells them apart."""
    subject, _, asked = one.partition("：")
    other_subject, _, other_asked = other.partition("：")
    if asked and other_asked and subject == other_subject:
        one, other = asked, other_asked
    a, b = (frozenset(name[i : i + 2] for i in range(len(name) - 1)) for name in (one, other))
    return len(a & b) >= _NAMES * max(1, min(len(a), len(b)))
