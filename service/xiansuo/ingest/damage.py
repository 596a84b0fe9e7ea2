"""Reading on past damaged bytes, so that one of them costs one place and not a paragraph.

UTF-8 finds its way again at the next character. GB18030 does not: behind a byte that was lost or slipped in, every
pair is cut at the wrong joint up to the next blank, comma or line end in ASCII, and comes out as other characters
without any error. In UTF-16 it goes on to the end of the file. So where a stretch cannot be decoded, the cut is
chosen that reads most like written Chinese.
"""

from __future__ import annotations

import re
from itertools import accumulate
from struct import iter_unpack

from xiansuo.ingest.written import LOST, evidence, rarity

LONGEST_MENDED = 1 << 20
"""Bytes in damaged stretches of a file that are cut anew; what lies behind is only decoded."""
_END = 500
_MOST_LOST = 0.01
_FORGIVEN = 3
"""So many places may be lost in a text however short it is."""

_PLACE = re.compile(f"{LOST}+")
# A control character beside it is the byte that did the damage.
_WITH_CONTROLS = re.compile(f"[\0-\x08\x0e-\x1f]*{LOST}[\0-\x08\x0e-\x1f{LOST}]*")
# Bytes below 0x30 are never part of a longer character: no damage reaches past them.
_STRETCH = re.compile(rb"[^\x00-\x2f]+")


def places_lost(text: str) -> int:
    """Count the places of a text that could not be read."""
    return len(_PLACE.findall(text)) if LOST in text else 0


def decode_damaged(data: bytes, encoding: str) -> str | None:
    """Decode bytes of which some are damaged; each damaged place becomes one `LOST`.

    :return: the text; None if more is lost than an accident explains, so that it is not in this encoding.
    """
    if encoding.startswith("utf-16") and len(data) % 2:
        if len(data) > LONGEST_MENDED or not _has_whole_end(data, encoding):
            return None
        text = _shifted(data, encoding)
    else:
        text = data.decode(encoding, "replace")
        if encoding == "gb18030" and _bearable(text):
            text = _double_bytes(data)
    return _WITH_CONTROLS.sub(LOST, text) if _bearable(text) else None


def _bearable(text: str) -> bool:
    # Garbage shows at once; of a large file not every place need be counted for that.
    parts = (text[:LONGEST_MENDED], text)
    return all(places_lost(part) <= max(_FORGIVEN, len(part) * _MOST_LOST) for part in parts)


def _has_whole_end(data: bytes, encoding: str) -> bool:
    """Tell whether it is worth looking for the one damage: before it or behind it, a long text is whole."""
    ends = (data[:_END], data[-_END:])
    return len(data) < 4 * _END or any(evidence(end.decode(encoding, "replace"), encoding)[0] > 0 for end in ends)


def _double_bytes(data: bytes) -> str:
    left = LONGEST_MENDED

    def mended(stretch: re.Match[bytes]) -> bytes:
        nonlocal left
        try:
            text = stretch[0].decode("gb18030")
        except UnicodeDecodeError:
            left -= len(stretch[0])
            text = _cut_anew(stretch[0]) if left >= 0 else stretch[0].decode("gb18030", "replace")
        return text.encode("utf-8")

    read = []
    for line in data.split(b"\n"):
        try:
            read.append(line.decode("gb18030"))
        except UnicodeDecodeError:
            read.append(_STRETCH.sub(mended, line).decode("utf-8"))
    return "\n".join(read)


def _cut_anew(data: bytes) -> str:
    """Cut a stretch into characters and damaged bytes by the most likely way (Viterbi)."""
    size = len(data)
    least = [0.0] + [float("inf")] * size
    steps = [(0, "")] * (size + 1)
    for i in range(size):
        for char, length in _ways(data, i):
            end = i + length
            cost = least[i] + rarity(char)
            if cost < least[end]:
                least[end], steps[end] = cost, (i, char)
    chars = []
    end = size
    while end:
        end, char = steps[end]
        chars.append(char)
    return "".join(reversed(chars))


def _ways(data: bytes, i: int) -> list[tuple[str, int]]:
    """Return what may begin at a byte, each with its length: a character, or damage."""
    if data[i] < 0x80:
        return [(chr(data[i]), 1)]
    length = 4 if data[i + 1 : i + 2].isdigit() else 2
    try:
        return [(LOST, 1), (data[i : i + length].decode("gb18030"), length)]
    except UnicodeDecodeError:
        return [(LOST, 1)]


def _shifted(data: bytes, encoding: str) -> str:
    """Read UTF-16 of an odd number of bytes: one is damaged, behind it the pairs begin a byte later."""
    unit = ">H" if encoding.endswith("be") else "<H"
    before, behind = ([rarity(chr(code)) for (code,) in iter_unpack(unit, half)] for half in (data[:-1], data[1:]))
    costs = list(accumulate(before, initial=0.0))
    rest = list(accumulate(reversed(behind), initial=0.0))[::-1]
    place = 2 * min(range(len(costs)), key=lambda i: (round(costs[i] + rest[i], 6), -i))
    return data[:place].decode(encoding, "replace") + LOST + data[place + 1 :].decode(encoding, "replace")
