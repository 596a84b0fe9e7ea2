"""The life of a writing prompt (选题的一生): which action is allowed when, and why not; no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from xiansuo.errors import NotNow
from xiansuo.records.prompts import Claim, PromptAction, PromptEvent, PromptState, WritingPrompt

IN_WORK = (PromptState.CLAIMED, PromptState.DRAFTED)
"""Somebody writes on it."""

UNREPORTED = (PromptState.PUBLISHED, *IN_WORK)
"""It is out, and nobody, or not everybody who claimed it, has reported."""

REPORTED = (PromptState.SUBMITTED, PromptState.CLOSED)
"""It was reported, with or without an outcome yet."""

ALLOWED: Mapping[PromptAction, tuple[PromptState, ...]] = {
    PromptAction.APPROVE: (PromptState.PROPOSED,),
    PromptAction.EDIT: (PromptState.PROPOSED, PromptState.APPROVED, *UNREPORTED),
    PromptAction.PUBLISH: (PromptState.APPROVED, PromptState.PUBLISHED),
    PromptAction.WITHDRAW: (PromptState.PROPOSED, PromptState.APPROVED, *UNREPORTED),
    PromptAction.CLAIM: (PromptState.PUBLISHED,),
    PromptAction.RELEASE: IN_WORK,
    PromptAction.CHECK: IN_WORK,
    PromptAction.SUBMIT: (*IN_WORK, PromptState.SUBMITTED),
    PromptAction.OUTCOME: REPORTED,
}
"""From which states each action leads on; for the last four it is the claim's state that counts."""

CLAIMANTS = (PromptAction.RELEASE, PromptAction.CHECK, PromptAction.SUBMIT, PromptAction.OUTCOME)
"""Actions on a claim."""

UNDOABLE = (
    PromptAction.APPROVE,
    PromptAction.EDIT,
    PromptAction.PUBLISH,
    PromptAction.WITHDRAW,
    PromptAction.OUTCOME,
)
"""What editors do and can take back; a claim is given up instead."""

_SEVERAL = (*UNREPORTED, PromptState.SUBMITTED)
_NEXT = {
    PromptState.PROPOSED: "请先审定（approve）。",
    PromptState.APPROVED: "请先发布（publish）。",
    PromptState.PUBLISHED: "请先认领（claim）。",
    PromptState.CLAIMED: "要换人写，请认领人先放弃（release）。",
    PromptState.DRAFTED: "要换人写，请认领人先放弃（release）。",
    PromptState.SUBMITTED: "结果出来以后用 outcome 登记。",
    PromptState.CLOSED: "要接着写，请等新的线索。",
    PromptState.WITHDRAWN: "要恢复，请撤销这次撤回（undo）。",
}


def overdue(prompt: WritingPrompt, day: dt.date) -> bool:
    """Tell whether a prompt should have been reported by a day: the deadline's own day still counts."""
    return prompt.deadline is not None and prompt.deadline < day and prompt.state in UNREPORTED


