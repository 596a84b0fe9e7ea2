"""Give themes their names and the words that their topics share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import product

from xiansuo.desk.naming import Named
from xiansuo.desk.word_use import Title, cut_titles, word_use
from xiansuo.records import Document
from xiansuo.text.normalise import normalise
from xiansuo.text.places import places
from xiansuo.text.segment import Segmenter
from xiansuo.topics.clause import Archive, Clause, Known, read_titles
from xiansuo.topics.name import titled_words
from xiansuo.topics.names import Names
from xiansuo.topics.phrases import key_words, opening
from xiansuo.topics.theme_name import Side, name_theme, only_a_place, shared_words
from xiansuo.topics.titles import clauses, spoken

TEXTS = 12
"""Texts of a topic by which its theme is named, the most typical."""

_PHRASES = 8
_TOWNS = ("乡", "镇", "县")
_CODE = re.compile(r"[A-Za-z]*\d+.*|[A-Z]")


@dataclass(frozen=True, slots=True)
class _Text:
    """A document's title in clauses of words, its words in their order, those that tell something, and its places."""

    title: Title
    read: Sequence[str]
    words: Set[str]
    places: Set[str]


def theme_names(
    segmenter: Segmenter,
    themes: Mapping[str, Sequence[Named]],
    records: Mapping[str, Document],
    taken: Iterable[str],
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name themes, in the order given: no two names are alike.

    :param themes: the topics of each, largest first.
    :param records: the first `TEXTS` documents of each topic at least, by id; others show how usual words are.
    :param taken: names of other themes.
    :return: for each theme its name and the words that its topics share, heaviest first; themes whose topics share no
        more than a place are left out, they are none.
    """
    texts = {each.cluster.id: each.cluster.central[:TEXTS] for topics in themes.values() for each in topics}
    asked = frozenset(id for ids in texts.values() for id in ids)
    titles = cut_titles(segmenter, records)
    names = {each.cluster.id: clauses(each.name, segmenter) for topics in themes.values() for each in topics}
    read: dict[str, Sequence[str]] = {}

    def see(id: str, found: Sequence[str]) -> None:
        if id in asked:
            read[id] = found

    named_by = [*(titles[id] for id in sorted(asked)), *names.values()]
    archive, words = word_use(segmenter, records, titles, named_by, see)
    weights = key_words(words, texts)
    told = {id: _Text(titles[id], found, words[id], _places(records[id])) for id, found in read.items()}
    given = Names(taken)
    named = {}
    for theme, topics in themes.items():
        sides = []
        for each in topics:
            topic = each.cluster.id
            sides.append(_side(each, [told[id] for id in texts[topic]], names[topic], weights[topic], archive))
        if only_a_place(sides):
            continue
        name = name_theme(sides, archive, given)
        given.add(name)
        named[theme] = (name, tuple(shared_words(sides))[:_PHRASES])
    return named


def _places(record: Document) -> Set[str]:
    return places(normalise(opening(record.title, record.text)).text)


def _side(
    topic: Named,
    texts: Sequence[_Text],
    name: Title,
    weights: Mapping[str, float],
    archive: Archive,
) -> Side:
    titles = [text.title for text in texts]
    shares = Counter(word for text in texts for word in {*text.read, *spoken(text.read)})
    own = Counter(word for text in texts for word in text.words)
    known = Known(weights, {word: count / len(texts) for word, count in shares.items()}, own)
    *read, told = read_titles([*titles, name], titled_words([*titles, name]), known, archive)
    placed = _placed(read, texts)
    return Side(
        topic.name,
        len(topic.cluster.members),
        titles,
        read,
        [_marked(each, placed) for each in told],
        known,
        placed,
        _named(texts, own),
    )


def _marked(clause: Clause, placed: Set[str]) -> Clause:
    where = [mark or word in placed for word, mark in zip(clause.words, clause.where, strict=True)]
    return replace(clause, where=where)


def _placed(read: Sequence[Sequence[Clause]], texts: Sequence[_Text]) -> frozenset[str]:
    """Find what mostly says where in titles: words, codes, and towns such as 北坪乡, however they are cut."""
    seen: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for title in read:
        for clause in title:
            seen.update(clause.words)
            there.update(word for word, where in zip(clause.words, clause.where, strict=True) if where)
    words = {word for word, count in seen.items() if 2 * there[word] >= count or _CODE.fullmatch(word)}
    towns = {
        name + end
        for text in texts
        for name, end in product(text.places, _TOWNS)
        if any(name + end in "".join(clause) for clause in text.title)
    }
    return frozenset(words | towns)


def _named(texts: Sequence[_Text], own: Mapping[str, int]) -> frozenset[str]:
    """Find the words that are cut out of the names of places in most texts that have them, and codes."""
    cut = Counter(word for text in texts for word in text.words if any(name[:2] in word for name in text.places))
    return frozenset(word for word, count in own.items() if 2 * cut[word] >= count or _CODE.fullmatch(word))
