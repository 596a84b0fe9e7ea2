"""Words, by jieba's dictionary and model; the only module that speaks jieba.

`rjieba` (jieba in Rust) cuts many times as fast. It differs from jieba in three places, all mended here, so that
the words are jieba's own: a Latin token with `.`, `-` or `_` inside stays whole there and is split by jieba; rare
characters outside jieba's table are single words to jieba; and where a character stands three times running, two
cuts are equally likely and the last bit decides, so those few clauses are given to jieba itself.
"""

from __future__ import annotations

import hashlib
import logging
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from string import ascii_letters, digits
from typing import Any, Protocol

from xiansuo import artefacts
from xiansuo.errors import FileUnreadable

# What rjieba may keep whole, and where jieba splits it: at every joint but one decimal point.
_JOINED = re.compile(r"[a-zA-Z0-9]++(?:[.\-_][a-zA-Z0-9]++)++%?")
_JOINT = re.compile(r"[.\-_](?<=[a-zA-Z0-9].)(?:(?<!\.)[a-zA-Z0-9]|\d*[a-zA-Z]|\d+\.[a-zA-Z0-9])", re.ASCII)
_LATIN = frozenset(ascii_letters + digits + ".-_")
_LATIN_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")
# As jieba reads its dictionaries: a word may hold blanks, and 0 means that it is never one.
_ENTRY = re.compile(r"(.+?)(?: ([0-9]+))?(?: ([a-z]+))?")
# The class stands behind because a search that begins with any character is the faster one.
_TRIPLED = re.compile(r"(.)\1\1(?<=[\u4e00-\u9fd5])")
_CLAUSE = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]*([\u4e00-\u9fd5])\2\2[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]*)")
_RARE = re.compile("([\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")


class _Engine(Protocol):
    def cut(self, text: str) -> list[str]: ...
    def has_word(self, word: str) -> bool: ...


class Segmenter:
    """jieba's words with the domain lexicon of `models/lexicon` and an office's own.

    `digest` (12 hex digits) names the engine's version and the lexicons; results that depend on words carry it.
    """

    def __init__(self, lexicons: Sequence[Path] = ()) -> None:
        self._entries = [entry for path in lexicons for entry in _read_entries(path)]
        named = repr((version("jieba"), version("rjieba"), self._entries))
        self.digest = hashlib.sha256(named.encode()).hexdigest()[:12]
        self._engine = _engine(self._entries)
        self._parts: dict[str, tuple[str, ...]] = {}

    def words(self, text: str) -> list[str]:
        """Cut one text into words; joined together they are the text again."""
        try:
            # It holds no rare character, and encoding is twice as fast as looking for one.
            code = text.encode("gb2312")
        except UnicodeEncodeError:
            if _RARE.search(text):
                return self._apart(_RARE.split(text), lambda piece: [piece])
            tripled = True
        else:
            # Shifted by a character and compared with itself, three equal ones leave four zero bytes.
            number = int.from_bytes(code, "little")
            tripled = b"\0\0\0\0" in (number ^ number >> 16).to_bytes(len(code), "little")
        if tripled and _TRIPLED.search(text):
            # split() also returns the inner group, the repeated character, as every third piece
            pieces = [piece for i, piece in enumerate(_CLAUSE.split(text)) if i % 3 != 2]
            return self._apart(pieces, self._reference.lcut)
        return self._cut(text)

    def search_words(self, text: str) -> list[str]:
        """Cut for searching, as jieba's `cut_for_search`: before a long word the words of two and three inside it.

        Who asks for 骑手 then finds 外卖骑手, and the other way round.
        """
        return [part for word in self.words(text) for part in self._with_parts(word)]

    def _with_parts(self, word: str) -> tuple[str, ...]:
        found = self._parts.get(word)
        if found is None:
            sizes = [size for size in (2, 3) if len(word) > size]
            grams = [word[i : i + size] for size in sizes for i in range(len(word) - size + 1)]
            found = self._parts[word] = (*filter(self._engine.has_word, grams), word)
        return found

    def _apart(self, pieces: list[str], odd: Callable[[str], list[str]]) -> list[str]:
        cut = [odd(piece) if i % 2 else self.words(piece) for i, piece in enumerate(pieces) if piece]
        return [word for words in cut for word in words]

    def _cut(self, text: str) -> list[str]:
        words = self._engine.cut(text)
        if ("-" in text or "." in text or "_" in text) and (joints := _joints(text)):
            return self._split_latin(text, words, joints)
        return words

    @cached_property
    def _reference(self) -> Any:
        """Jieba itself, loaded only when such a clause turns up."""
        import jieba

        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        with tempfile.TemporaryDirectory() as folder:
            # By default its cache lies where every user of the machine can write.
            tokenizer.tmp_dir = folder
            tokenizer.initialize()
        for word, frequency, tag in self._entries:
            tokenizer.add_word(word, frequency, tag)
        return tokenizer

    def _split_latin(self, text: str, words: list[str], joints: list[int]) -> list[str]:
        mended: list[str] = []
        start = 0
        for run in _runs(text, joints):
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
        if len(word) > 2 and _JOINED.fullmatch(word) and not self._engine.has_word(word):
            return _latin_parts(word)
        return [word]


def _joints(text: str) -> list[int]:
    """Find where jieba splits a Latin token: `find` scans at memory speed, the pattern looks only where it stops."""
    found = []
    for mark in ".-_":
        place = text.find(mark)
        while place >= 0:
            if _JOINT.match(text, place):
                found.append(place)
            place = text.find(mark, place + 1)
    return sorted(found)


def _runs(text: str, joints: list[int]) -> Iterator[str]:
    """Return the Latin tokens around these places, in the order of the text."""
    end = 0
    for place in joints:
        if place < end:
            continue
        start = place
        while start and text[start - 1] in _LATIN:
            start -= 1
        end = place
        while end < len(text) and text[end] in _LATIN:
            end += 1
        yield from _JOINED.findall(text[start : end + 1])


def _latin_parts(run: str) -> list[str]:
    return [part for part in _LATIN_WORD.split(run) if part]


def _read_entries(path: Path) -> list[tuple[str, int | None, str]]:
    """Read a lexicon in jieba's user dictionary format: word, optional frequency, optional tag."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(
            f"词表读不出来：{path}", advice="词表应为 UTF-8 文本，每行一个词，可加词频和词性。"
        ) from error
    found = []
    for line in lines:
        entry = _ENTRY.fullmatch(line.strip())
        if entry:
            word, frequency, tag = entry.groups()
            found.append((word, None if frequency is None else int(frequency), tag or "n"))
    return found


def _engine(entries: Iterable[tuple[str, int | None, str]]) -> _Engine:
    import rjieba

    engine: Any = rjieba.Jieba()
    for word, frequency, tag in entries:
        engine.add_word(word, engine.suggest_freq(word) if frequency is None else frequency, tag)
    return engine  # type: ignore[no-any-return]


@cache
def segmenter(lexicon: Path | None = None) -> Segmenter:
    """Return the segmenter with the shipped lexicon and, where given, an office's own; made once."""
    shipped = artefacts.models() / "lexicon" / "words.txt"
    return Segmenter([shipped, *([lexicon] if lexicon else [])])