def standing(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that were not released."""
    return [claim for claim in claims if claim.released_at is None]


def state_of(claims: Sequence[Claim]) -> PromptState:
    """Return how far a published prompt is: as far as the last of those who write on it."""
    order = list(PromptState)
    return min((claim.state for claim in standing(claims)), key=order.index, default=PromptState.PUBLISHED)


def check_action(action: PromptAction, prompt: WritingPrompt, claims: Sequence[Claim] = ()) -> None:
    """Refuse what an editor cannot do to a prompt now.

    :raises NotNow: with the reason in Chinese.
    """
    if prompt.state not in ALLOWED[action]:
        raise _refused(action, prompt.state)
    if action is PromptAction.WITHDRAW and (done := [each for each in standing(claims) if each.state in REPORTED]):
        raise NotNow(f"“{done[0].author}”已经报送，不能撤回。", advice="不想再让别人认领，可请编辑修改截止日期。")


def check_claim(prompt: WritingPrompt, claims: Sequence[Claim], author: str, unit: str, day: dt.date) -> None:
    """Refuse a claim that cannot be made.

    :raises NotNow: the prompt is not published, is claimed already, is meant for others, or its deadline has passed.
    """
    held = standing(claims)
    if own := [each for each in held if (each.author, each.unit) == (author, unit)]:
        raise NotNow(f"“{author}”已在 {own[0].at.date()} 认领这条选题，不用再认领。")
    if held and not prompt.several and prompt.state is not PromptState.WITHDRAWN:
        raise NotNow(
            f"这条选题已由“{held[0].author}”在 {held[0].at.date()} 认领。", advice="请另选一条，或请对方放弃后再认领。"
        )
    if prompt.state not in (_SEVERAL if prompt.several else ALLOWED[PromptAction.CLAIM]):
        raise _refused(PromptAction.CLAIM, prompt.state)
    if prompt.commissioned and not {author, unit} & set(prompt.commissioned):
        named = "、".join(prompt.commissioned)
        raise NotNow(f"这条是约稿，约的是{named}，没有约“{author}”。", advice="请另选一条，或请编辑改约稿对象。")
    if prompt.deadline is not None and prompt.deadline < day:
        raise NotNow(f"截止日期 {prompt.deadline} 已过，不能再认领。", advice="请另选一条，或请编辑延长截止日期。")


def check_work(action: PromptAction, prompt: WritingPrompt, claims: Sequence[Claim], author: str) -> Claim:
    """Find the claim that an action is about: the author's, or the only one where no author is named.

    :raises NotNow: there is none, several stand and no author is named, or it has not come so far.
    """
    if prompt.state is PromptState.WITHDRAWN:
        raise _refused(action, prompt.state)
    held = standing(claims)
    own = [each for each in held if not author or each.author == author]
    if not own:
        who = f"“{author}”没有认领这条选题" if author else "这条选题还没有人认领"
        raise NotNow(f"{who}，不能{action.label}。", advice="请先认领（claim）。")
    if len(own) > 1:
        named = "、".join(each.author for each in own)
        raise NotNow(f"这条选题有几个人认领：{named}。", advice="请写明是谁的。")
    if own[0].state not in ALLOWED[action]:
        raise _refused(action, own[0].state)
    return own[0]


def last_to_undo(events: Sequence[PromptEvent]) -> PromptEvent:
    """Find what an undo takes back: the last that was done and not undone yet.

    :param events: all events of one prompt, oldest first.
    :raises NotNow: it is nothing that can be taken back.
    """
    undone = {event.undoes for event in events}
    left = [event for event in events if event.action is not PromptAction.UNDO and event.id not in undone]
    last = left[-1]
    if last.action in UNDOABLE:
        return last
    advice = {
        PromptAction.PROPOSE: "不要这条选题，请撤回（withdraw）。",
        PromptAction.CLAIM: "不写了，请认领人放弃（release）；以前的步骤不能越过它撤销。",
        PromptAction.RELEASE: "还要写，请重新认领（claim）。",
    }.get(last.action, "要更正，请重新登记。")
    raise NotNow(f"最后一步是“{last.action.label}”（{last.by}），不能撤销。", advice=advice)


def possible(prompt: WritingPrompt, claims: Sequence[Claim], day: dt.date) -> tuple[PromptAction, ...]:
    """List what somebody may do to a prompt on a day, undoing aside."""
    states = {claim.state for claim in standing(claims)}
    found = []
    for action, allowed in ALLOWED.items():
        if action is PromptAction.CLAIM:
            late = prompt.deadline is not None and prompt.deadline < day
            open_for = _SEVERAL if prompt.several else allowed
            fits = prompt.state in open_for and not late
        elif action in CLAIMANTS:
            fits = prompt.state is not PromptState.WITHDRAWN and bool(states & set(allowed))
        else:
            fits = prompt.state in allowed
            fits = fits and not (action is PromptAction.WITHDRAW and states & set(REPORTED))
        if fits:
            found.append(action)
    return tuple(found)


def _refused(action: PromptAction, state: PromptState) -> NotNow:
    return NotNow(f"这条选题现在是“{state.label}”，不能{action.label}。", advice=_NEXT[state])
