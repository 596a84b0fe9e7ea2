"""Give the matters of an archive their names and key words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from xiansuo.records import Document
from xiansuo.text.segment import Segmenter
from xiansuo.topics.cluster import Cluster, Clustering
from xiansuo.topics.joints import Joints
from xiansuo.topics.name import Known, name_topic
from xiansuo.topics.phrases import apart, content_words, key_words, opening
from xiansuo.topics.stock import stock_words
from xiansuo.topics.titles import clauses, neighbours, spoken

_PHRASES = 8
_TITLES = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A matter with its name and key words, heaviest first."""

    cluster: Cluster
    name: str
    phrases: tuple[str, ...]


def name_all(segmenter: Segmenter, clustering: Clustering, records: Mapping[str, Document]) -> tuple[Named, ...]:
    """Name every matter of an archive, the largest first: no two names are alike.

    :param records: every document of the archive, by id.
    """
    stock = stock_words()
    titles = {
        each.id: [clauses(records[id].title, segmenter) for id in each.central[:_TITLES]]
        for each in clustering.clusters
    }
    joints = Joints(pair for found in titles.values() for title in found for pair in neighbours(title))
    asked = {
        id: {word for title in found for clause in title for word in spoken(clause)} for id, found in titles.items()
    }
    # What was sent again and again counts once.
    topic_of = {text: each.id for each in clustering.clusters for text in each.central}
    texts_with: dict[str, Counter[str]] = {each.id: Counter() for each in clustering.clusters}
    words = {}
    for id, record in records.items():
        read = apart(segmenter.words(opening(record.title, record.text)))
        joints.read(read)
        words[id] = frozenset(content_words(read, stock))
        if id in topic_of:
            texts_with[topic_of[id]].update(asked[topic_of[id]].intersection(spoken(read)))
    weights = key_words(words, {each.id: each.central for each in clustering.clusters})
    taken: set[str] = set()
    named = []
    for each in clustering.clusters:
        shares = {word: count / len(each.central) for word, count in texts_with[each.id].items()}
        name = name_topic(titles[each.id], Known(weights[each.id], shares), joints, taken, stock)
        taken.add(name)
        named.append(Named(each, name, tuple(list(weights[each.id])[:_PHRASES])))
    return tuple(named)
