"""The numbers by which a pair of texts is judged; each has a meaning that can be told.

Shares and likenesses are in 0..1 unless said otherwise. Likeness in meaning is a cosine seen from what all texts of the
archive have in common, so that official phrases bring no two texts together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.dedup.exchanges import exchanges
from xiansuo.dedup.meaning import meaning
from xiansuo.dedup.overlap import copied, shared_pairs
from xiansuo.dedup.reading import Reading, heaviest, weighted_mean
from xiansuo.dedup.since import LONGEST_GAP, since
from xiansuo.text.numerals import numbers
from xiansuo.text.places import elsewhere, places

NEARLY_SAME = 0.5
"""Share of a sentence's character pairs from which it stands, a little changed, in the other text."""

_KEY_TERMS, _TITLE_TERMS = 8, 2


@dataclass(frozen=True, slots=True)
class Ground:
    """What the archive tells of a pair: idf of words in 0..1, and the mean of its passages (dimension,)."""

    idf: Mapping[str, float]
    centre: NDArray[np.float32]


def features(draft: Reading, earlier: Reading, ground: Ground) -> dict[str, float]:
    """Compare a draft with one earlier text."""
    found = _letters(draft, earlier)
    found |= meaning(draft, earlier, ground.centre)
    found |= _words(draft, earlier, ground.idf)
    found |= _places(draft, earlier)
    found |= since(draft, earlier)
    found["length"] = float(math.log((draft.lengths.sum() + 1) / (earlier.lengths.sum() + 1)))
    found["has_suggestions"] = float(len(draft.suggestions) > 0)
    found["same_unit"] = float(bool(draft.unit) and draft.unit == earlier.unit)
    found["years"] = _years(draft, earlier)
    found |= _together(found)
    return {name: round(value, 5) for name, value in found.items()}


def _letters(draft: Reading, earlier: Reading) -> dict[str, float]:
    """Compare characters: copied runs, sentences that stand nearly so in the other text, what was changed in them."""
    mine, theirs = draft.passages.texts, earlier.passages.texts
    there = copied(mine[1:], theirs[1:])
    back = copied(theirs[1:], mine[1:])
    known = earlier.lengths * draft.known_rarity(draft.cosines(earlier))
    # What stands in many texts of the archive is no sign that one was made from the other.
    telling = draft.lengths * draft.rarity
    held, holds = shared_pairs(draft.pairs, earlier.pairs)
    best, taken = held.max(axis=1), holds.max(axis=0)
    near = (best >= NEARLY_SAME).astype(np.float64)
    body, problem, suggestions = draft.body, draft.problem, draft.suggestions
    return {
        "copied": weighted_mean(there.passages[body - 1], telling[body]),
        "copied_suggestions": weighted_mean(there.passages[suggestions - 1], telling[suggestions]),
        "copied_back": weighted_mean(back.passages[earlier.body - 1], known[earlier.body]),
        "longest_run": math.log1p(there.longest),
        "letters": weighted_mean(best[body], telling[body]),
        "letters_problem": weighted_mean(best[problem], telling[problem]),
        "letters_suggestions": weighted_mean(best[suggestions], telling[suggestions]),
        "taken_problem": weighted_mean(taken[earlier.problem], known[earlier.problem]),
        "taken_suggestions": weighted_mean(taken[earlier.suggestions], known[earlier.suggestions]),
        "nearly_same": weighted_mean(near[body], telling[body]),
        **_swapped(draft, earlier, held),
        **exchanges(draft, earlier, held),
    }


