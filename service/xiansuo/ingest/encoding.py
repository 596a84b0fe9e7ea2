"""Which encoding a file is in: by its mark, else by which reading looks like written Chinese."""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass

from xiansuo.errors import FileUnreadable

_MARKS = (
    # The UTF-32 mark begins with the UTF-16 one.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
# Blanks, ASCII, CJK, its punctuation and width forms, and a few signs of office texts.
_ORDINARY = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\xff\u2010-\u203b\u2103\u2160-\u24ff\u25a0-\u25ff\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
)
# The most frequent characters: a wrong reading hits them only by chance.
_FREQUENT = re.compile(
    "[\n\x20-\x7e，。、：；（）“”的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "民得经建议市区政府业务部门情况问题标题正文内容日期单位作者编号這國時來們對會發動過經業務門問題標題內單編號]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_LEAST_ORDINARY = 0.85
_LEAST_FREQUENT = 0.1
_MOST_LOST = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and how many places of it could not be read."""

    text: str
    lost: int = 0


def decode(data: bytes, name: str) -> Decoded:
    """Turn a file's bytes into text.

    UTF-8, UTF-16 and GB18030 are found with and without a mark; anything else is left to
    charset_normalizer.

    :param name: the file's name, for the message.
    :raises FileUnreadable: if this is no text in an encoding that can be found.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            found = _accepted(data, encoding)
            break
    else:
        found = _unmarked(data)
    if found is None:
        raise FileUnreadable(
            f"“{name}”不是文本，或者编码认不出来。",
            advice="请用记事本打开，另存为 UTF-8 编码后再导入。",
        )
    return found


def _unmarked(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # Latin text in UTF-16 is valid UTF-8 too, every other character of it being NUL.
        controls = len(_CONTROL.findall(text[:_SAMPLE]))
        if controls * 10 <= min(len(text), _SAMPLE):
            return Decoded(text)
    candidates = ["gb18030", "utf-8"] + (["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else [])
    readings = [reading for encoding in candidates if (reading := _accepted(data, encoding))]
    if readings:
        return max(readings, key=lambda reading: _share(_FREQUENT, reading.text))
    return _guessed(data)


def _accepted(data: bytes, encoding: str) -> Decoded | None:
    """Read in one encoding; None if too much is lost or what comes out is not how people write."""
    try:
        text, lost = data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
    if lost > max(1, len(text) * _MOST_LOST):
        return None
    if _share(_ORDINARY, text) < _LEAST_ORDINARY or _share(_FREQUENT, text) < _LEAST_FREQUENT:
        return None
    return Decoded(text, lost)


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    # It narrates its search on the root logger's level; nobody asked for that.
    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    best = from_bytes(data[:200_000]).best()
    return _accepted(data, best.encoding) if best else None


def _share(pattern: re.Pattern[str], text: str) -> float:
    sample = text[:_SAMPLE]
    return len(pattern.findall(sample)) / len(sample) if sample else 1.0
