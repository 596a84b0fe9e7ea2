"""PDF: loops, bombs, claims and scripts."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from tests.ingest.hostile.case import Case

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_TEXT = b"BT /F1 12 Tf 50 700 Td (Parking at the old market is full every day) Tj ET"


def cases() -> Iterator[Case]:
    """Make them."""
    whole = _page(_stream(_TEXT))
    for what, data in {
        "pages that hold themselves": _pdf([_ROOT, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]),
        "pages in a ring": _pdf([_ROOT, _kids(b"3 0 R"), _kids(b"2 0 R")]),
        "pages without end": _pdf([_ROOT, b"<< /Type /Pages /Kids [] /Count 999999999 >>"]),
        "the same page often": _pdf([_ROOT, _kids(b" ".join([b"3 0 R"] * 20_000)), _leaf(), _stream(_TEXT), _FONT]),
        "a deep tree": _pdf([_ROOT, *(_kids(b"%d 0 R" % (i + 3)) for i in range(3_000)), _leaf()]),
        "a wide tree": _pdf([_ROOT, *(_kids(b"%d 0 R %d 0 R" % (i + 3, i + 3)) for i in range(40)), _leaf()]),
        "an object that is itself": _pdf([_ROOT, _kids(b"3 0 R"), b"3 0 R"]),
        "a length that is itself": _page(b"<< /Length 4 0 R >>\nstream\nx\nendstream"),
        "a gigabyte claimed": _page(b"<< /Length 1073741824 >>\nstream\n" + _TEXT + b"\nendstream"),
        "a negative length": _page(b"<< /Length -7 >>\nstream\n" + _TEXT + b"\nendstream"),
        "a stream of zeros": _page(_packed(bytes(100 << 20))),
        "a stream of text": _page(_packed(_TEXT * 100_000)),
        "a stream packed often": _page(_packed(bytes(60 << 20), 4)),
        "a run of lengths": _page(_stream(b"\x81 " * 300_000, b"/Filter /RunLengthDecode")),
        "hundreds of filters": _page(_stream(b"00>", b"/Filter [" + b"/ASCIIHexDecode " * 3_000 + b"]")),
        "a predictor": _page(
            _packed(bytes(1 << 20), 1, b"/DecodeParms << /Predictor 15 /Columns 1000000000 /Colors 99 >>")
        ),
        "words without end": _page(_stream(b"BT /F1 12 Tf " + b"(a) Tj " * 15_000 + b"ET")),
        "brackets": _page(_stream(b"[" * 300_000)),
        "dictionaries": _page(_stream(b"<< /a " * 100_000)),
        "nested objects": _pdf([_ROOT, _kids(b"3 0 R"), b"[" * 50_000 + b"]" * 50_000]),
        "a form that draws itself": _pdf(
            [_ROOT, _kids(b"3 0 R"), _leaf(b"/XObject << /X 6 0 R >>"), _stream(b"/X Do"), _FONT, _form(b"6")]
        ),
        "a font that maps the world": _pdf(
            [_ROOT, _kids(b"3 0 R"), _leaf(), _stream(_TEXT), _FONT[:-2] + b"/ToUnicode 6 0 R >>", _stream(_MAP)]
        ),
        "a script": _pdf([_ROOT[:-2] + b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>", _kids(b"3 0 R")]),
        "a program started": _pdf([_ROOT[:-2] + b"/OpenAction << /S /Launch /F (calc.exe) >> >>", _kids(b"3 0 R")]),
        "locked": whole.replace(b"/Root", b"/Encrypt << /Filter /Standard /V 5 /R 6 /O () /U () /P -1 >> /Root"),
        "no objects": b"%PDF-1.7\n%%EOF",
        "only a head": b"%PDF-1.4",
        "a table that points at itself": whole.replace(b"trailer\n<<", b"trailer\n<< /Prev %d " % whole.index(b"xref")),
        "a table too large": whole.replace(b"0 6\n", b"0 2147483647\n"),
        "a start beyond": whole[: whole.rindex(b"startxref")] + b"startxref\n99999999999\n%%EOF",
        "letters instead": b"%PDF-1.4\n" + b"obj " * 200_000,
        "headers": b"%PDF-1.4\n" + b"1 0 obj\n<< /Type /Catalog >>\n" * 50_000,
    }.items():
        yield Case(f"pdf: {what}", "件.pdf", data, may_pass=True)
    for step in range(1, 16):
        yield Case(f"pdf cut {step}", "半份.pdf", whole[: len(whole) * step // 16], may_pass=True)


_ROOT = b"<< /Type /Catalog /Pages 2 0 R >>"
_MAP = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " + (
    b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange " * 3 + b"endcmap"
)


def _kids(named: bytes) -> bytes:
    return b"<< /Type /Pages /Kids [" + named + b"] /Count 1 >>"


def _leaf(more: bytes = b"") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> " + more + b" >> >>"
    )


def _form(number: bytes) -> bytes:
    own = b"/Type /XObject /Subtype /Form /Resources << /XObject << /X " + number + b" 0 R >> >>"
    return _stream(b"/X Do " * 50, own)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def _packed(data: bytes, times: int = 1, more: bytes = b"") -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return _stream(data, b"/Filter [" + b"/FlateDecode " * times + b"] " + more)


def _page(content: bytes) -> bytes:
    return _pdf([_ROOT, _kids(b"3 0 R"), _leaf(), content, _FONT])


def _pdf(objects: Sequence[bytes]) -> bytes:
    made, places = b"%PDF-1.7\n", []
    pieces = [made]
    length = len(made)
    for number, body in enumerate(objects, 1):
        places.append(length)
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(pieces[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    pieces.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    pieces.append(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, length))
    return b"".join(pieces)
