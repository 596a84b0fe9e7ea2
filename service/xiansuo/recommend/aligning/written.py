"""Where the themes' words stand in the archive: what is called missing must be missing everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Of what so few texts hold as written it is worth knowing who else speaks of it.
_RARE = 1


@dataclass(frozen=True, slots=True)
class Written:
    """For each word the ids of the documents that have it in their title, and in title or text.

    `rare` holds of each word that hardly any text has the ids of all that may speak of it, in what guise ever: told
    apart (退役风机 by 风机…退役), or in other words. A word with none there is silent: nothing in the archive speaks of
    it. Width, script, case and blanks never matter. `documents` counts the archive.
    """

    titled: dict[str, frozenset[str]]
    found: dict[str, frozenset[str]]
    rare: dict[str, frozenset[str]]
    documents: int

    def silent(self, words: Iterable[str]) -> list[str]:
        """Keep those of the words that no document speaks of."""
        return [word for word in words if word in self.rare and not self.rare[word]]


def written(
    words: Sequence[str],
    ids: Sequence[str],
    titled: NDArray[np.bool_],
    found: NDArray[np.bool_],
    spoken: NDArray[np.bool_],
) -> Written:
    """Gather what each document says of the words.

    :param titled: bool (len(ids), len(words)): in its title; `found`: as it is written; `spoken`: in any guise.
    """
    shape = (len(ids), len(words))
    having = [_having(words, ids, each.reshape(shape)) for each in (titled, found, spoken)]
    rare = {word: having[2][word] for word in words if len(having[1][word]) <= _RARE}
    return Written(having[0], having[1], rare, len(ids))


def _having(words: Sequence[str], ids: Sequence[str], table: NDArray[np.bool_]) -> dict[str, frozenset[str]]:
    named = np.array(ids, dtype=object)
    by_word = np.ascontiguousarray(table.T)
    return {word: frozenset(named[by_word[row]].tolist()) for row, word in enumerate(words)}
