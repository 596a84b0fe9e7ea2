"""Every page by its address, filled in with what the served office holds."""

from __future__ import annotations

from urllib.parse import quote

from xiansuo.access.needs import Need
from xiansuo.gate.rules import RULES

from .office import Office

_DOCUMENT = "S2026-048"
# Parts of pages, what charts are drawn from, files, and the way to somebody else's door.
_PARTS = {
    "/admin/audit/soundness",
    "/admin/backup/progress",
    "/admin/backup/{name}",
    "/admin/models/cards/{name}",
    "/archive/import/{number}/progress",
    "/archive/import/{number}/remarks.csv",
    "/clues/{number}/writers",
    "/gaps/map.json",
    "/groups/found",
    "/home/emerging",
    "/jobs/{id}/progress",
    "/oidc",
    "/oidc/back",
    "/openapi.json",
    "/prompts/suggested",
    "/topics/finding",
    "/topics/map.json",
    "/topics/timeline.json",
    "/topics/{id}/months.json",
}


def pages(office: Office, need: Need) -> list[str]:
    """Return the addresses of the pages that need just this; an address that is not known here fails.

    Those that hold somebody's words come with some, so that they are seen full.
    """
    filled = {
        "/archive/import/{number}": f"/archive/import/{office.job}",
        "/archive/{id:path}": f"/archive/{_DOCUMENT}",
        "/archive/{id:path}/correct": f"/archive/{_DOCUMENT}/correct",
        "/checks/{run}": f"/checks/{office.run}",
        "/clues/{number}": f"/clues/{office.prompt}",
        "/compare": f"/compare?a={_DOCUMENT}&b=S2026-034",
        "/first/{secret}": "/first/none",
        "/gaps/{theme}": "/gaps/T09",
        "/jobs/{id}": f"/jobs/{office.job}",
        "/lookup": f"/lookup?q={quote('社区老年食堂亏损')}",
        "/prompts/{number}": f"/prompts/{office.prompt}",
        "/themes/{id}": "/themes/T09",
        "/topics/{id}": f"/topics/{office.topic}",
        "/write": f"/write?prompt={office.prompt}",
        "/admin/users/{id}": "/admin/users/1",
    }
    asked = [rule.removeprefix("GET ") for rule, needed in RULES.items() if rule.startswith("GET /") and needed is need]
    known = [each for each in asked if not each.startswith("/api/") and each not in _PARTS]
    return [filled[each] if "{" in each else filled.get(each, each) for each in known]
