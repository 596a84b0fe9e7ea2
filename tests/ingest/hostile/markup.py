"""XML: entities that fetch or multiply, encodings that hide them, and depths."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.ingest.hostile.archives import KINDS
from tests.ingest.hostile.case import Case, added, changed, parts, zipped

_FETCH = '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_PARAMETER = '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/e.dtd"> %p;]>'
_LAUGHS = (
    '<!DOCTYPE r [<!ENTITY l0 "哈哈哈哈">'
    + "".join('<!ENTITY l{} "{}">'.format(i, f"&l{i - 1};" * 10) for i in range(1, 10))
    + "]>"
)
_QUADRATIC = '<!DOCTYPE r [<!ENTITY q "{}">]>'.format("好" * 50_000)
_HIDDEN = {"utf-7": "utf-7", "ucs-4": "utf-32-le", "ucs-4 be": "utf-32-be", "ebcdic": "cp037", "utf-16": "utf-16"}
_DEEP = 60_000


def cases() -> Iterator[Case]:
    """Make them."""
    for kind, main in KINDS.items():
        for name in parts(kind):
            if name.endswith((".xml", ".rels")):
                for what, declared in (("file", _FETCH), ("parameter", _PARAMETER)):
                    yield Case(
                        f"{what} entity in {name} of a {kind}",
                        f"实体.{kind}",
                        changed(kind, name, _with(declared, "&e;")),
                    )
        for what, declared, used in (("laughs", _LAUGHS, "&l9;"), ("quadratic", _QUADRATIC, "&q;" * 20_000)):
            yield Case(f"{what} {kind}", f"实体.{kind}", changed(kind, main, _with(declared, used)))
            hidden = added(kind, {"media/a.svg": f"{declared}<r>{used}</r>".encode()})
            yield Case(f"{what} in a picture {kind}", f"图.{kind}", hidden, may_pass=True)
        for what, encoding in _HIDDEN.items():
            body = f'<?xml version="1.0" encoding="{encoding}"?>{_LAUGHS}<r>&l9;</r>'.replace("哈", "h")
            data = body.encode(encoding)
            yield Case(f"laughs in {what} {kind}", f"编码.{kind}", changed(kind, main, lambda _, data=data: data))
        yield from _structures(kind, main)
    yield from _elsewhere()


def _with(declared: str, used: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        head, _, rest = data.partition(b"?>") if data.startswith(b"<?xml") else (b"", b"", data)
        start = head + b"?>" if head else b""
        return start + declared.encode() + rest.replace(b"</", used.encode() + b"</", 1)

    return change


def _structures(kind: str, main: str) -> Iterator[Case]:
    deep = b"<a>" * _DEEP + b"</a>" * _DEEP
    attributes = b"<a " + b" ".join(b'a%d="1"' % i for i in range(100_000)) + b"/>"
    spaces = b"<a " + b" ".join(b'xmlns:n%d="u"' % i for i in range(20_000)) + b"/>"
    for what, inside in (
        ("deep", deep),
        ("unclosed", b"<a>" * _DEEP),
        ("attributes", attributes),
        ("namespaces", spaces),
        ("comments", b"<!--" + b"-" * 3 + b">" * 1_000_000),
        ("long name", b"<" + b"a" * 2_000_000 + b"/>"),
        ("character references", b"&#x4e00;" * 300_000),
        ("control references", b"&#0;&#x1F;&#xFFFE;"),
        ("sections", b"<![CDATA[" + b"]]]]>" * 100_000),
        ("instructions", b"<?a b?>" * 100_000),
    ):
        end = b"</w:body>" if kind == "docx" else b"</sheetData>"
        data = changed(kind, main, lambda data, end=end, inside=inside: data.replace(end, inside + end, 1))
        yield Case(f"{what} {kind}", f"结构.{kind}", data, may_pass=True)


def _elsewhere() -> Iterator[Case]:
    """Let parts be read under names that are not looked at for XML, or not at all."""
    types = "[Content_Types].xml"
    moved = dict(parts("docx"))
    text = moved.pop("word/document.xml")
    moved["word/document.svg"] = _with(_LAUGHS, "&l9;")(text)
    for name in (types, "_rels/.rels"):
        moved[name] = moved[name].replace(b"word/document.xml", b"word/document.svg")
    yield Case("laughs under another name", "改名.docx", zipped(moved), may_pass=True)
    for kind, rels in (("docx", "word/_rels/document.xml.rels"), ("xlsx", "xl/_rels/workbook.xml.rels")):
        fetch = (
            b'<Relationship Id="rId99" TargetMode="External" Target="http://127.0.0.1:9/a" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
        )
        data = changed(kind, rels, lambda data, fetch=fetch: data.replace(b"</Relationships>", fetch))
        yield Case(f"fetched template {kind}", f"外链.{kind}", data, may_pass=True)
        loop = changed(kind, rels, lambda data: data.replace(b'Target="', b'Target="../../../../'))
        yield Case(f"relations that lead out {kind}", f"外链.{kind}", loop, may_pass=True)
