"""Cells of tables that people open in Excel."""

from __future__ import annotations

_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def harmless(text: str) -> str:
    """Return a text for a cell that no program takes for a formula: what would be run as one gets a quote in front.

    Programs skip blanks before a formula, and some take the full-width signs for the plain ones.
    """
    return f"'{text}" if text.lstrip(" \u3000\u00a0\ufeff").startswith(_STARTS) else text
