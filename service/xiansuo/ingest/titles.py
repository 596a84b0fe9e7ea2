"""A title for a text that has none: its first sentence that says something."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 30
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_PAUSE = re.compile(r"[，,、：:\s]")
_GREETING = re.compile(
    r"(?:尊敬|敬爱|亲爱)的[^，,：:]{0,20}[，,：:]*(?:您好|你们好|你好)?[，,：:]*"
    r"|.{0,12}(?:您好|你们好|你好|各位代表|各位委员|各位领导)[，,：: ]*|各位.{0,8}[：:]"
)


def make_title(text: str) -> str:
    """Take the first sentence, greetings skipped, cut at a pause to `LONGEST` characters."""
    for sentence in _sentences(text):
        if len(sentence) <= LONGEST:
            return sentence
        pauses = [pause.start() for pause in _PAUSE.finditer(sentence, 0, LONGEST)]
        if pauses and pauses[-1] >= LONGEST // 3:
            return sentence[: pauses[-1]]
        return sentence[: LONGEST - 1] + "…"
    return " ".join(text.split())[:LONGEST]


def _sentences(text: str) -> Iterator[str]:
    for found in _SENTENCE.finditer(text):
        sentence = " ".join(found[0].split())
        greeting = _GREETING.match(sentence)
        sentence = sentence[greeting.end() :] if greeting else sentence
        sentence = sentence.strip(" ，,、：:")
        if len(re.findall(r"\w", sentence)) >= 4:
            yield sentence
