"""What stands around every page: who has signed in, and the ways that are open to them."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from xiansuo.access.needs import allowed
from xiansuo.desk import jobs
from xiansuo.gate.rules import RULES
from xiansuo.gate.who import known
from xiansuo.records.accounts import Viewer
from xiansuo.web import notices

_WAYS = (
    ("/", "首页"),
    ("/prompts", "选题"),
    ("/lookup", "写前查一查"),
    ("/check", "查重"),
    ("/mine", "我的"),
    ("/topics", "热点"),
    ("/themes", "中心工作"),
    ("/clues", "线索"),
    ("/archive", "档案"),
    ("/bulletin", "月报"),
    ("/jobs", "任务"),
    ("/admin", "管理"),
)


_ACCOUNT = "/account"


def frame(request: Request) -> dict[str, Any]:
    """Return what `base.html` reads: `viewer`, `csrf`, `nav`, `notices`, and `account`, where one's password is.

    `marked` tells, when called, the entries of `nav` behind which something is under way.
    """
    found = known(request)
    viewer = found.viewer if found else None
    return {
        "viewer": viewer,
        "csrf": found.csrf if found else "",
        "nav": ways(viewer, request.url.path),
        "marked": lambda: ["/jobs"] if viewer and viewer.edits and jobs.any_open(request.app.state.desk) else [],
        "notices": notices.shown(request),
        "account": _ACCOUNT if f"GET {_ACCOUNT}" in RULES else "",
    }


def ways(viewer: Viewer | None, path: str) -> list[tuple[str, str, bool]]:
    """Return address, label and whether one is there now, of each page that is served and open to who asks.

    :param path: address of the page that is shown; pages below an entry belong to it.
    """
    if viewer is None:
        return []
    served = [(href, label) for href, label in _WAYS if f"GET {href}" in RULES]
    return [
        (href, label, path == href or (href != "/" and path.startswith(f"{href}/")))
        for href, label in served
        if allowed(viewer, RULES[f"GET {href}"], writes=False)
    ]
