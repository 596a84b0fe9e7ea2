"""Where a page leads to, for templates: an address only where it is served and open to who asks, else nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from jinja2 import pass_context

from xiansuo.access.needs import allowed
from xiansuo.gate.rules import RULES


@pass_context
def document_address(context: Mapping[str, Any], id: str) -> str:
    """Return the address of a document's page."""
    return _open(context, id, "/archive/{id}", "/archive/{id:path}")


@pass_context
def check_address(context: Mapping[str, Any], run: str) -> str:
    """Return the address of a kept check's report."""
    return _open(context, run, "/checks/{run}")


def serves(method_and_path: str) -> bool:
    """Tell whether this service has such an address at all, as `GET /archive`."""
    return method_and_path in RULES


def _open(context: Mapping[str, Any], value: str, *paths: str) -> str:
    path = next((each for each in paths if f"GET {each}" in RULES), None)
    if path is None or not allowed(context.get("viewer"), RULES[f"GET {path}"], writes=False):
        return ""
    start, _, _ = path.partition("{")
    return start + quote(value, safe="")
