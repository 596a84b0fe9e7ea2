"""What an archive holds, at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.records import Kind
from xiansuo.store import documents, state, themes


@dataclass(frozen=True, slots=True)
class Archive:
    """Counts by kind, the units that wrote, the theme list in use, the encoder, and a day if one is pinned."""

    documents: int
    kinds: dict[Kind, int]
    units: tuple[str, ...]
    themes: int
    theme_version: str
    encoder: str
    day: str


def about(desk: Desk) -> Archive:
    """Describe the archive."""
    with desk.database.read() as connection:
        kinds = documents.count(connection)
        versions = themes.versions(connection)
        return Archive(
            documents=sum(kinds.values()),
            kinds=kinds,
            units=tuple(documents.units(connection)),
            themes=len(themes.read(connection)),
            theme_version=versions[0] if versions else "",
            encoder=state.get(connection, state.ENCODER_ID) or "",
            day=state.get(connection, state.DAY) or "",
        )
