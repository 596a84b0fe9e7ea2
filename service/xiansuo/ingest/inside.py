"""What a file under an old name really is, by its structure: LibreOffice takes anything for a plain text."""

from __future__ import annotations

import io
import re
from enum import Enum, auto
from pathlib import Path
from xml.parsers import expat

from xiansuo.errors import FileUnreadable, InputError
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.limits import check_xml, is_old_office, locked, read_bytes

_HEAD = 4096
_HTML = re.compile(r"<(?:!doctype html|html|head|body|meta|table|div|p|title)\b", re.IGNORECASE)
_RTF = b"{\\rtf"
# Streams of an OLE file that hold a text, and the number each begins with: Word 97 and 6, Excel 5 and later.
_STREAMS = {"WordDocument": (b"\xec\xa5", b"\xdc\xa5"), "Workbook": (b"\x09\x08",), "Book": (b"\x09\x08",)}
_FLAGS_AT, _ENCRYPTED = 11, 1


class Inside(Enum):
    """What there is inside a file."""

    NEW = auto()
    """A zip archive, as of .docx and .xlsx: WPS saves new files under old names too."""
    WORD = auto()
    EXCEL = auto()
    RTF = auto()
    HTML = auto()
    XML = auto()
    """The XML of Word and Excel 2003, which some web systems call .doc and .xls."""


def look_inside(path: Path) -> Inside:
    """Find out what a file is.

    :raises FileUnreadable: if it is none of these, or damaged.
    :raises FileRefused: if it has a password or names entities.
    """
    data = read_bytes(path)
    begins = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(b"PK"):
        return Inside.NEW
    if is_old_office(data):
        return _in_ole(data, path.name)
    if begins.startswith(_RTF):
        return Inside.RTF
    if begins.startswith(b"<"):
        return _in_markup(data, path.name)
    raise not_office(path.name)


def not_office(name: str) -> FileUnreadable:
    """Make the error for a file that is not what its name says."""
    return FileUnreadable(
        f"“{name}”不是 Word、WPS 或 Excel 文件，或已损坏。", advice="请打开确认后另存为 .docx 或 .xlsx。"
    )


def _in_ole(data: bytes, name: str) -> Inside:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise locked(name)
            for stream, marks in _STREAMS.items():
                if ole.get_type(stream) != olefile.STGTY_STREAM:
                    continue
                content = ole.openstream(stream).read()
                if not content.startswith(marks):
                    continue
                if stream != "WordDocument":
                    return Inside.EXCEL
                if content[_FLAGS_AT : _FLAGS_AT + 1] and content[_FLAGS_AT] & _ENCRYPTED:
                    raise locked(name)
                return Inside.WORD
    except InputError:
        raise
    except Exception as error:
        # Whatever a damaged directory makes it stumble over.
        raise not_office(name) from error
    raise not_office(name)


def _in_markup(data: bytes, name: str) -> Inside:
    try:
        head = decode(data, name).text[:_HEAD]
    except FileUnreadable as error:
        raise not_office(name) from error
    if _HTML.search(head):
        return Inside.HTML
    check_xml(name, data)
    try:
        expat.ParserCreate().Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise not_office(name) from error
    return Inside.XML
