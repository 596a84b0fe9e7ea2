"""What was put in the place of what, in sentences that two texts nearly share.

A text that is used again for another place or subject has its names exchanged, the same ones again and again. Edits
rarely do that: they add, leave out, or mend single characters.
"""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.reading import Reading
from xiansuo.text.shingles import bare

# Shares of character pairs from which two sentences, or two titles, are laid side by side.
_SENTENCES, _TITLES = 0.5, 0.3
_LONGEST = 14
"""Characters of a name at most; longer pieces are sentences written anew."""

_WORD = re.compile("[\u4e00-\u9fff]")


def exchanges(draft: Reading, earlier: Reading, held: NDArray[np.float64]) -> dict[str, float]:
    """Count what was exchanged.

    :param held: share of the pairs of each of the draft's passages that each of the earlier text's holds, (n, m).
    :return: logarithms of how many different exchanges there are and of how often the commonest was made, how often
        one was made again, and the share of the compared characters that was put in.
    """
    mine, theirs = ([bare(text) for text in each.passages.texts] for each in (draft, earlier))
    here, there = "".join(mine), "".join(theirs)
    found: Counter[tuple[str, str]] = Counter()
    put_in = compared = 0
    for row, text in enumerate(mine):
        best = int(held[row].argmax())
        if len(text) < 4 or held[row, best] < (_TITLES if row == best == 0 else _SENTENCES):
            continue
        compared += len(text)
        for old, new in _replaced(theirs[best], text):
            if new not in there and old not in here:
                found[old, new] += 1
                put_in += len(new)
    return {
        "exchanged": math.log1p(len(found)),
        "exchanged_often": math.log1p(max(found.values(), default=0)),
        "exchanged_again": float(sum(times - 1 for times in found.values())),
        "exchanged_share": put_in / max(1, compared),
    }


def _replaced(old: str, new: str) -> list[tuple[str, str]]:
    """List the pieces of one sentence that stand for others in its new version."""
    return [
        (old[low:high], new[start:stop])
        for what, low, high, start, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what == "replace" and _is_name(old[low:high], new[start:stop])
    ]


def _is_name(old: str, new: str) -> bool:
    if not 2 <= max(len(old), len(new)) <= _LONGEST or not (_WORD.search(old) and _WORD.search(new)):
        return False
    # 金帆 for 金范 is a slip of the pen.
    return len(set(old) & set(new)) * 2 < min(len(old), len(new)) or not set(old) & set(new)
