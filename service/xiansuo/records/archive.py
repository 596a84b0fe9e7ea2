"""The archive as people handle it: which documents are asked for, what is corrected, what became of one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from xiansuo.records import Adoption, Instruction, Kind, Record, Reply, Team
from xiansuo.records.words import Labelled

_Line = Annotated[str, StringConstraints(max_length=200)]
_Short = Annotated[str, StringConstraints(max_length=100)]


class Standing(Labelled):
    """Whether a document counts: whatever is not active stays stored and leaves every answer."""

    ACTIVE = "active", "在档"
    WITHDRAWN = "withdrawn", "已撤下"
    HIDDEN = "hidden", "已隐藏"


class ArchiveFilter(Record):
    """Which documents of the archive are listed.

    `region` is a part of the region's name; every one of `words` stands in title or text, or is the id. None and empty
    ask for nothing.
    """

    kinds: tuple[Kind, ...] = ()
    years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    region: str = ""
    sectors: tuple[str, ...] = ()
    standing: Standing | None = None
    adopted: bool | None = None
    words: tuple[str, ...] = ()


class DocumentChange(Record):
    """What is corrected of a document: only the fields that are set; None and empty take out what was there."""

    kind: Kind = Kind.SUBMISSION
    title: Annotated[str, StringConstraints(min_length=1, max_length=500)] = ""
    text: Annotated[str, StringConstraints(min_length=1, max_length=50_000)] = ""
    author: _Line = ""
    unit: _Line = ""
    team: Team | None = None
    sector: _Short = ""
    region: _Line = ""
    channel: _Short = ""
    date: dt.date | None = None
    category: _Short = ""
    theme: _Line = ""
    source: Annotated[str, StringConstraints(max_length=500)] = ""


class AdoptionTold(Adoption):
    """An adoption."""

    what: Literal["adoption"]


class InstructionTold(Instruction):
    """A leader's written instruction."""

    what: Literal["instruction"]
    by: _Short = ""
    text: Annotated[str, StringConstraints(max_length=5_000)] = ""


class ReplyTold(Reply):
    """A department's reply."""

    what: Literal["reply"]
    department: _Short = ""
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


Outcome: TypeAlias = Annotated[AdoptionTold | InstructionTold | ReplyTold, Field(discriminator="what")]
"""What became of a document, one of it."""
