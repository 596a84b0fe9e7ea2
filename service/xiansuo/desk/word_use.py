"""How an archive uses its words, as names are made by it: where they hold together, which say where, which tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from xiansuo.records import Document
from xiansuo.text.segment import Segmenter
from xiansuo.topics.clause import Archive
from xiansuo.topics.joints import Joints
from xiansuo.topics.phrases import apart, content_words, opening
from xiansuo.topics.stock import stock_words
from xiansuo.topics.titles import clauses, neighbours
from xiansuo.topics.wheres import Wheres

Title: TypeAlias = Sequence[Sequence[str]]
"""A title in clauses of words."""


def cut_titles(segmenter: Segmenter, records: Mapping[str, Document]) -> dict[str, Title]:
    """Cut the titles of documents, by id."""
    return {id: clauses(record.title, segmenter) for id, record in records.items()}


def read(segmenter: Segmenter, record: Document) -> list[str]:
    """Cut what counts of a document into words, in their order."""
    return apart(segmenter.words(opening(record.title, record.text)))


def word_use(
    segmenter: Segmenter,
    records: Mapping[str, Document],
    titles: Mapping[str, Title],
    asked: Iterable[Title],
    see: Callable[[str, Sequence[str]], None],
) -> tuple[Archive, dict[str, frozenset[str]]]:
    """Read documents once: what is known of all their words, and by id those that tell something.

    :param titles: of these documents, as `cut_titles` cuts them.
    :param asked: the titles that names are made of.
    :param see: is given the id of each document with its words in their order: of many documents they need much room.
    """
    stock = stock_words()
    joints = Joints(pair for title in asked for pair in neighbours(title))
    words: dict[str, frozenset[str]] = {}
    for id, record in records.items():
        found = read(segmenter, record)
        joints.read(found)
        words[id] = frozenset(content_words(list(dict.fromkeys(found)), stock))
        see(id, found)
    usual = Counter(word for held in words.values() for word in held)
    return Archive(joints, Wheres(titles.values(), usual, stock), stock), words
