"""What an editor does to a hot topic on its page: rename, merge, split, pin, hide; each can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from xiansuo.desk import topic_editing
from xiansuo.errors import XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records import TopicEdit
from xiansuo.web import notices
from xiansuo.web.topic_pages import Id, shown

router = APIRouter(prefix="/topics", include_in_schema=False)

Line = Annotated[str, Form(max_length=200)]
Chosen = Annotated[list[Annotated[str, Form(max_length=200)]], Form(max_length=10_000)]

_UNDO = "要撤销，在“编辑做过的修改”里点“撤销”。"


@router.post("/{id}/rename")
def rename(request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, name: Line = "") -> Response:
    """Call it by another name."""
    try:
        edit = topic_editing.rename(desk, id, name, by=who.name, now=now)
    except XiansuoError as error:
        return shown(request, desk, now, who, id, error=error, typed={"name": name})
    return _back(id, f"已改名为“{edit.name}”。{_UNDO}")


@router.post("/{id}/merge")
def merge(request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, into: Line = "") -> Response:
    """Make it part of another one."""
    try:
        topic_editing.merge(desk, id, into, by=who.name, now=now)
    except XiansuoError as error:
        return shown(request, desk, now, who, id, error=error, typed={"into": into})
    return _back(into, f"已并入这个热点。{_UNDO}")


@router.post("/{id}/split")
def split(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    id: Id,
    documents: Chosen = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Take the ticked documents out as a topic of their own."""
    try:
        edit = topic_editing.split(desk, id, documents, by=who.name, now=now)
    except XiansuoError as error:
        return shown(request, desk, now, who, id, error=error, typed={"documents": documents})
    return _back(edit.into, f"已拆出 {len(edit.documents)} 篇，另成这个热点。{_UNDO}")


@router.post("/{id}/pin")
def pin(request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id) -> Response:
    """Show it before all others."""
    return _marked(request, desk, now, who, id, topic_editing.pin, "已置顶。")


@router.post("/{id}/hide")
def hide(request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id) -> Response:
    """Leave it out of every list."""
    return _marked(request, desk, now, who, id, topic_editing.hide, "已隐藏：不再出现在榜单和图里，这一页还能打开。")


@router.post("/edits/{number}/undo")
def undo(desk: OpenDesk, now: Now, who: Asking, number: Annotated[int, Path(ge=1, lt=2**63)]) -> Response:
    """Undo an edit."""
    edit = topic_editing.undo(desk, number, by=who.name, now=now)
    return _back(edit.topic, f"已撤销第 {edit.id} 号修改（{edit.action.label}），记录还在。")


def _marked(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    id: str,
    mark: Callable[..., TopicEdit],
    said: str,
) -> Response:
    try:
        mark(desk, id, by=who.name, now=now)
    except XiansuoError as error:
        return shown(request, desk, now, who, id, error=error)
    return _back(id, said + _UNDO)


def _back(id: str, said: str) -> Response:
    answer = RedirectResponse(f"/topics/{id}", 303)
    notices.carry(answer, "good", said)
    return answer
