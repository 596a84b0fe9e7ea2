"""Stock words (套话) that say nothing of a matter, from `models/lexicon/stock.txt`."""

from __future__ import annotations

from functools import cache

from xiansuo import artefacts


@cache
def stock_words() -> frozenset[str]:
    """Read the shipped stock words; none where the list is not installed."""
    path = artefacts.models() / "lexicon" / "stock.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.split("#")[0].strip() for line in lines) - {""}
