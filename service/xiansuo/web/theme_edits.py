"""One theme of the central work for editors: change, weigh, merge, retire; each can be undone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from xiansuo.desk import theme_editing, themes
from xiansuo.desk.desk import Desk
from xiansuo.errors import InputError, NotFound, XiansuoError
from xiansuo.gate.asked import Now, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.gate.problems import status_of
from xiansuo.records import Focus, ThemeChange, ThemeEdit, WorkTheme
from xiansuo.web import notices
from xiansuo.web.pages import templates
from xiansuo.web.themes import address

router = APIRouter(prefix="/themes", include_in_schema=False)

Id = Annotated[str, Path(max_length=100)]
Version = Annotated[str, Query(max_length=100)]
Held = Annotated[str, Form(max_length=100, alias="version")]
Line = Annotated[str, Form(max_length=200)]
Long = Annotated[str, Form(max_length=2000)]
Chosen = Annotated[list[Annotated[str, Form(max_length=100)]], Form(max_length=500)]

_APART = re.compile(r"[、，,；;\s]+")
_FIELDS = {"name": "名称", "focus": "聚焦", "keywords": "关键词", "since": "起始日期", "until": "截止日期"}


@router.get("/{id}")
def one(request: Request, desk: OpenDesk, id: Id, version: Version = "") -> Response:
    """Show a theme with its forms."""
    return _shown(request, desk, id, version)


@router.post("/{id}/edit")
def edit(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    id: Id,
    version: Held = "",
    name: Line = "",
    focus: Line = "",
    keywords: Long = "",
    since: Line = "",
    until: Line = "",
) -> Response:
    """Change what is said of it; what was left as it was is not kept as changed."""
    typed = {"name": name, "focus": focus, "keywords": keywords, "since": since, "until": until}
    try:
        change = _change(_theme(desk, id, version), typed)
        done = theme_editing.edit(desk, id, change, by=who.name, now=now, version=version or None)
    except XiansuoError as error:
        return _shown(request, desk, id, version, error, typed)
    return _back(done, id)


@router.post("/{id}/weigh")
def weigh(
    request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, version: Held = "", weight: Line = ""
) -> Response:
    """Weigh it."""
    try:
        done = theme_editing.weigh(desk, id, _number(weight), by=who.name, now=now, version=version or None)
    except XiansuoError as error:
        return _shown(request, desk, id, version, error, {"weight": weight})
    return _back(done, id)


@router.post("/{id}/merge")
def merge(
    request: Request,
    desk: OpenDesk,
    now: Now,
    who: Asking,
    id: Id,
    version: Held = "",
    others: Chosen = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Make others part of it."""
    try:
        done = theme_editing.merge(desk, id, others, by=who.name, now=now, version=version or None)
    except XiansuoError as error:
        return _shown(request, desk, id, version, error, {"others": others})
    return _back(done, id)


@router.post("/{id}/retire")
def retire(request: Request, desk: OpenDesk, now: Now, who: Asking, id: Id, version: Held = "") -> Response:
    """Take it out of suggestions."""
    try:
        done = theme_editing.retire(desk, id, by=who.name, now=now, version=version or None)
    except XiansuoError as error:
        return _shown(request, desk, id, version, error)
    return _back(done, "")


def _shown(
    request: Request,
    desk: Desk,
    id: str,
    version: str,
    error: XiansuoError | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Response:
    held = themes.list_themes(desk, version or None, retired=True)
    theme = _theme(desk, id, version)
    filled = {name: _written(getattr(theme, name)) for name in (*_FIELDS, "weight")}
    told = {
        "theme": theme,
        "others": [each for each in held if each.id != id and not each.retired],
        "into": next((each for each in held if each.id == theme.into), None),
        "foci": [(each.value, each.label) for each in Focus],
        "edits": [each for each in theme_editing.edits(desk, theme.version) if id in (each.theme, *each.merged)],
        "error": error,
        "typed": {**filled, "others": (), **(typed or {})},
        "back": address(theme.version),
    }
    return templates.TemplateResponse(
        request, "themes/theme.html", told, status_code=status_of(error) if error else 200
    )


def _theme(desk: Desk, id: str, version: str) -> WorkTheme:
    for theme in themes.list_themes(desk, version or None, retired=True):
        if theme.id == id:
            return theme
    raise NotFound(f"没有编号为“{id}”的中心工作。", advice="请从清单里点开。")


def _change(theme: WorkTheme, typed: Mapping[str, str]) -> ThemeChange:
    told: dict[str, Any] = {
        name: value.strip() for name, value in typed.items() if value.strip() != _written(getattr(theme, name))
    }
    if "keywords" in told:
        told["keywords"] = tuple(filter(None, _APART.split(told["keywords"])))
    if emptied := [name for name in ("since", "until") if told.get(name) == ""]:
        raise InputError(f"{_FIELDS[emptied[0]]}不能改成空的。", advice="请写一个日期，或保持原样。")
    try:
        return ThemeChange.model_validate(told)
    except ValidationError as error:
        wrong = dict.fromkeys(_FIELDS.get(str(each["loc"][0]), "内容") for each in error.errors())
        raise InputError(f"没有存：{'、'.join(wrong)}不对。", advice="请检查后再存。") from error


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Focus):
        return value.value
    if isinstance(value, tuple):
        return "、".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return 0.0


def _back(edit: ThemeEdit, id: str) -> Response:
    here = f"/themes/{quote(id, safe='')}?{urlencode({'version': edit.version})}" if id else address(edit.version)
    answer = RedirectResponse(here, 303)
    notices.carry(answer, "good", f"已{edit.action.label}“{edit.names[0]}”。要撤销，在修改记录里点“撤销”。")
    return answer
