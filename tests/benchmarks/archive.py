"""A large archive made of the demo corpus: halves of its clauses put together anew, as often as one likes.

What texts share to the letter are the openings and closings of the genre, which only a few wordings have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from tests.corpus import rows

_OPENINGS = (
    "近年来，在上级的正确领导下，各项工作稳步推进，群众满意度不断提升，但调研中也发现一些问题。",
    "近期，委员在走访基层、听取群众意见时了解到，有关问题反映较为集中，应予以重视。",
    "随着经济社会快速发展，人民群众对美好生活的需要日益增长，有关工作取得了明显成效，但仍有短板。",
    "据界别群众反映，并经实地调研、座谈了解，目前存在以下情况，需引起有关部门关注。",
)
_TURNS = ("为此，建议：", "对此，提出以下建议：", "针对上述问题，建议：")
_CLOSINGS = (
    "要提高思想认识，加强组织领导，形成部门协同、齐抓共管的工作格局。",
    "要加大宣传力度，营造全社会共同参与的良好氛围，确保各项措施落到实处。",
    "要强化监督检查，定期通报进展情况，建立健全长效机制。",
)
_CLAUSE, _FIGURE = re.compile("[，。；！？：\n]+"), re.compile(r"\d+")
_SEED = 7
_CHANGED, _LOST = 0.03, 0.1


def bodies(count: int, length: int, *, seed: int = _SEED) -> Iterator[str]:
    """Write so many texts of about `length` characters: an opening, sentences, a turn, suggestions, a closing."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        problem = _sentences(random, round(length * 0.45) - 35)
        measures = _sentences(random, round(length * 0.55) - 45)
        yield f"{_one(random, _OPENINGS)}{problem}\n{_one(random, _TURNS)}{measures}{_one(random, _CLOSINGS)}"


def titles(count: int, *, seed: int = _SEED) -> Iterator[str]:
    """Write so many titles, of a clause each."""
    random = np.random.default_rng([seed, 1])
    for _ in range(count):
        yield f"关于{clause(random)}的建议"


def near_copy(text: str, seed: int) -> str:
    """Write a text again: some clauses left out, here and there a character another, opening and closing exchanged."""
    random = np.random.default_rng([seed, 2])
    opening = next(each for each in _OPENINGS if text.startswith(each))
    closing = next(each for each in _CLOSINGS if text.endswith(each))
    pieces = re.split("(?<=[，。；])", text[len(opening) : -len(closing)])
    kept = "".join(piece for piece in pieces if random.random() >= _LOST)
    letters = "".join(_clauses())
    changed = "".join(letters[random.integers(len(letters))] if random.random() < _CHANGED else char for char in kept)
    return f"{_one(random, _OPENINGS)}{changed}{_one(random, _CLOSINGS)}"


@cache
def _clauses() -> tuple[str, ...]:
    found = (clause.strip() for row in rows("documents.jsonl") for clause in _CLAUSE.split(str(row["text"])))
    return tuple(dict.fromkeys(clause for clause in found if 6 <= len(clause) <= 40))


def _sentences(random: np.random.Generator, length: int) -> str:
    written: list[str] = []
    size = 0
    while size < length:
        written.append("，".join(clause(random) for _ in range(int(random.integers(2, 5)))) + "。")
        size += len(written[-1])
    return "".join(written)


def clause(random: np.random.Generator) -> str:
    """Make a clause that begins as one of the demo corpus and ends as another, with other figures."""
    head, tail = _one(random, _clauses()), _one(random, _clauses())
    made = head[: -(-len(head) // 2)] + tail[len(tail) // 2 :]
    return _FIGURE.sub(lambda found: str(random.integers(2, 10 ** min(4, len(found.group())) + 2)), made)


def _one(random: np.random.Generator, items: Sequence[str]) -> str:
    return items[int(random.integers(len(items)))]
