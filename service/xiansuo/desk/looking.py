"""Look a matter up before writing (查一查): what was already reported about it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xiansuo.desk.desk import Desk
from xiansuo.desk.facts import Facts, facts
from xiansuo.errors import TextUnusable
from xiansuo.index.terms import hashed
from xiansuo.ingest.characters import clean
from xiansuo.records import Filter
from xiansuo.store import documents, vectors
from xiansuo.text.normalise import normalise

_CANDIDATES = 40
_LONGEST = 500

# A hit must reach this mean of word and meaning evidence; chosen on queries without an answer.
_FITS = 0.43


@dataclass(frozen=True, slots=True)
class Hit:
    """An earlier text that fits the question; `passage` is the sentence that fits best, as the author wrote it."""

    facts: Facts
    score: float
    words: float
    meaning: float
    passage: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """What was found, best first; `answered` is false when none of the `searched` documents fits."""

    query: str
    answered: bool
    searched: int
    hits: tuple[Hit, ...]


def lookup(desk: Desk, query: str, *, limit: int = 10, filters: Filter | None = None) -> Lookup:
    """Find what the archive holds on a question of a few words or lines.

    :raises TextUnusable: the query has no words or is a whole text.
    """
    query = clean(query)[0].strip()
    asked = normalise(query).text.replace("\n", " ")
    if not any(char.isalnum() for char in asked):
        raise TextUnusable("请输入要查的事情，例如：老旧小区加装电梯。")
    if len(asked) > _LONGEST:
        raise TextUnusable(f"查一查只收 {_LONGEST} 字以内的问题。", advice="整篇稿件请用查重。")
    with desk.reading() as (connection, indexes):
        matrix = desk.encoder.encode([asked])
        allowed = documents.matching(connection, filters) if filters else None
        searched = len(indexes.words) if allowed is None else len(allowed)
        near = indexes.vectors.search(matrix, _CANDIDATES * 4, model=desk.encoder.id, allowed=allowed)
        words: dict[int, float] = {}
        # Once with whole words, once with the words inside long ones: 外卖骑手 must also find 骑手.
        for cut in (desk.words.words(asked), desk.words.search_words(asked)):
            for number, score in indexes.words.relevance(hashed(cut), _CANDIDATES, allowed=allowed):
                words[number] = max(score, words.get(number, 0.0))
        meaning: dict[int, tuple[float, int]] = {}
        for number, ordinal, score in zip(
            near.numbers[0].tolist(), near.ordinals[0].tolist(), near.scores[0].tolist(), strict=True
        ):
            if number >= 0 and number not in meaning:
                meaning[number] = (score, ordinal)
        numbers = set(list(meaning)[:_CANDIDATES]) | set(words)
        stored = {each.number: each.document for each in documents.read(connection, numbers)}
        read = {
            item.number: item for item in vectors.read(connection, desk.encoder.id, desk.encoder.dimension, numbers)
        }
    hits = []
    for number, record in stored.items():
        cosines = read[number].matrix.astype(np.float32) @ matrix[0]
        # The title is shown anyway: beside it stands the sentence of the body that fits best.
        best = 1 + int(cosines[1:].argmax()) if len(cosines) > 1 else 0
        start, end, _ = (int(value) for value in read[number].spans[best])
        passage = " ".join(record.text[start:end].split())
        in_words = words.get(number, 0.0)
        in_meaning = max(0.0, round(float(cosines.max()), 4))
        score = round((min(1.0, in_words * 1.6) + in_meaning) / 2, 4)
        hits.append(Hit(facts(record), score, in_words, in_meaning, passage))
    hits.sort(key=lambda hit: (-hit.score, hit.facts.id))
    fitting = tuple(hit for hit in hits if hit.score >= _FITS)[:limit]
    return Lookup(query, bool(fitting), searched, fitting or tuple(hits[:3]))
