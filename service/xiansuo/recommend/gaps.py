"""Gaps (空白): what the year's work asks for and the archive hardly holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiansuo.recommend.alignment import Alignment
from xiansuo.records import Document, Grade, Kind, WorkTheme

_TAKEN_UP = (Grade.DONE, Grade.PLANNED)


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme against what was written on it since it began; `asked` and the others are shares in 0..1.

    `asked` is its share in all weights, `written` in what was written on all themes, `taken` in
    what of that was taken up (adopted, or answered with A or B), None where nothing was. `size` =
    weight / greatest weight · (1 - served / asked), at least 0, served being the mean of `written`
    and `taken`. `undated` of the `documents` have no date and count all the same.
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


def find_gaps(
    themes: Sequence[WorkTheme], alignments: Sequence[Alignment], records: Mapping[str, Document]
) -> list[Gap]:
    """Measure every theme's gap, the widest first.

    :param alignments: the documents that are about a theme; references among them do not count.
    """
    written: dict[str, list[Document]] = {theme.id: [] for theme in themes}
    for alignment in alignments:
        record = records[alignment.document]
        if record.kind is not Kind.REFERENCE and _in_time(record, alignment.theme):
            written[alignment.theme.id].append(record)
    weights = sum(theme.weight for theme in themes)
    greatest = max((theme.weight for theme in themes), default=1.0)
    reported = sum(map(len, written.values()))
    taken = {id: sum(map(_taken_up, found)) for id, found in written.items()}
    gaps = []
    for theme in themes:
        found = written[theme.id]
        asked = theme.weight / weights
        share = len(found) / reported if reported else 0.0
        taken_share = taken[theme.id] / sum(taken.values()) if sum(taken.values()) else None
        served = share if taken_share is None else (share + taken_share) / 2
        size = theme.weight / greatest * max(0.0, 1 - served / asked)
        gaps.append(
            Gap(
                theme,
                round(asked, 4),
                round(share, 4),
                None if taken_share is None else round(taken_share, 4),
                round(size, 4),
                sum(bool(record.adoptions) for record in found),
                sum(bool(record.replies) for record in found),
                sum(record.date is None for record in found),
                tuple(sorted(record.id for record in found)),
            )
        )
    return sorted(gaps, key=lambda gap: (-gap.size, gap.theme.id))


def _in_time(record: Document, theme: WorkTheme) -> bool:
    return record.date is None or theme.since is None or record.date >= theme.since


def _taken_up(record: Document) -> bool:
    return bool(record.adoptions) or any(reply.grade in _TAKEN_UP for reply in record.replies)
