"""One written form for every text, with the way back to the characters the author typed.

Widths, punctuation, dashes, blanks and traditional characters differ between two copies of one text and carry
no meaning here. Everything that compares works on the normalised text; everything that shows maps back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# NFKC folds widths; these it leaves alone, though people use them for one another.
_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟〝〞「」『』＂", '"'),
        **dict.fromkeys("‘’‚‛＇", "'"),
        # Not the ASCII hyphen: between digits that is read as part of a word by segmenters.
        **dict.fromkeys("-‐‑‒–—―─－﹣−﹘", "–"),
        **dict.fromkeys("·•・‧∙⋅", "·"),
        **dict.fromkeys("【〔［〖", "["),
        **dict.fromkeys("】〕］〗", "]"),
        **dict.fromkeys("〈《", "《"),
        **dict.fromkeys("〉》", "》"),
        "｡": "。",
        "〇": "零",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
    }
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]")
_BLANK = re.compile(r"[^\S\n]|\n\n|\A\n|\n\Z")
_BLANKS = re.compile(r"[^\S\n]*\n\s*|[^\S\n]+")
# A blank matters only between two Latin words.
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text; `starts[i]` is where its character `i` begins in the original.

    `starts` has one entry more than `text`: the end of the original.
    """

    text: str
    starts: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the normalised text to the span of the original that it came from."""
        if end <= start:
            return self.starts[start], self.starts[start]
        return self.starts[start], self._end_of(end - 1)

    def normal(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the original to the smallest span of the normalised text that covers it."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def _end_of(self, i: int) -> int:
        # Several normalised characters can come from one original character (㈠ becomes (一)).
        here = self.starts[i]
        after = i + 1
        while after < len(self.text) and self.starts[after] == here:
            after += 1
        return self.starts[after] if after - i > 1 else max(here + 1, min(self.starts[after], here + 1))


def _fold(char: str) -> str:
    """One character's normal form: empty for invisible ones, several for ligatures and circled numbers."""
    if _INVISIBLE.match(char):
        return ""
    folded = unicodedata.normalize("NFKC", char.translate(_SAME)).translate(_SAME)
    return _INVISIBLE.sub("", folded)


# Where folding changes anything: all but the ideographs and syllables of the basic plane, and the forms of letters,
# numbers and ideographs beyond it.
_FOLDABLE = (
    (0, 0x3400),
    (0xA000, 0xAC00),
    (0xD7A4, 0x10000),
    (0x1D400, 0x1D800),
    (0x1F100, 0x1F300),
    (0x2F800, 0x2FA20),
)


@cache
def _folding() -> tuple[dict[int, str], dict[str, str], re.Pattern[str]]:
    """Tables of the characters that become one other, and of those that become none or several, with a pattern."""
    one: dict[int, str] = {}
    several: dict[str, str] = {}
    for low, high in _FOLDABLE:
        for char in map(chr, range(low, high)):
            folded = _fold(char)
            if folded != char:
                if len(folded) == 1:
                    one[ord(char)] = folded
                else:
                    several[char] = folded
    return one, several, re.compile("[" + "".join(map(re.escape, several)) + "]")


@cache
def _simplifier() -> tuple[dict[int, str], re.Pattern[str]]:
    """Character table from traditional to simplified, and a pattern that finds where it is needed.

    Character by character, so that offsets stay: OpenCC's phrase rules could change a length.
    """
    from opencc import OpenCC

    characters = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simple = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {ord(a): b for a, b in zip(characters, simple, strict=True) if a != b and len(b) == 1}
    # These are ordinary characters of simplified text in some of their senses.
    for char in "乾著瞭於覆藉徵苧鉅甯":
        table.pop(ord(char), None)
    return table, re.compile("[" + "".join(map(chr, sorted(table))) + "]")


def simplify(text: str) -> str:
    """Turn traditional characters into simplified ones, one for one."""
    table, needed = _simplifier()
    return text.translate(table) if needed.search(text) else text


def normalise(text: str) -> Normalised:
    """Normalise a text.

    :param text: any string; lone surrogates and control characters are tolerated.
    :return: the normalised text with its offsets; normalising it again changes nothing.
    """
    one, several, changing = _folding()
    folded = text.translate(one)
    starts: Sequence[int] = range(len(text) + 1)
    if changing.search(folded):
        folded, starts = _unfold(folded, several, changing)
    folded = simplify(folded)
    if _BLANK.search(folded):
        folded, starts = _without_blanks(folded, starts)
    return Normalised(folded, starts)


def _unfold(text: str, several: dict[str, str], changing: re.Pattern[str]) -> tuple[str, list[int]]:
    """Replace the characters that become none or several."""
    pieces: list[str] = []
    starts: list[int] = []
    last = 0
    for found in changing.finditer(text):
        at = found.start()
        into = several[found.group()]
        pieces += (text[last:at], into)
        starts.extend(range(last, at))
        starts.extend([at] * len(into))
        last = at + 1
    pieces.append(text[last:])
    starts.extend(range(last, len(text) + 1))
    return "".join(pieces), starts


def _without_blanks(folded: str, starts: Sequence[int]) -> tuple[str, list[int]]:
    """Drop blanks that carry nothing; keep one line break for a run of them, one space between Latin words."""
    pieces: list[str] = []
    kept: list[int] = []
    last = 0
    for blank in _BLANKS.finditer(folded):
        start, end = blank.span()
        pieces.append(folded[last:start])
        kept.extend(starts[last:start])
        last = end
        if start == 0 or end == len(folded):
            continue
        if "\n" in blank.group():
            pieces.append("\n")
            kept.append(starts[start])
        elif _LATIN.match(folded, start - 1) and _LATIN.match(folded, end):
            pieces.append(" ")
            kept.append(starts[start])
    pieces.append(folded[last:])
    kept.extend(starts[last:])
    return "".join(pieces), kept
