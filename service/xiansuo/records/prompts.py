"""Writing prompts (选题) and what happens to them: claims, feedback, and the history of both."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field

from xiansuo.records import Record, Text
from xiansuo.records.words import Focus, Labelled, Level


class PromptState(Labelled):
    """How far a writing prompt has come."""

    PROPOSED = "proposed", "待审"
    APPROVED = "approved", "已审"
    PUBLISHED = "published", "已发布"
    CLAIMED = "claimed", "已认领"
    DRAFTED = "drafted", "已查重"
    SUBMITTED = "submitted", "已报送"
    CLOSED = "closed", "已有结果"
    WITHDRAWN = "withdrawn", "撤回"


class PromptAction(Labelled):
    """What people do to a writing prompt."""

    PROPOSE = "propose", "提出"
    APPROVE = "approve", "审定"
    EDIT = "edit", "修改"
    PUBLISH = "publish", "发布"
    WITHDRAW = "withdraw", "撤回"
    CLAIM = "claim", "认领"
    RELEASE = "release", "放弃认领"
    CHECK = "check", "查重"
    SUBMIT = "submit", "报送"
    OUTCOME = "outcome", "登记结果"
    UNDO = "undo", "撤销"


class FeedbackVerdict(Labelled):
    """What an informant says to a writing prompt."""

    USEFUL = "useful", "有用"
    NOT_FOR_ME = "not_for_me", "不适合我"
    ALREADY_KNOWN = "already_known", "已知道"


class WritingPrompt(Record):
    """A clue that is stored: proposed by the machine, then the editors' and the informants'.

    `card` is the clue as it was proposed in the `run` named, `clue` its id there; `topic` and `theme` are ids, empty
    where there is none, the theme's of the list `theme_version`. `title`, `angle` and `note` are the editor's words, at
    first the card's. `deadline` is the last day to report. `commissioned` names the informants or units that it is for,
    a commission (约稿); empty is everybody. `several` may claim it at once. `changes` counts what was done to it.
    Moments are in UTC.
    """

    number: int
    clue: Text
    run: str
    card: dict[str, Any]
    name: Text
    topic: str = ""
    theme: str = ""
    theme_version: str = ""
    focus: Focus
    title: Text
    angle: str = ""
    note: str = ""
    state: PromptState = PromptState.PROPOSED
    deadline: dt.date | None = None
    commissioned: tuple[Text, ...] = ()
    several: bool = False
    published_at: dt.datetime | None = None
    by: Text
    at: dt.datetime
    changes: int = Field(default=1, ge=1)


class DraftCheck(Record):
    """What a duplicate check said of a draft, without the draft; `run` is the check's number.

    `relation` and `earlier` are those of the best match, empty where nothing was found. `copied_share` 0..1 is the part
    of the draft that stands elsewhere.
    """

    run: Text
    advice: str
    relation: str = ""
    earlier: str = ""
    copied_share: float = Field(ge=0, le=1)


class Claim(Record):
    """An informant writes on a prompt (认领). It stands until it is released.

    `state` is how far this one has come: claimed, drafted, submitted, closed. `alone`: nobody else may claim the prompt
    while it stands. `document` is the id of the submission in the archive, empty while it is not known. `adopted` is
    None while there is no outcome; `level` and `outcome_date` are those of the adoption. Moments are in UTC.
    """

    id: int
    prompt: int
    author: Text
    unit: str = ""
    alone: bool = True
    state: PromptState = PromptState.CLAIMED
    by: Text
    at: dt.datetime
    released_at: dt.datetime | None = None
    released_by: str = ""
    check: DraftCheck | None = None
    document: str = ""
    adopted: bool | None = None
    level: Level | None = None
    outcome_date: dt.date | None = None


class PromptEvent(Record):
    """One thing that was done to a prompt, with what it changed in the prompt and in a claim, before and after.

    `undoes` is the event that an undo took back. `at` is in UTC.
    """

    id: int
    prompt: int
    claim: int | None = None
    action: PromptAction
    by: Text
    at: dt.datetime
    before: dict[str, Any]
    after: dict[str, Any]
    undoes: int | None = None


class PromptFeedback(Record):
    """What an informant said to a prompt; their last word on it counts. `at` is in UTC."""

    id: int
    prompt: int
    verdict: FeedbackVerdict
    author: Text
    unit: str = ""
    note: str = ""
    at: dt.datetime
