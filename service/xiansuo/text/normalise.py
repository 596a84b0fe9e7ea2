"""One written form for every text, with the way back to the characters the author typed.

Widths, punctuation, dashes, blanks and traditional characters differ between two copies of one text and carry
no meaning here. Everything that compares works on the normalised text; everything that shows maps back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
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
_BLANKS = re.compile(r"[^\S\n]*\n\s*|[^\S\n]+")
# A blank matters only between two Latin words.
_LATIN = re.compile(r"[A-Za-z0-9]")
_PLAIN = re.compile(r"[\u4e00-\u9fff，。、；：？！（）A-Za-z0-9,.;:?!()%\n]*")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text; `starts[i]` is where its character `i` begins in the original.

    `starts` has one entry more than `text`: the end of the original.
    """

    text: str
    starts: tuple[int, ...] | range

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


@cache
def _fold(char: str) -> str:
    """One character's normal form: empty for invisible ones, several for ligatures and circled numbers."""
    if _INVISIBLE.match(char):
        return ""
    folded = unicodedata.normalize("NFKC", char.translate(_SAME)).translate(_SAME)
    return _INVISIBLE.sub("", folded)


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
    if _PLAIN.fullmatch(text):  # nothing here changes length, the usual case
        folded = "".join(map(_fold, text))
        if len(folded) == len(text) and not folded.startswith("\n") and not folded.endswith("\n"):
            if "\n\n" not in folded:
                return Normalised(simplify(folded), range(len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    for i, char in enumerate(text):
        for piece in _fold(char):
            characters.append(piece)
            starts.append(i)
    folded = simplify("".join(characters))
    return _without_blanks(folded, starts, len(text))


def _without_blanks(folded: str, starts: list[int], end: int) -> Normalised:
    """Drop blanks that carry nothing; keep one line break for a run of them, one space between Latin words."""
    pieces: list[str] = []
    kept: list[int] = []
    last = 0

    def keep(start: int, stop: int) -> None:
        pieces.append(folded[start:stop])
        kept.extend(starts[start:stop])

    for blank in _BLANKS.finditer(folded):
        keep(last, blank.start())
        last = blank.end()
        if blank.start() == 0 or blank.end() == len(folded):
            continue
        before, after = folded[blank.start() - 1], folded[blank.end()]
        if "\n" in blank.group():
            pieces.append("\n")
            kept.append(starts[blank.start()])
        elif _LATIN.match(before) and _LATIN.match(after):
            pieces.append(" ")
            kept.append(starts[blank.start()])
    keep(last, len(folded))
    return Normalised("".join(pieces), (*kept, end))
