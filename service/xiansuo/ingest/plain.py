"""Plain text: one text a file, or several between lines of `====` or `----`."""

from __future__ import annotations

import re
from pathlib import Path

from xiansuo.ingest.encoding import decode
from xiansuo.ingest.layout import read_lines
from xiansuo.ingest.limits import read_bytes
from xiansuo.ingest.rows import RawFile, RawRow

_SEPARATOR = re.compile(r"^[ \t]*(?:={4,}|-{4,}|\uff1d{4,}|－{4,}|—{4,})[ \t]*$", re.MULTILINE)


def read_plain(path: Path) -> RawFile:
    """Read a .txt; `row` is the number of the text where the file holds several."""
    decoded = decode(read_bytes(path), path.name)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    texts = [part for part in _SEPARATOR.split(text) if part.strip()]
    # One rule under the first line underlines the title.
    if len(texts) == 2 and "\n" not in texts[0].strip():
        texts = ["\n".join(texts)]
    alone = len(texts) == 1
    rows = [RawRow(read_lines(part.split("\n")), None if alone else i) for i, part in enumerate(texts, 1)]
    return RawFile(rows, lost=decoded.lost)
