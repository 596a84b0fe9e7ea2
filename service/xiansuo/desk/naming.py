"""Give the matters of an archive their names and key phrases."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

from xiansuo.desk.word_use import cut_titles, read, word_use
from xiansuo.records import Document
from xiansuo.text.segment import Segmenter
from xiansuo.topics.clause import Known
from xiansuo.topics.items import Cluster
from xiansuo.topics.name import name_topic
from xiansuo.topics.names import Names
from xiansuo.topics.phrases import key_words, mean_words
from xiansuo.topics.runs import Run, key_phrases, runs
from xiansuo.topics.titles import spoken

_PHRASES = 8
_TITLES = 12
# Texts of a topic in which its phrases are looked for, the most typical.
_TEXTS = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A matter with its name, its key phrases to be read and its key words to be looked for, heaviest first."""

    cluster: Cluster
    name: str
    phrases: tuple[str, ...]
    words: tuple[str, ...] = ()


def name_all(
    segmenter: Segmenter,
    clusters: Sequence[Cluster],
    records: Mapping[str, Document],
    taken: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Named, ...]:
    """Name every matter of an archive, the largest first: no two names are alike.

    :param records: every document of the archive, by id.
    :param taken: names that are given already, by id of their matter: it keeps the name, and no other is alike to it.
    """
    cut = cut_titles(segmenter, records)
    titles = {each.id: [cut[id] for id in each.central[:_TITLES]] for each in clusters}
    asked = {
        id: {word for title in found for clause in title for word in (*clause, *spoken(clause))}
        for id, found in titles.items()
    }
    # What was sent again and again counts once.
    topic_of = {text: each.id for each in clusters for text in each.central}
    texts_with: dict[str, Counter[str]] = {each.id: Counter() for each in clusters}

    def see(id: str, read: Sequence[str]) -> None:
        if id in topic_of:
            texts_with[topic_of[id]].update(asked[topic_of[id]].intersection([*read, *spoken(read)]))

    archive, words = word_use(segmenter, records, cut, itertools.chain(*titles.values()), see)
    texts = {each.id: each.central for each in clusters}
    weights = key_words(words, texts)
    found = {
        id: runs([read(segmenter, records[text]) for text in central[:_TEXTS]], weights[id], archive.stock)
        for id, central in texts.items()
    }
    documents = _documents(words, found)
    mean = mean_words(words, texts)
    given = Names(taken.values())
    named = []
    for each in clusters:
        name = taken.get(each.id)
        if name is None:
            shares = {word: count / len(each.central) for word, count in texts_with[each.id].items()}
            own = Counter(word for id in each.members for word in words[id])
            name = name_topic(titles[each.id], Known(weights[each.id], shares, own), archive, given)
            given.add(name)
        phrases = key_phrases(
            weights[each.id], found[each.id], documents, mean, "\n".join(records[id].title for id in each.central)
        )
        named.append(Named(each, name, tuple(phrases[:_PHRASES]), tuple(weights[each.id])[:_PHRASES]))
    return tuple(named)


def _documents(words: Mapping[str, Set[str]], found: Mapping[str, Sequence[Run]]) -> Counter[tuple[str, ...]]:
    """Count for each phrase the documents that have all of its words."""
    known = frozenset().union(*words.values())
    # A phrase is looked for where its longest word is.
    by_head: dict[str, dict[tuple[str, ...], frozenset[str]]] = defaultdict(dict)
    for runs_here in found.values():
        for run in runs_here:
            parts = known.intersection(run.words)
            by_head[max(parts, key=lambda word: (len(word), word))][run.words] = parts
    counted: Counter[tuple[str, ...]] = Counter()
    for held in words.values():
        for head in held & by_head.keys():
            counted.update(run for run, parts in by_head[head].items() if parts <= held)
    return counted
