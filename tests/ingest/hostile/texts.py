"""Plain texts and tables of them, old files, files under foreign endings, and file names."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from tests.ingest.hostile.case import BODY, Case, sound
from tests.ingest.ole import EXCEL, WORD, ole

_LINE = json.dumps({"标题": "关于充电棚", "正文": BODY}, ensure_ascii=False)
_NOISE = random.Random(7).randbytes(3000)
_CONTENTS = {
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "program": b"MZ\x90\x00" + bytes(2000),
    "elf": b"\x7fELF\x02\x01\x01" + bytes(2000),
    "noise": _NOISE,
    "zeros": bytes(3000),
    "gzip": b"\x1f\x8b\x08\x00" + _NOISE,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "old word": ole({"WordDocument": WORD}),
    "old excel": ole({"Workbook": EXCEL}),
    "locked": ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}),
}
_ENDINGS = ("docx", "xlsx", "csv", "jsonl", "json", "txt", "pdf", "exe", "html", "svg", "zip", "pptx")
_NAMES = (
    *(
        "../../../etc/passwd.txt",
        "..\\..\\evil.txt",
        "C:\\Windows\\win.txt",
        "/etc/a.txt",
        "..",
        ".",
        "",
        " ",
        "-rf.txt",
    ),
    *("a\x01b\x7f.txt", "长" * 3000 + ".txt", "名." + "x" * 5000, "CON.txt", "a:b.txt", "\u202excod.txt", "$(id).txt"),
    *("<script>.txt", "'; drop table document;.txt", "%00.txt", "%2e%2e%2fa.txt", "13800138000.txt", "a\nb.txt"),
)


def cases() -> Iterator[Case]:
    """Make them."""
    for kind, data in _CONTENTS.items():
        for ending in _ENDINGS:
            yield Case(f"{kind} as {ending}", f"假.{ending}", data, may_pass=False)
    for kind in ("docx", "xlsx"):
        for ending in ("txt", "csv", "jsonl", "pdf", "xlsx" if kind == "docx" else "docx"):
            yield Case(f"{kind} as {ending}", f"假.{ending}", sound(kind))
    for ending in ("doc", "wps", "xls", "et"):
        for kind in ("picture", "program", "noise", "zeros", "locked"):
            yield Case(f"{kind} as {ending}", f"旧.{ending}", _CONTENTS[kind])
        yield Case(f"cut ole as {ending}", f"旧.{ending}", ole({"WordDocument": WORD})[:700])
        entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
        yield Case(f"entity as {ending}", f"旧.{ending}", entity)
    for number, name in enumerate(_NAMES):
        yield Case(f"name {number}", name, f"关于充电棚\n{BODY}".encode(), may_pass=True)
    yield from _encodings()
    yield from _tables()
    yield from _lines()


def _encodings() -> Iterator[Case]:
    text = f"关于充电棚\n{BODY}\n" * 40
    for name, data in {
        "utf-8 cut": text.encode()[:-1],
        "utf-8 damaged": text.encode().replace("电".encode(), b"\xff\xc0"),
        "utf-8 surrogates": b"\xed\xa0\x80" * 900,
        "utf-8 overlong": b"\xc0\xaf\xe0\x80\xaf" * 900,
        "utf-16 odd": b"\xff\xfe" + text.encode("utf-16-le")[:-1],
        "utf-16 surrogates": b"\xff\xfe" + b"\x00\xd8" * 3000,
        "utf-32 beyond": b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" * 900,
        "gb18030 damaged": text.encode("gb18030").replace(b"\xb5\xe7", b"\xb5"),
        "gb18030 pieces": b"\x81\x30\x81" * 3000,
        "nul bytes": text.encode().replace(b"\n", b"\0" * 300),
        "only marks": b"\xef\xbb\xbf" * 2000,
        "escapes": b"\x1b[2J\x1b]0;evil\x07" * 2000,
        "mixed": text.encode() + text.encode("gb18030") + text.encode("utf-16-le"),
        "accents": ("a" + "\u0301" * 20_000).encode(),
        "directions": ("\u202e\u2066" * 20_000 + BODY).encode(),
        "emoji": ("\U0001f468\u200d\U0001f469\u200d" * 9000).encode(),
    }.items():
        for ending in ("txt", "csv"):
            yield Case(f"{name} as {ending}", f"码.{ending}", data, may_pass=True)


def _tables() -> Iterator[Case]:
    head = "标题,正文\n"
    for name, text in {
        "quote unclosed": f'{head}甲,"{BODY}\n' + f"乙,{BODY}\n" * 300,
        "quotes": head + '"' * 200_001,
        "columns": ",".join(f"列{i}" for i in range(100_000)) + "\n" + head,
        "commas": head + "," * 500_000,
        "rows": head + "甲,路\n" * 30_000,
        "drafts": head + "".join(f"关于第{i}号路灯的建议,第{i}号路灯坏了很久没有人来修\n" for i in range(2_500)),
        "a long cell": f"{head}甲,{'长' * 400_000}\n",
        "formulas": f"{head}=cmd|'/c calc'!A1,@SUM(1+1)*{BODY}\n",
        "same headers": "标题," * 3000 + "正文\n" + "甲," * 3000 + BODY,
    }.items():
        yield Case(f"table: {name}", "表.csv", text.encode(), may_pass=True)


def _lines() -> Iterator[Case]:
    for name, text in {
        "deep": "[" * 200_000,
        "deep objects": '{"正文":' * 100_000,
        "deep in a row": f'{{"标题":"甲","正文":"{BODY}","批示":' + "[" * 50_000 + "]" * 50_000 + "}",
        "deep list": "[" * 900 + "]" * 900,
        "digits": '{"正文":' + "9" * 100_000 + "}",
        "no numbers": '{"标题":NaN,"正文":-Infinity,"日期":1e999}',
        "same keys": "{" + '"正文":"a",' * 100_000 + '"正文":"b"}',
        "keys": "{" + ",".join(f'"k{i}":1' for i in range(100_000)) + "}",
        "objects as text": '{"标题":{},"正文":[[],{}],"作者":{"a":[1]},"日期":[]}',
        "surrogates": '{"标题":"\\ud800","正文":"\\udfff\\u0000' + BODY + '"}',
        "cut": _LINE[:-5],
        "empty rows": "{}\n" * 30_000,
        "null rows": "null\n" * 30_000,
        "dates": f'{{"标题":"甲","正文":"{BODY}","日期":"99999-99-99"}}',
        "an id": json.dumps({"编号": "x" * 100_000, "正文": BODY}, ensure_ascii=False),
    }.items():
        yield Case(f"lines: {name}", "行.jsonl", text.encode("utf-8", "surrogatepass"), may_pass=True)
    for name, text in {
        "one long line": "长" * 1_000_000,
        "blanks": " \t" * 1_000_000,
        "rules": "====\n" * 200_000,
        "line ends": "\r\n" * 1_000_000,
        "labels": "标题：甲\n正文：\n" * 50_000,
        "numbers": "1、" * 200_000,
        "telephones": "13800138000 " * 60_000,
        "digits": "1" * 600_000,
        "addresses": "a@" * 200_000,
        "mail": "a." * 200_000 + "@",
        "brackets": "（" * 300_000,
        "one sentence": "修路" * 24_000,
    }.items():
        yield Case(f"text: {name}", "文.txt", text.encode(), may_pass=True)
