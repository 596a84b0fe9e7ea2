"""What is wrong in a matter, in a sentence of its own texts: what a card of a topic lets one begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiansuo.recommend.cards.headlines import share
from xiansuo.recommend.cards.matters import Ground
from xiansuo.recommend.cards.problems import trouble
from xiansuo.recommend.cards.quotes import Quote, Role, quote, whole_sentences
from xiansuo.recommend.cards.short_names import problem_clause
from xiansuo.recommend.texts import ReadText, distinct, seen_from
from xiansuo.records import Kind, Part
from xiansuo.text.passages import part_code

_READ = 4
# As near to the matter as this, and a sentence is on it rather than on something that one of the texts says besides.
_NEAR = 0.35
_MEANING = 2.0
_LONG = 22
# What says why, or what should not be, and what every text complains of.
_NO_CONCERN = re.compile("^(?:究其|主要体现|这主要)|不应|不宜|尚需|还需|仍需")
_GOOD = re.compile(
    "没有了|不[堵停]了|下降明显|明显(?:下降|减少|好转|缓解|改善)|好转|减少[一二三四五六七八九]成|缩短|累计清偿"
)
_EXCUSE = re.compile("宣传|重视|认识|意识|知晓")


@dataclass(frozen=True, slots=True)
class Concern:
    """A sentence that tells what is wrong, and the few words of it that say what."""

    quote: Quote
    words: str


def concern_of(name: str, texts: Sequence[ReadText], vector: NDArray[np.float32], ground: Ground) -> Concern | None:
    """Choose from a matter's typical texts the sentence that tells its trouble best; None where none does in few words.

    :param name: the matter's; words that share it are taken rather than others.
    :param vector: the matter as seen from the archive's mean, float32 (d,), length 1.
    """
    found = []
    for text in distinct([each for each in texts if each.record.kind is not Kind.REFERENCE])[:_READ]:
        body = text.record.text
        seen: NDArray[np.float64] | None = None
        for sentence in whole_sentences(text):
            if sentence.part == part_code(Part.SUGGESTIONS):
                continue
            said = body[sentence.start : sentence.end]
            weight = trouble(said, sentence)
            words = problem_clause(said) if weight > 0 and not (_NO_CONCERN.search(said) or _GOOD.search(said)) else ""
            if not words or len(words) > _LONG or _EXCUSE.search(words):
                continue
            if seen is None:
                seen = seen_from(ground.centre, text.matrix).astype(np.float64) @ vector.astype(np.float64)
            near = round(float(seen[list(sentence.passages)].mean()), 4)
            if near >= _NEAR:
                fit = weight + _MEANING * near + share(name, words)
                found.append((-round(fit, 4), text.record.id, sentence.start, text, sentence, words))
    if not found:
        return None
    *_, text, sentence, words = min(found, key=lambda each: each[:3])
    return Concern(quote(Role.PROBLEM, text, sentence), words)
