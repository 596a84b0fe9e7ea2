"""The things the service is about, as frozen, validated values. Words as in the glossary of `docs/words.md`.

They carry no behaviour beyond what follows from their own fields, so every stage may import them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from xiansuo.records.words import (
    Focus,
    Grade,
    Kind,
    Labelled,
    Level,
    Part,
    Relation,
    Spring,
    Team,
    ThemeAction,
    TopicAction,
    Verdict,
)

__all__ = [
    "Focus",
    "Grade",
    "Kind",
    "Labelled",
    "Level",
    "Part",
    "Relation",
    "Spring",
    "Team",
    "ThemeAction",
    "TopicAction",
    "Verdict",
]

Text = Annotated[str, StringConstraints(min_length=1)]


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Adoption(Record):
    """A level of the committee adopted the submission."""

    level: Level
    date: dt.date | None = None


class Instruction(Record):
    """A leader's written instruction (批示) on the submission; `by` is an office, never a name."""

    date: dt.date | None = None
    by: str = ""
    text: str = ""


class Reply(Record):
    """A department's reply (答复) to a proposal or submission."""

    date: dt.date | None = None
    department: str = ""
    grade: Grade | None = None
    text: Text


class Section(Record):
    """One part of a body: characters `start` to `end` of the document's text, headings left out."""

    part: Part
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end < self.start:
            raise ValueError("section ends before it starts")
        return self


class Sections(Record):
    """All parts of a body in reading order, and the rule that found them (see `text.sections`)."""

    rule: str
    parts: tuple[Section, ...] = ()


class Document(Record):
    """One text of the archive. `id` is the office's own number, or one derived from the content."""

    id: Text
    kind: Kind = Kind.SUBMISSION
    title: Text
    text: Text
    author: str = ""
    unit: str = ""
    team: Team | None = None
    sector: str = ""
    region: str = ""
    channel: str = ""
    date: dt.date | None = None
    category: str = ""
    theme: str = ""
    adoptions: tuple[Adoption, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    replies: tuple[Reply, ...] = ()
    source: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of every field but `source`: the same document read from another file is unchanged."""
        body = self.model_dump_json(exclude={"source"})
        return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema of a document, as shipped in `corpus/document.schema.json`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Document.model_json_schema()}


class WorkTheme(Record):
    """One task of the year's central work (中心工作), with the clause of the source that sets it.

    `source` is the report that the clause is from, `paragraph` counts its paragraphs from 1, and characters `start` to
    `end` of its text are the clause; of merged themes, the clauses stand in a line each and the place is the first's.
    `retired`: an editor took it out, or merged it `into` another; it stays in its version and leaves suggestions.
    """

    id: Text
    name: Text
    focus: Focus = Focus.CENTRAL_WORK
    weight: float = Field(default=1.0, gt=0)
    keywords: tuple[str, ...] = ()
    clause: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    version: str = ""
    source: str = ""
    paragraph: int | None = Field(default=None, ge=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    retired: bool = False
    into: str = ""


class Remark(Record):
    """What an import has to say about one row: rejected, or taken with a remark."""

    file: str
    row: int | None = None
    outcome: Literal["rejected", "noted"] = "rejected"
    reason: Text


class Decision(Record):
    """What an editor decided on a pair: a draft and an earlier document. The newest that is not undone counts.

    `draft` and `earlier_fingerprint` name both texts by what they say (see `text.fingerprint`), `earlier` is the
    document's id and `earlier_title` its title now, empty where it is gone. `relation` is the editor's word;
    `machine_relation` with its probability 0..1 is what the service had said. `at` and `undone_at` are in UTC.
    """

    id: int
    draft: Text
    title: str
    earlier: Text
    earlier_fingerprint: Text
    earlier_title: str = ""
    verdict: Verdict
    relation: Relation
    machine_relation: Relation
    machine_probability: float
    by: Text
    at: dt.datetime
    undone_at: dt.datetime | None = None
    undone_by: str = ""


class Merging(Record):
    """Documents that an editor merged into one: `members` are shown under `canonical`, and all of them stay stored.

    `at` and `undone_at` are in UTC.
    """

    id: int
    canonical: Text
    members: tuple[Text, ...] = Field(min_length=1)
    by: Text
    at: dt.datetime
    undone_at: dt.datetime | None = None
    undone_by: str = ""


class TopicEdit(Record):
    """What an editor did to a topic.

    `documents` are those of the topic when it was done, or those that were split off; by them the topic is found again
    should its id be gone. A merged topic is part of `into`, whose documents were `into_documents`. `name` is what it is
    called by `rename`, or what a merged topic was called, should it be undone. `at` and `undone_at` are in UTC.
    """

    id: int
    action: TopicAction
    topic: Text
    documents: tuple[Text, ...]
    into: str = ""
    into_documents: tuple[Text, ...] = ()
    name: str = ""
    by: Text
    at: dt.datetime
    undone_at: dt.datetime | None = None
    undone_by: str = ""


class ThemeChange(Record):
    """What an editor says of a work theme anew; None leaves a field as it is."""

    name: Text | None = None
    focus: Focus | None = None
    weight: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    keywords: tuple[str, ...] | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class ThemeEdit(Record):
    """What an editor did to a work theme of a version.

    `merged` themes became part of it. `names` is what it and they were called in the list as imported, in this order:
    by them they are known again in another list of that version. `at` and `undone_at` are in UTC.
    """

    id: int
    version: Text
    action: ThemeAction
    theme: Text
    merged: tuple[Text, ...] = ()
    names: tuple[Text, ...]
    change: ThemeChange = ThemeChange()
    by: Text
    at: dt.datetime
    undone_at: dt.datetime | None = None
    undone_by: str = ""


class Filter(Record):
    """Which documents an answer may use; empty means all that are active."""

    kinds: tuple[Kind, ...] = ()
    years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is filtered at all."""
        return bool(self.kinds or self.years or self.units)
