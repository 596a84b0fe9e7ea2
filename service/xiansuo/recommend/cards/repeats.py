"""Whether two clues are one told twice, or a clue tells what was reported lately; for clues of every spring."""

from __future__ import annotations

import datetime as dt

import numpy as np

from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.matters import Ground
from xiansuo.recommend.cards.quotes import Role
from xiansuo.records import Kind, Spring

# Names that share this much of their character pairs say one thing.
_NAMES = 0.6
# Two clues, and a clue with a text, are on one matter from these cosines on, as seen from the archive's mean.
_VECTORS = 0.8
_REPORTED = {Spring.PROPOSAL: 0.64, Spring.FOLLOW_UP: 0.7}


def alike(left: Clue, right: Clue) -> bool:
    """Tell whether two clues are one: by topic, suggestion or problem, name, or meaning; the order does not matter."""
    if left.id == right.id or (left.topic and left.topic == right.topic):
        return True
    if _said(left, Role.SUGGESTION) & _said(right, Role.SUGGESTION):
        return True
    if _said(left, Role.PROBLEM) & _said(right, Role.PROBLEM):
        return True
    if _names_alike(left.name, right.name):
        return True
    # A gap is told from a matter within it by what it asks for, not by its meaning.
    if (left.spring is Spring.GAP) != (right.spring is Spring.GAP):
        return False
    return float(np.round(left.vector.astype(np.float64) @ right.vector.astype(np.float64), 4)) >= _VECTORS


def reported_lately(clue: Clue, ground: Ground, days: int) -> str:
    """Name the nearest text of the last so many days that tells what a clue asks for; empty if there is none.

    A clue of a topic is made from such texts, and a gap of what is missing; both are never repeated by one.
    """
    enough = _REPORTED.get(clue.spring)
    if enough is None:
        return ""
    own = {text.record.id for text in clue.texts}
    since = ground.now - dt.timedelta(days=days)
    cosines = np.round(ground.seen.astype(np.float64) @ clue.vector.astype(np.float64), 4).tolist()
    near = [
        (-cosine, text.record.id)
        for text, cosine in zip(ground.texts, cosines, strict=True)
        if cosine >= enough and text.record.id not in own and text.record.kind is not Kind.REFERENCE
        if text.record.date is not None and since <= text.record.date <= ground.now
    ]
    return min(near)[1] if near else ""


def _said(clue: Clue, role: Role) -> set[str]:
    return {"".join(each.text.split()) for each in clue.quotes if each.role is role}


def _names_alike(left: str, right: str) -> bool:
    subject, _, asked = left.partition("：")
    other_subject, _, other_asked = right.partition("：")
    # Within one subject what is asked for tells two clues apart.
    if asked and other_asked and subject == other_subject:
        left, right = asked, other_asked
    a, b = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (left, right))
    return len(a & b) >= _NAMES * max(1, min(len(a), len(b)))
