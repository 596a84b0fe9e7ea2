"""Give themes their names and the words that their topics share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from xiansuo.desk.naming import Named
from xiansuo.records import Document
from xiansuo.text.normalise import normalise
from xiansuo.text.segment import Segmenter
from xiansuo.topics.clause import Archive, Known
from xiansuo.topics.joints import Joints
from xiansuo.topics.name import name_topic
from xiansuo.topics.names import Names
from xiansuo.topics.phrases import apart, content_words, key_words, opening
from xiansuo.topics.sites import site_of
from xiansuo.topics.stock import stock_words
from xiansuo.topics.theme_name import shared, without_places
from xiansuo.topics.titles import clauses, neighbours, spoken
from xiansuo.topics.wheres import Wheres

TEXTS = 12
"""Texts of a topic that are read, the most typical."""

_PHRASES = 8
_TITLES = 12
_CODE = re.compile(r"[A-Za-z]*\d+.*|[A-Z]")


def theme_names(
    segmenter: Segmenter,
    themes: Mapping[str, Sequence[Named]],
    records: Mapping[str, Document],
    given: Iterable[str],
    topic_names
) -> dict[str, tuple[str, tuple[str, ...]]]:
    stock = stock_words()
    texts = {each.cluster.id: each.cluster.central[:TEXTS] for topics in themes.values() for each in topics}
    cut = {id: clauses(record.title, segmenter) for id, record in records.items()}
    read = {id: apart(segmenter.words(opening(record.title, record.text))) for id, record in records.items()}
    words = {id: frozenset(content_words(found, stock)) for id, found in read.items()}
    joints = Joints(pair for ids in texts.values() for id in ids for pair in neighbours(cut[id]))
    for found in read.values():
        joints.read(found)
    wheres = Wheres(cut.values(), Counter(word for held in words.values() for word in held), stock)
    archive = Archive(joints, wheres, stock)
    weights = key_words(words, texts)
    taken = Names(given)
    named = {}
    for theme, topics in themes.items():
        ids = [each.cluster.id for each in topics]
        pieces, places, seen = {}, Counter(), Counter()
        names=set()
        for topic in ids:
            own = Counter(word for id in texts[topic] for word in words[id])
            for id in texts[topic]:
                record = records[id]
                names |= site_of(normalise(record.title).text, normalise(record.text).text).places
                marks = [wheres.marks(clause, joints, own) for clause in cut[id]]
                pieces[id] = without_places(cut[id], marks)
                for clause, where in zip(cut[id], marks, strict=True):
                    seen.update(clause)
                    places.update(word for word, mark in zip(clause, where, strict=True) if mark)
        everyword=set().union(*(weights[t] for t in ids))
        local = {w for w in everyword|set(seen) if 2*places[w] >= seen[w] > 0 or _CODE.fullmatch(w) or any(w in p or p[:2] in w for p in names)}
        pieces = {id: without_places(title, [[w in local for w in c] for c in title]) for id, title in pieces.items()}
        mean = shared([weights[t] for t in ids], local)
        score = {id: round(sum(mean.get(w, 0) for w in words[id]) / (1 + len(words[id])) ** .5, 6) for t in ids for id in texts[t]}
        each = max(2, _TITLES // len(ids))
        best = [id for t in ids for id in sorted(texts[t], key=lambda id: (-score[id], id))[:each]]
        best = sorted(best, key=lambda id: (-score[id], id))[:_TITLES]
        shares = Counter()
        for t in ids:
            for id in texts[t]:
                for w in {*read[id], *spoken(read[id])}:
                    shares[w] += 1 / len(texts[t]) / len(ids)
        known = Known(mean, shares, {})
        name = name_topic([pieces[id] for id in best], known, archive, taken)
        taken.add(name)
        named[theme] = (name, tuple(list(mean)[:_PHRASES]))
    return named
