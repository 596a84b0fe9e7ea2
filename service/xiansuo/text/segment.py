"""Words, by jieba's dictionary and model; the only module that speaks jieba.

`rjieba` (jieba in Rust) cuts many times as fast. It differs from jieba in two places, both mended here, so that
the words are jieba's own: a Latin token with `.` or `-` inside stays whole there and is split by jieba, and rare
characters outside jieba's table are single words to jieba.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from xiansuo import artefacts
from xiansuo.errors import FileUnreadable

_LATIN_RUN = re.compile(r"[a-zA-Z0-9+#&._%\-]*[+#&._%\-][a-zA-Z0-9+#&._%\-]*")
# jieba splits what its dictionary does not hold at everything but these.
_LATIN_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_ODD_POINT = re.compile(r"\.(?!\d)|[A-Za-z]\.|\d\.\d+[.A-Za-z]|(?<!\d)\.")
_ODD_PERCENT = re.compile(r"%[A-Za-z0-9+#&._%\-]|(?<![0-9A-Za-z])%")
_RARE = re.compile("([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")


class _Engine(Protocol):
    def cut(self, text: str) -> list[str]: ...
    def has_word(self, word: str) -> bool: ...


class Segmenter:
    """jieba's words with the domain lexicon of `models/lexicon` and an office's own.

    `digest` (12 hex digits) names dictionary and lexicons; results that depend on words carry it.
    """

    def __init__(self, lexicons: Sequence[Path] = ()) -> None:
        entries = [entry for path in lexicons for entry in _entries(path)]
        self.digest = hashlib.sha256(repr(entries).encode()).hexdigest()[:12]
        self._engine = _engine(entries)

    def words(self, text: str) -> list[str]:
        """Cut one text into words; joined together they are the text again."""
        if _RARE.search(text):
            cut: list[str] = []
            for i, piece in enumerate(_RARE.split(text)):
                cut += [piece] if i % 2 else self._cut(piece)
            return cut
        return self._cut(text)

    def _cut(self, text: str) -> list[str]:
        words = self._engine.cut(text)
        if _has_odd_latin(text):
            return self._split_latin(text, words)
        return words

    def _split_latin(self, text: str, words: list[str]) -> list[str]:
        mended: list[str] = []
        start = 0
        for run in _LATIN_RUN.findall(text):
            parts = _latin_parts(run)
            if len(parts) < 2 or self._engine.has_word(run):
                continue
            try:
                here = words.index(run, start)
            except ValueError:  # the run met a dictionary word such as T恤: look at each word
                return [part for word in words for part in self._parts_of(word)]
            mended += words[start:here]
            mended += parts
            start = here + 1
        return mended + words[start:]

    def _parts_of(self, word: str) -> list[str]:
        if len(word) > 1 and _LATIN_RUN.fullmatch(word) and not self._engine.has_word(word):
            return _latin_parts(word)
        return [word]


def _has_odd_latin(text: str) -> bool:
    # `in` scans at memory speed; the patterns run only where they can matter.
    return (
        "-" in text
        or "_" in text
        or "+" in text
        or "#" in text
        or "&" in text
        or ("." in text and _ODD_POINT.search(text) is not None)
        or ("%" in text and _ODD_PERCENT.search(text) is not None)
    )


def _latin_parts(run: str) -> list[str]:
    return [part for part in _LATIN_WORD.split(run) if part]


def _entries(path: Path) -> list[tuple[str, int, str]]:
    """Read a lexicon in jieba's user dictionary format: word, optional frequency, optional tag."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(
            f"词表读不出来：{path}", advice="词表应为 UTF-8 文本，每行一个词，可加词频和词性。"
        ) from error
    found = []
    for line in lines:
        fields = line.split("#")[0].split()
        if fields:
            frequency = next((int(field) for field in fields[1:] if field.isdigit()), 0)
            tag = next((field for field in fields[1:] if not field.isdigit()), "n")
            found.append((fields[0], frequency, tag))
    return found


def _engine(entries: Iterable[tuple[str, int, str]]) -> _Engine:
    import rjieba

    engine = rjieba.Jieba()
    for word, frequency, tag in entries:
        engine.add_word(word, frequency or engine.suggest_freq(word), tag)
    return engine  # type: ignore[no-any-return]


@cache
def segmenter(lexicon: Path | None = None) -> Segmenter:
    """Return the segmenter with the shipped lexicon and, where given, an office's own; made once."""
    shipped = artefacts.models() / "lexicon" / "words.txt"
    return Segmenter([shipped, *([lexicon] if lexicon else [])])