def _swapped(draft: Reading, earlier: Reading, held: NDArray[np.float64]) -> dict[str, float]:
    """Look into the sentences that both hold nearly so: which numbers, places and words were put in."""
    figures = figures_new = names = names_new = words = words_new = 0
    aligned = 0.0
    for row in range(len(held)):
        best = int(held[row].argmax())
        if held[row, best] < NEARLY_SAME or len(draft.pairs[row]) < 4:
            continue
        sentence = draft.passages.texts[row]
        around = "".join(earlier.passages.texts[max(0, best - 1) : best + 2])
        aligned += draft.lengths[row]
        known = set(numbers(around))
        here = numbers(sentence)
        figures += len(here)
        figures_new += sum(value not in known for value in here)
        named = places(sentence)
        names += len(named)
        names_new += round(elsewhere(named, around) * len(named))
        words += len(draft.words[row])
        words_new += sum(word not in around for word in draft.words[row])
    return {
        "aligned": aligned / max(1.0, float(draft.lengths.sum())),
        "new_numbers": figures_new / figures if figures else 0.0,
        "new_places": names_new / names if names else 0.0,
        "new_words": words_new / words if words else 0.0,
        "places_put_in": math.log1p(names_new),
    }


def _words(draft: Reading, earlier: Reading, idf: Mapping[str, float]) -> dict[str, float]:
    everything = draft.terms(range(len(draft.words)), idf), earlier.terms(range(len(earlier.words)), idf)
    problem = draft.terms([0, *draft.problem], idf), earlier.terms([0, *earlier.problem], idf)
    suggestions = draft.terms(draft.suggestions, idf), earlier.terms(earlier.suggestions, idf)
    title = draft.terms([0], idf), earlier.terms([0], idf)
    return {
        "words": _cosine(*everything),
        "words_problem": _cosine(*problem),
        "words_suggestions": _cosine(*suggestions),
        "words_title": _cosine(*title),
        "words_known": _held(*everything),
        "words_kept": _held(everything[1], everything[0]),
        "title_known": _held(title[0], everything[1]),
        "title_kept": _held(title[1], everything[0]),
        "key_known": _held(heaviest(problem[0], _KEY_TERMS), everything[1]),
        "key_kept": _held(heaviest(problem[1], _KEY_TERMS), everything[0]),
        "title_key_swapped": min(
            1 - _held(heaviest(title[0], _TITLE_TERMS), everything[1]),
            1 - _held(heaviest(title[1], _TITLE_TERMS), everything[0]),
        ),
    }


def _places(draft: Reading, earlier: Reading) -> dict[str, float]:
    """Compare places and figures of the whole texts; a swap is a place of each that the other does not name."""
    here, there = elsewhere(draft.places, earlier.text), elsewhere(earlier.places, draft.text)
    title = elsewhere(draft.title_places, earlier.text), elsewhere(earlier.title_places, draft.text)
    common = draft.numbers & earlier.numbers
    return {
        "places_new": here,
        "places_gone": there,
        "places_swapped": min(here, there),
        "title_swapped": min(title),
        "title_moved": max(title),
        "numbers_known": len(common) / len(draft.numbers) if draft.numbers else 0.0,
    }


def _together(found: Mapping[str, float]) -> dict[str, float]:
    """Say what only two numbers together can: a text kept and its subject, place or figures exchanged."""
    kept = found["nearly_same"]
    return {
        "kept_and_key_gone": kept * (1 - found["key_kept"]),
        "kept_and_key_new": kept * (1 - found["key_known"]),
        "kept_and_places_swapped": kept * found["places_swapped"],
        "kept_and_numbers_new": kept * found["new_numbers"],
        "kept_and_exchanged": kept * found["exchanged_often"],
        "suggestions_alone": found["sentences_suggestions"] * (1 - max(0.0, found["meaning_problem"])),
    }


def _years(draft: Reading, earlier: Reading) -> float:
    if draft.date is None or earlier.date is None:
        return 0.0
    return min(LONGEST_GAP, max(0.0, (draft.date - earlier.date).days / 365))


def _cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    norm = math.sqrt(_squares(left) * _squares(right))
    return sum(weight * right.get(word, 0.0) for word, weight in left.items()) / norm if norm else 0.0


def _held(terms: Mapping[str, float], other: Mapping[str, float]) -> float:
    total = _squares(terms)
    return sum(weight**2 for word, weight in terms.items() if word in other) / total if total else 0.0


def _squares(terms: Mapping[str, float]) -> float:
    return sum(weight**2 for weight in terms.values())
