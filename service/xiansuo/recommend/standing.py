"""What informants and editors did with earlier prompts, as far as it bears on the next ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Standing:
    """How earlier prompts stand, seen by one informant; of nobody in particular, the first three are empty.

    A matter is named by the id of its clue and, where it has one, by the id of its topic: both are in the sets.

    - `not_for_me`, `useful`: matters of which this informant's last word was that; nobody else is concerned.
    - `themes`: by version and id of a theme, how many of its prompts they called useful less how many are not for them.
    - `already_known`: by matter, how many informants know it already; concerns everybody.
    - `in_work`: matters that somebody writes on now, claimed or drafted, by whom (author, or unit).
    - `free`: matters that are published and may still be claimed, also by this informant.
    - `waiting`: matters that an editor has before them, proposed or approved.
    - `reported`: matters that were reported, with or without an outcome yet; `withdrawn`: that an editor took back.
    - `load`, `unit_load`: claims of this informant and of their unit that are not reported yet; where only the unit is
      known, both are its own. `loads` and `unit_loads` are the same by name for everybody who has any; a claim that
      names no unit counts for one of its author's name.
    """

    not_for_me: frozenset[str] = frozenset()
    useful: frozenset[str] = frozenset()
    themes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    already_known: Mapping[str, int] = field(default_factory=dict)
    in_work: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    free: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    load: int = 0
    unit_load: int = 0
    loads: Mapping[str, int] = field(default_factory=dict)
    unit_loads: Mapping[str, int] = field(default_factory=dict)

    def told(self) -> list[tuple[str, object]]:
        """List all of it in a fixed order, so that how things stand can be compared between processes."""
        found: list[tuple[str, object]] = []
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, frozenset):
                value = sorted(value)
            elif isinstance(value, Mapping):
                value = sorted(value.items())
            found.append((each.name, value))
        return found
