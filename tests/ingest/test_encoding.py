from __future__ import annotations

import codecs
import random

import pytest

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.encoding import decode

TEXT = "标题,正文\n关于老旧小区充电难的建议,居民反映楼道里停满了电动自行车，建议建设充电棚。\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-32"],
)
def test_encodings_are_found_with_and_without_a_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.csv").text == TEXT
    assert decode((TEXT * 500).encode(encoding), "a.csv").text == TEXT * 500


def test_utf16_big_endian_with_its_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "a.csv").text == TEXT


def test_characters_of_gb18030_beyond_gbk() -> None:
    text = TEXT + "䶮，𠮷，㐀"
    assert decode(text.encode("gb18030"), "a.csv").text == text


def test_a_few_broken_bytes_are_told() -> None:
    found = decode((TEXT * 20).encode("gb18030") + b"\xff\n", "a.csv")
    assert found.lost
    assert found.text.startswith(TEXT)


@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(4000),
        b"\x00\x01\x02\x03" * 500,
        b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(999),
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(FileUnreadable, match=r"a\.csv"):
        decode(data, "a.csv")
