"""Gaps (空白): what the year's work asks for and the archive hardly holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xiansuo.records import Grade, WorkTheme

TAKEN_UP = (Grade.DONE, Grade.PLANNED)
"""Grades of a last reply by which a matter was taken up."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A document as gaps count it: whether it was adopted, answered, taken up (adopted, or answered with A or B)."""

    id: str
    theme: str
    date: dt.date | None
    adopted: bool
    answered: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme against what was written on it since it began; `asked` and the others are shares in 0..1.

    `asked` is its share in all weights, `written` in what was written on all themes, `taken` in
    what of that was taken up (adopted, or answered with A or B), None where nothing was. `size` =
    weight / greatest weight · (1 - served / asked), at least 0, served being the mean of `written`
    and `taken`. `undated` of the `documents` have no date and count all the same. `last` is the day of the latest.
    """

    theme: WorkTheme
    asked: float
    written: float
    taken: float | None
    size: float
    adopted: int
    answered: int
    undated: int
    documents: tuple[str, ...]
    last: dt.date | None = None


def in_time(date: dt.date | None, theme: WorkTheme) -> bool:
    """Tell whether a document of a day counts for a theme: from its first day on, and without a date."""
    return date is None or theme.since is None or date >= theme.since


def measure(themes: Sequence[WorkTheme], found: Iterable[Reported]) -> list[Gap]:
    """Measure every theme's gap in what was found, the widest first."""
    written: dict[str, list[Reported]] = {theme.id: [] for theme in themes}
    for each in found:
        written[each.theme].append(each)
    weights = sum(theme.weight for theme in themes)
    greatest = max((theme.weight for theme in themes), default=1.0)
    reported = sum(map(len, written.values()))
    taken = {id: sum(each.taken for each in own) for id, own in written.items()}
    total = sum(taken.values())
    gaps = []
    for theme in themes:
        own = written[theme.id]
        asked = theme.weight / weights
        share = len(own) / reported if reported else 0.0
        taken_share = taken[theme.id] / total if total else None
        served = share if taken_share is None else (share + taken_share) / 2
        size = theme.weight / greatest * max(0.0, 1 - served / asked)
        gaps.append(
            Gap(
                theme,
                round(asked, 4),
                round(share, 4),
                None if taken_share is None else round(taken_share, 4),
                round(size, 4),
                sum(each.adopted for each in own),
                sum(each.answered for each in own),
                sum(each.date is None for each in own),
                tuple(sorted(each.id for each in own)),
                max((each.date for each in own if each.date), default=None),
            )
        )
    return sorted(gaps, key=lambda gap: (-gap.size, gap.theme.id))
