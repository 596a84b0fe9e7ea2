"""Writing prompts over HTTP, from proposal to outcome."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from xiansuo.api.answers import Cursor, Limit
from xiansuo.api.given_out import given_out
from xiansuo.api.prompt_bodies import (
    Claiming,
    Drafting,
    Editing,
    Ending,
    Listing,
    Proposing,
    Publishing,
    Saying,
    Submitting,
    Working,
)
from xiansuo.desk import claiming, prompt_editing, prompt_lists, prompt_outcomes, proposing, sight
from xiansuo.desk import feedback as informants
from xiansuo.desk.open_prompts import prompt_seen
from xiansuo.desk.paging import NUMBER, Page, paged
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompts_seen import prompts_seen
from xiansuo.export.clue_list import clue_list_docx
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.etags import Seen, Tagged, begins_with, state_seen
from xiansuo.gate.problems import described
from xiansuo.records.prompts import PromptEvent, PromptFeedback

router = APIRouter(
    prefix="/api/v1/prompts",
    tags=["选题的一生"],
    responses={
        400: described("这样做不成立"),
        404: described("没有这条选题"),
        409: described("选题现在的状态不允许"),
        422: described("请求不对"),
        503: described("暂不可用"),
    },
    route_class=Tagged,
)

Number = Annotated[int, Path(ge=1, lt=2**63, description="选题的编号", examples=[1])]
Listed = Annotated[int, Field(ge=1, lt=2**63)]
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("", summary="选题，截止日期近的在前")
def listed(desk: OpenDesk, now: Now, who: Asking, asked: Annotated[Listing, Query()]) -> Page[PromptLine]:
    """List prompts."""
    return prompts_seen(desk, who, now=now, **asked.model_dump())


@router.post("", summary="提出一批选题待审")
def propose(desk: OpenDesk, now: Now, asked: Proposing, who: Asking) -> proposing.Proposed:
    """Store the best clues that are not there yet."""
    return proposing.propose(desk, by=who.name, now=now, **asked.model_dump())


@router.get("/log", summary="经过：谁、何时、做了什么")
def log(desk: OpenDesk, cursor: Cursor = "", limit: Limit = 50) -> Page[PromptEvent]:
    """List what was done to all prompts, newest first."""

    def read(before: int | None, most: int) -> tuple[PromptEvent, ...]:
        return prompt_lists.log(desk, limit=most, before=before)

    return paged("prompts/log", cursor, limit, NUMBER, read, lambda each: each.id)


@router.get(
    "/list.docx",
    summary="选题清单（Word）",
    response_class=Response,
    responses={200: {"content": {_DOCX: {}}}},
)
def clue_list(
    desk: OpenDesk,
    now: Now,
    number: Annotated[list[Listed], Query(max_length=500, description="只列这些编号")] = [],  # noqa: B006
    month: Annotated[dt.date | None, Query(description="只列这一天所在的月发布的")] = None,
    office: Annotated[str, Query(max_length=100, description="单位名称")] = "",
    contact: Annotated[str, Query(max_length=200, description="联系方式")] = "",
) -> Response:
    """Write prompts as a list in office style."""
    made = prompt_lists.clue_list(desk, now=now, month=month, numbers=number)
    data = clue_list_docx(made, office=office, contact=contact)
    return given_out(data, _DOCX, "prompts.docx", f"选题清单 {made.month:%Y-%m}.docx")


@router.get("/{number}", summary="一条选题：卡片、认领、反馈和经过")
def one(desk: OpenDesk, now: Now, who: Asking, number: Number, request: Request) -> prompt_lists.PromptPage:
    """Show one prompt; its ETag begins with the state of what editors may change."""
    page = prompt_seen(desk, who, number, now=now)
    begins_with(request, str(page.prompt.changes))
    return page


@router.post("/{number}/approve", summary="审定")
def approve(desk: OpenDesk, now: Now, number: Number, who: Asking) -> PromptLine:
    """Approve a prompt as it is."""
    return prompt_editing.approve(desk, number, by=who.name, now=now)


@router.post("/{number}/edit", summary="修改", responses={412: described("看过之后别人改过了（If-Match）")})
def edit(desk: OpenDesk, now: Now, number: Number, asked: Editing, who: Asking, seen: Seen = "") -> PromptLine:
    """Put a prompt into other words or on other terms."""
    return prompt_editing.edit(
        desk,
        number,
        by=who.name,
        now=now,
        seen_as=state_seen(seen),
        **asked.model_dump(),
    )


@router.post("/{number}/publish", summary="发布或约稿")
def publish(desk: OpenDesk, now: Now, number: Number, asked: Publishing, who: Asking) -> PromptLine:
    """Publish a prompt."""
    return prompt_editing.publish(desk, number, by=who.name, now=now, **asked.model_dump())


@router.post("/{number}/withdraw", summary="撤回")
def withdraw(desk: OpenDesk, now: Now, number: Number, who: Asking) -> PromptLine:
    """Take a prompt back."""
    return prompt_editing.withdraw(desk, number, by=who.name, now=now)


@router.post("/{number}/undo", summary="撤销编辑做的最后一步")
def undo(desk: OpenDesk, now: Now, number: Number, who: Asking) -> PromptLine:
    """Take back what an editor did last."""
    return prompt_editing.undo(desk, number, by=who.name, now=now)


@router.post("/{number}/claim", summary="认领")
def claim(desk: OpenDesk, now: Now, number: Number, asked: Claiming, who: Asking) -> PromptLine:
    """Claim a prompt."""
    prompt_seen(desk, who, number, now=now)
    author, unit = sight.acts_for(who, asked.author, asked.unit)
    return sight.prompt_line(who, claiming.claim(desk, number, by=who.name, now=now, author=author, unit=unit))


@router.post("/{number}/release", summary="放弃认领")
def release(desk: OpenDesk, now: Now, number: Number, asked: Working, who: Asking) -> PromptLine:
    """Give a claim up."""
    author = sight.works_on(who, prompt_seen(desk, who, number, now=now).line, asked.author)
    return sight.prompt_line(who, claiming.release(desk, number, by=who.name, now=now, author=author))


@router.post("/{number}/check", summary="为稿件查重，只记编号和结论")
def check(desk: OpenDesk, now: Now, number: Number, asked: Drafting, who: Asking) -> PromptLine:
    """Check a draft; the report is opened by the check's number."""
    author = sight.works_on(who, prompt_seen(desk, who, number, now=now).line, asked.author)
    _, line = claiming.check_draft(
        desk, number, asked.title, asked.text, by=who.name, now=now, author=author, maker=who.account
    )
    return sight.prompt_line(who, line)


@router.post("/{number}/submit", summary="登记已报送")
def submit(desk: OpenDesk, now: Now, number: Number, asked: Submitting, who: Asking) -> PromptLine:
    """Put down that it was reported."""
    author = sight.works_on(who, prompt_seen(desk, who, number, now=now).line, asked.author)
    line = claiming.submit(desk, number, by=who.name, now=now, author=author, document=asked.document)
    return sight.prompt_line(who, line)


@router.post("/{number}/outcome", summary="登记结果")
def outcome(desk: OpenDesk, now: Now, number: Number, asked: Ending, who: Asking) -> PromptLine:
    """Put down what became of it."""
    return prompt_outcomes.outcome(desk, number, by=who.name, now=now, **asked.model_dump())


@router.post("/{number}/feedback", summary="反馈：有用、不适合我、已知道")
def feedback(desk: OpenDesk, now: Now, number: Number, asked: Saying, who: Asking) -> PromptFeedback:
    """Keep what an informant says."""
    prompt_seen(desk, who, number, now=now)
    unit = asked.unit if who.edits else who.unit
    return informants.give_feedback(desk, number, asked.verdict, by=who.name, now=now, unit=unit, note=asked.note)
