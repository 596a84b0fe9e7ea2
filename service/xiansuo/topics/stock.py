"""Stock words (套话) that say nothing of a matter, from `models/lexicon/stock.txt`."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from xiansuo import artefacts

# Single characters mean too much: 家长会 is not 家, 长 and 会.
_PIECE = 2


@cache
def stock_words() -> frozenset[str]:
    """Read the shipped stock words; none where the list is not installed."""
    path = artefacts.models() / "lexicon" / "stock.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.split("#")[0].strip() for line in lines) - {""}


def made_of_stock(word: str, stock: Set[str]) -> bool:
    """Tell whether a long word is nothing but stock words in a row, such as 具体情况 or 万分感激."""
    if len(word) < 2 * _PIECE:
        return False
    reached = {0}
    for end in range(_PIECE, len(word) + 1):
        if any(end - start >= _PIECE and word[start:end] in stock for start in reached):
            reached.add(end)
    return len(word) in reached
