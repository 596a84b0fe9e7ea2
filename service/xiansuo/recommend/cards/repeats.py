"""Whether two clues are one told twice, or a clue tells what was reported lately; for clues of every spring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.alike import names_alike
from xiansuo.recommend.cards.clues import Clue
from xiansuo.recommend.cards.matters import Ground, likeness_to, nearest
from xiansuo.recommend.cards.quotes import Role
from xiansuo.records import Kind, Spring

# Two clues, and a clue with a text, are on one matter from these cosines on, as seen from the archive's mean.
_VECTORS = 0.8
_REPORTED = {Spring.PROPOSAL: 0.64, Spring.FOLLOW_UP: 0.7}
# Clues that are compared with all texts at once.
_AT_ONCE = 64


def alike(left: Clue, right: Clue) -> bool:
    """Tell whether two clues are one: by topic, suggestion or problem, name, or meaning; the order does not matter."""
    if left.id == right.id or (left.topic and left.topic == right.topic):
        return True
    if _said(left, Role.SUGGESTION) & _said(right, Role.SUGGESTION):
        return True
    if _said(left, Role.PROBLEM) & _said(right, Role.PROBLEM):
        return True
    if names_alike(left.name, right.name):
        return True
    # A gap is told from a matter within it by what it asks for, not by its meaning.
    if (left.spring is Spring.GAP) != (right.spring is Spring.GAP):
        return False
    return float(np.round(left.vector.astype(np.float64) @ right.vector.astype(np.float64), 4)) >= _VECTORS


def not_reported(clues: Sequence[Clue], ground: Ground, days: int) -> list[Clue]:
    """Keep the clues that no text of the last so many days tells, see `reported_lately`."""
    asked = [clue for clue in clues if clue.spring in _REPORTED]
    told: set[str] = set()
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        rows = likeness_to(np.stack([clue.vector for clue in some]), ground)
        told |= {clue.id for clue, row in zip(some, rows, strict=True) if _reported(clue, row, ground, days)}
    return [clue for clue in clues if clue.id not in told]


def reported_lately(clue: Clue, ground: Ground, days: int) -> str:
    """Name the nearest text of the last so many days that tells what a clue asks for; empty if there is none.

    A clue of a topic is made from such texts, and a gap of what is missing; both are never repeated by one.
    """
    return _reported(clue, likeness_to(clue.vector, ground), ground, days)


def _reported(clue: Clue, likeness: NDArray[np.float64], ground: Ground, days: int) -> str:
    enough = _REPORTED.get(clue.spring)
    if enough is None:
        return ""
    own = {text.record.id for text in clue.texts}
    since = ground.now - dt.timedelta(days=days)
    near = [
        (-cosine, text.record.id)
        for text, cosine in nearest(likeness, ground, enough)
        if text.record.id not in own and text.record.kind is not Kind.REFERENCE
        if text.record.date is not None and since <= text.record.date <= ground.now
    ]
    return min(near)[1] if near else ""


def _said(clue: Clue, role: Role) -> set[str]:
    return {"".join(each.text.split()) for each in clue.quotes if each.role is role}
