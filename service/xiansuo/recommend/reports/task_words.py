"""The words by which tasks are found in a work report, from `models/themes/words.toml`."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from xiansuo import artefacts
from xiansuo.errors import InputError
from xiansuo.text.normalise import normalise

Cut = Callable[[str], Sequence[str]]
"""Cuts a text into words; joined together they are the text again."""

WORDS = "words.toml"


@dataclass(frozen=True)
class TaskWords:
    """Lists of words, normalised; what each is for is said in the file."""

    local_strength: tuple[str, ...]
    public_concern: tuple[str, ...]
    stress: tuple[str, ...]
    verbs: tuple[str, ...]
    adverbs: tuple[str, ...]
    principles: tuple[str, ...]
    results: tuple[str, ...]
    raising: tuple[str, ...]
    moving: tuple[str, ...]
    vague: tuple[str, ...]
    fields: tuple[str, ...]
    starters: tuple[str, ...]
    generic: tuple[str, ...]

    @classmethod
    def read(cls, own: Path | None = None) -> Self:
        """Read the shipped lists; those that an office's own file names take their place.

        :param own: the office's file; it may be missing.
        :raises InputError: a file is no TOML, or names a list that there is none of.
        """
        told = _read(artefacts.models() / "themes" / WORDS)
        if own is not None and own.is_file():
            mine = _read(own)
            if strange := sorted(mine.keys() - told.keys()):
                raise InputError(f"{own} 里的“{strange[0]}”不认识。", advice=f"可用：{'、'.join(told)}。")
            told |= mine
        return cls(**{field.name: told[field.name] for field in dataclasses.fields(cls)})

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """A verb where a task may begin."""
        return _any_of(self.verbs)

    @cached_property
    def adverb(self) -> re.Pattern[str]:
        """An adverb, or whatever else stands before the verb."""
        return _any_of(self.adverbs)

    @cached_property
    def principle(self) -> re.Pattern[str]:
        """The first word of a principle."""
        return _any_of(self.principles)

    @cached_property
    def result(self) -> re.Pattern[str]:
        """The first word of a result."""
        return _any_of(self.results)

    @cached_property
    def starter(self) -> re.Pattern[str]:
        """A verb with which a member of a list is a task of its own."""
        return _any_of(self.starters)

    @cached_property
    def wish(self) -> re.Pattern[str]:
        """A whole part that only says what is to become better, without saying how."""
        return _vaguely(self.raising, self.vague)

    @cached_property
    def aim(self) -> re.Pattern[str]:
        """A whole part that only says what is to be moved; behind another task it tells what that is for."""
        return _vaguely(self.moving, self.vague)

    @cached_property
    def whole(self) -> frozenset[str]:
        """Whole fields of work."""
        return frozenset(self.fields)

    @cached_property
    def empty(self) -> frozenset[str]:
        """Words that say nothing of what a task is about."""
        return frozenset((*self.generic, *self.verbs, *self.adverbs))


def _vaguely(verbs: Iterable[str], ends: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf'(?:{_any_of(verbs).pattern})[^\d"《]*(?:{_any_of(ends).pattern})')


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))))


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return {name: tuple(normalise(words).text.split("\n")) for name, words in _lines(told).items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError) as error:
        raise InputError(
            f"词表读不出来：{path}。", advice="应为 UTF-8 的 TOML 文件，每张词表写成一串用空格隔开的词。"
        ) from error


def _lines(told: dict[str, str]) -> dict[str, str]:
    # One to a line: a blank between Chinese words would not outlive normalising.
    return {name: "\n".join(words.split()) for name, words in told.items()}
