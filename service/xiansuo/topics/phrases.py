"""The words that tell topics apart: class-based TF-IDF (Grootendorst, 2022), counted by documents.

W(t, c) = share of the topic's documents with t · log(1 + A / f(t)); f(t) is in how many documents
of the archive t occurs, A how many word occurrences a topic has in the mean. Counting documents
keeps one long text from naming its topic, and a word that only few of its texts have is no word
of the topic.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from xiansuo.topics.stock import made_of_stock

_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[A-Za-z][A-Za-z0-9]+|[A-Za-z]\d*[\u3400-\u9fff]+")
_OPENING = 400
# A word of the topic stands in one of so many of its texts, and in two at least.
_ONE_IN = 4
# 3区 and B县 are one place each; what follows is a word of its own: 区丽湖 is 区 and 丽湖.
_CODE = re.compile(r"[A-Za-z0-9]+")
_AFTER_CODE = re.compile(r"[省市区县镇乡村][\u3400-\u9fff]+")


def apart(words: Sequence[str]) -> list[str]:
    """Part what was cut across the end of a numbered place: 3 and 区丽湖 become 3, 区 and 丽湖."""
    parted: list[str] = []
    for word in words:
        # Few words are ascii: this question is much sooner answered than the two that follow.
        if parted and parted[-1].isascii() and _CODE.fullmatch(parted[-1]) and _AFTER_CODE.fullmatch(word):
            parted += [word[0], word[1:]]
        else:
            parted.append(word)
    return parted


def content_words(words: Sequence[str], stock: Set[str]) -> list[str]:
    """Keep the words that can tell something: two characters or more, no number, not stock."""
    return [word for word in words if _WORD.fullmatch(word) and word not in stock and not made_of_stock(word, stock)]


def opening(title: str, body: str) -> str:
    """Return what is counted of a document: its title and how its body begins."""
    return f"{title}\n{body[:_OPENING]}"


def key_words(words: Mapping[str, Set[str]], topics: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Weigh the words of each topic.

    :param words: the distinct content words of every document of the archive, by id.
    :param topics: the different texts of each topic.
    :return: for each topic its words with their weights, heaviest first.
    """
    everywhere = Counter(word for found in words.values() for word in found)
    mean = mean_words(words, topics)
    weighed = {}
    for topic, texts in topics.items():
        here = Counter(word for text in texts for word in words[text])
        most = max(here.values(), default=0)
        least = min(most, max(2 if len(texts) > 2 else 1, -(-len(texts) // _ONE_IN)))
        weights = {
            word: round(count / len(texts) * math.log1p(mean / everywhere[word]), 6)
            for word, count in here.items()
            if count >= least
        }
        weighed[topic] = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))
    return weighed


def mean_words(words: Mapping[str, Set[str]], topics: Mapping[str, Sequence[str]]) -> float:
    """Count the word occurrences that a topic has in the mean."""
    counted = sum(len(words[text]) for texts in topics.values() for text in texts)
    return counted / max(1, len(topics))
