"""Which encoding a file is in: by its mark, else by which reading looks like written Chinese."""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.damage import decode_damaged, places_lost
from xiansuo.ingest.written import evidence, looks_chinese

_MARKS = (
    # The UTF-32 mark begins with the UTF-16 one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
# Blanks, ASCII, CJK, its punctuation and width forms, and a few signs of office texts.
_ORDINARY = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\xff\u2010-\u203b\u2103\u2160-\u24ff\u25a0-\u25ff\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_MOST_ODD = 0.15
_ODD_FORGIVEN = 3
"""So many characters may be odd however short the text; what it is, the evidence says."""
_LEAST_EVIDENCE = 8.0
"""Random bytes weigh so much less than once in e^8, about three thousand times."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and how many places of it could not be read; each is one U+FFFD."""

    text: str
    lost: int = 0


def decode(data: bytes, name: str) -> Decoded:
    """Turn a file's bytes into text.

    UTF-8, UTF-16 and GB18030 are found with and without a mark, a few damaged bytes among them;
    anything else is left to charset_normalizer.

    :param name: the file's name, for the message.
    :raises FileUnreadable: if this is no text in an encoding that can be found.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _accepted(data[len(mark) :], encoding)
            break
    else:
        text = _unmarked(data)
    if text is None:
        raise FileUnreadable(
            f"“{name}”不是文本，或者编码认不出来。",
            advice="请用记事本打开，另存为 UTF-8 编码后再导入。",
        )
    return Decoded(text, places_lost(text))


def _unmarked(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        # Latin text in UTF-16 is valid UTF-8 too, every other character of it being NUL.
        controls = len(_CONTROL.findall(text[:_SAMPLE]))
        if controls * 10 <= min(len(text), _SAMPLE):
            return text
    return _likeliest(data, "gb18030", "utf-8", "utf-16-le", "utf-16-be") or _guessed(data)


def _likeliest(data: bytes, *encodings: str) -> str | None:
    """Return the reading that looks most like written Chinese; None if none of them does."""
    best, found = 0.0, None
    for encoding in encodings:
        text = _accepted(data, encoding)
        if text is None or not looks_chinese(text[:_SAMPLE]):
            continue
        weight, size = evidence(text[:_SAMPLE], encoding)
        if weight >= _LEAST_EVIDENCE and weight / size > best:
            best, found = weight / size, text
    return found


def _accepted(data: bytes, encoding: str) -> str | None:
    """Read in one encoding; None if too much is lost or what comes out is not how people write."""
    text: str | None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = decode_damaged(data, encoding)
    if text is None:
        return None
    sample = text[:_SAMPLE]
    odd = len(sample) - len(_ORDINARY.findall(sample))
    return text if odd <= max(_ODD_FORGIVEN, len(sample) * _MOST_ODD) else None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    # It narrates its search on the root logger's level; nobody asked for that.
    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    best = from_bytes(data[:200_000]).best()
    return _likeliest(data, best.encoding) if best else None
