"""The words that tell topics apart: class-based TF-IDF (Grootendorst, 2022), counted by documents.

W(t, c) = share of the topic's documents with t · log(1 + A / f(t)); f(t) is in how many documents
of the archive t occurs, A how many word occurrences a topic has in the mean. Counting documents
keeps one long text from naming its topic, and a word that only one of several texts has is no word
of the topic.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[A-Za-z][A-Za-z0-9]+|[A-Za-z]\d*[\u3400-\u9fff]+")
_OPENING = 400


def content_words(words: Sequence[str], stock: Set[str]) -> list[str]:
    """Keep the words that can tell something: two characters or more, no number, not stock."""
    return [word for word in words if _WORD.fullmatch(word) and word not in stock]


def opening(title: str, body: str) -> str:
    """Return what is counted of a document: its title and how its body begins."""
    return f"{title}\n{body[:_OPENING]}"


def key_words(words: Mapping[str, Set[str]], topics: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Weigh the words of each topic.

    :param words: the distinct content words of every document of the archive, by id.
    :param topics: the members of each topic.
    :return: for each topic its words with their weights, heaviest first.
    """
    everywhere = Counter(word for found in words.values() for word in found)
    counted = sum(len(words[member]) for members in topics.values() for member in members)
    mean = counted / max(1, len(topics))
    weighed = {}
    for topic, members in topics.items():
        here = Counter(word for member in members for word in words[member])
        least = 2 if len(members) > 2 and max(here.values(), default=0) > 1 else 1
        weights = {
            word: round(count / len(members) * math.log1p(mean / everywhere[word]), 6)
            for word, count in here.items()
            if count >= least
        }
        weighed[topic] = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))
    return weighed
