"""Duplicate groups in pages, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from pydantic import TypeAdapter

from xiansuo.desk.grouping import DuplicateGroup, DuplicateGroups
from xiansuo.desk.paging import paged

_Place: TypeAlias = tuple[int, str]
_PLACE: TypeAdapter[_Place] = TypeAdapter(_Place)


def cut(found: DuplicateGroups, limit: int, cursor: str = "") -> DuplicateGroups:
    """Keep one page of the groups only.

    :param cursor: what the page in front said.
    :raises InputError: the cursor is none of this list's.
    """
    page = paged("groups", cursor, limit, _PLACE, lambda after, most: _behind(found.groups, after)[:most], _place)
    return replace(found, groups=page.items, next=page.next)


def _place(group: DuplicateGroup) -> _Place:
    return len(group.members), group.canonical.id


def _behind(groups: Sequence[DuplicateGroup], after: _Place | None) -> Sequence[DuplicateGroup]:
    if after is None:
        return groups
    # Where the group has changed since, those of its size are told again.
    seen = next((i + 1 for i, group in enumerate(groups) if _place(group) == after), 0)
    return groups[seen:] if seen else [group for group in groups if len(group.members) <= after[0]]
