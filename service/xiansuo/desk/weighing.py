"""Gather what may answer a question and weigh each text against it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.desk import Desk
from xiansuo.desk.reading import content_words_in, rarity_of_words
from xiansuo.index.snapshot import Indexes
from xiansuo.index.terms import hashed
from xiansuo.lookup.evidence import Candidate, Meanings, Question, sentence_to_show, weigh
from xiansuo.lookup.usual import SAMPLE, Usual, measure
from xiansuo.records import Document, Filter
from xiansuo.store import documents, vectors
from xiansuo.store.database import Connection
from xiansuo.text.normalise import normalise

_BY_WORDS = 60
_BY_MEANING = 80
# Passages looked at around the question; a text on the matter has several near it.
_PASSAGES = 400


@dataclass(frozen=True, slots=True)
class Found:
    """Texts that may answer, in order of their numbers, and their evidence, (n, len(EVIDENCE)).

    `searched` counts the documents that were looked into, `letters` the question's characters.
    """

    records: list[Document]
    values: NDArray[np.float64]
    searched: int
    letters: int
    question: Question
    candidates: list[Candidate]
    spans: list[NDArray[np.int32]]
    usual: Usual

    def to_show(self, place: int) -> tuple[int, int]:
        """Return where in a text the sentence stands that fits best."""
        passage = sentence_to_show(self.question, self.candidates[place], self.usual)
        start, end, _ = self.spans[place][passage].tolist()
        return start, end


def found_for(desk: Desk, asked: str, *, filters: Filter | None = None) -> Found:
    """Find the texts that share a question's words or meaning, and weigh them.

    :param asked: the question, normalised, not empty.
    """
    letters = sum(char.isalnum() for char in asked)
    with desk.reading() as (connection, indexes):
        matrix = desk.encoder.encode([asked])
        allowed = documents.matching(connection, filters) if filters else None
        searched = len(indexes.words) if allowed is None else len(allowed)
        near = indexes.vectors.search(matrix, _PASSAGES, model=desk.encoder.id, allowed=allowed)
        # Passages come best first: of each document the first one counts.
        meant = [number for number in dict.fromkeys(near.numbers[0].tolist()) if number >= 0][:_BY_MEANING]
        numbers = set(meant)
        # Once with whole words, once with the words inside long ones: 外卖骑手 must also find 骑手.
        for cut in (desk.words.words(asked), desk.words.search_words(asked)):
            numbers |= {number for number, _ in indexes.words.relevance(hashed(cut), _BY_WORDS, allowed=allowed)}
        stored = sorted(documents.read(connection, numbers), key=lambda each: each.number)
        read = {
            item.number: item for item in vectors.read(connection, desk.encoder.id, desk.encoder.dimension, numbers)
        }
        usual = desk.kept("usual", indexes, lambda: _usual(desk, connection, indexes))
        meanings = desk.kept("meanings", indexes, lambda: Meanings(desk.encoder.encode))
        words = content_words_in(desk, asked)
        rare = rarity_of_words(indexes, words)
        question = Question(asked, matrix[0], words, np.array([rare[word] for word in words]))
        candidates = [_candidate(desk, each, read[each.number]) for each in stored]
        values = weigh(question, candidates, usual, meanings)
    records = [each.document for each in stored]
    spans = [read[each.number].spans for each in stored]
    return Found(records, values, searched, letters, question, candidates, spans, usual)


def _candidate(desk: Desk, stored: documents.Stored, read: vectors.StoredVectors) -> Candidate:
    record = stored.document
    title = normalise(record.title).text

    def words_in(passage: int) -> list[str]:
        # Few of a text's passages are ever looked into.
        start, end, _ = read.spans[passage].tolist()
        text = normalise(record.text[start:end]).text if passage else title.replace("\n", " ")
        return content_words_in(desk, text)

    return Candidate(title, normalise(record.text).text, read.matrix, words_in)


def _usual(desk: Desk, connection: Connection, indexes: Indexes) -> Usual:
    # Numbers are checksums of ids: the lowest ones are a sample that depends on nothing else.
    numbers = sorted(documents.matching(connection, Filter()))[:SAMPLE]
    stored = sorted(documents.read(connection, numbers), key=lambda each: each.number)
    read = {item.number: item for item in vectors.read(connection, desk.encoder.id, desk.encoder.dimension, numbers)}
    return measure(
        [normalise(f"{each.document.title}\n{each.document.text}").text for each in stored],
        [read[each.number].matrix for each in stored],
        indexes.vectors.centre(),
    )
