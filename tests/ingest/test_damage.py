"""A damaged byte costs one place, is told with its row, and makes no garbage readable."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import texts
from xiansuo.errors import FileUnreadable
from xiansuo.ingest.damage import decode_damaged, places_lost
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.reading import Reading
from xiansuo.ingest.written import LOST

Read = Callable[..., Reading]
ENCODINGS = ("gb18030", "utf-8", "utf-16-le", "utf-16-be")
_WIDEST = 6
"""Characters at most between the first and the last one that a single damage changes."""


def overwritten(data: bytes, place: int) -> bytes:
    return data[:place] + b"\xff" + data[place + 1 :]


def slipped_in(data: bytes, place: int) -> bytes:
    return data[:place] + b"\xff" + data[place:]


def dropped(data: bytes, place: int) -> bytes:
    return data[:place] + data[place + 1 :]


def zeroed(data: bytes, place: int) -> bytes:
    return data[:place] + b"\x00" + data[place + 1 :]


def cut_off(data: bytes, place: int) -> bytes:
    return data[: place or 1]


DAMAGES = (overwritten, slipped_in, dropped, zeroed)


def ledger(rows: int = 200) -> str:
    """A ledger whose bodies come from the demo corpus, on one line each."""
    bodies = texts()
    lines = ["编号,标题,报送单位,正文"]
    for i in range(1, rows + 1):
        body = bodies[i % len(bodies)].replace("\n", "").replace('"', "")[:200]
        lines.append(f'{i},关于第{i}件事情的建议,望潮区政协,"{body}"')
    return "\r\n".join(lines) + "\r\n"


def width(text: str, read: str) -> int:
    """How many characters of `read` lie between the first and the last difference."""
    same = 0
    while same < min(len(text), len(read)) and text[same] == read[same]:
        same += 1
    end = 0
    while end < min(len(text), len(read)) - same and text[-1 - end] == read[-1 - end]:
        end += 1
    return len(read) - same - end


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    "text",
    [ledger(3), texts()[0].replace("\n", "")[:800], texts()[1][:60], "关于规范路边停车的建议"],
    ids=["ledger", "one paragraph", "short", "title"],
)
def test_one_damaged_byte_costs_one_place(text: str, damage: Callable[[bytes, int], bytes], encoding: str) -> None:
    data = text.encode(encoding)
    for place in random.Random(1).sample(range(len(data)), min(60, len(data))):
        found = decode(damage(data, place), "a.txt")
        assert found.lost == places_lost(found.text) <= 2
        assert width(text, found.text) <= _WIDEST


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_cut_off_in_the_middle_of_a_character(encoding: str) -> None:
    text = texts()[2][:300]
    data = text.encode(encoding)
    for place in range(len(data) - 12, len(data)):
        found = decode(data[:place], "a.txt")
        whole = len(data[:place].decode(encoding, "ignore"))
        assert width(text[:whole], found.text) <= _WIDEST


@given(st.text(max_size=60), st.sampled_from(ENCODINGS))
def test_what_is_not_damaged_comes_out_as_the_codec_decodes_it(text: str, encoding: str) -> None:
    # Three lines, one of them broken: the two others must not change.
    line = text.replace("\n", " ")
    data = line.encode(encoding)
    read = decode_damaged(data + "\n一，".encode(encoding) + b"\xff" * 2 + "\n".encode(encoding) + data, encoding)
    assert read is not None
    assert read.startswith(line)
    assert read.endswith(line)


@pytest.mark.parametrize("damage", DAMAGES)
def test_several_damages_are_several_places(damage: Callable[[bytes, int], bytes]) -> None:
    text = ledger()
    lines = [line.encode("gb18030") for line in text.split("\r\n")]
    for row in range(5, 200, 10):
        lines[row] = damage(lines[row], len(lines[row]) // 2)
    found = decode(b"\r\n".join(lines), "a.csv")
    changed = [i for i, (a, b) in enumerate(zip(text.split("\r\n"), found.text.split("\r\n"), strict=True)) if a != b]
    assert changed == list(range(5, 200, 10))
    assert found.lost <= 40


def test_a_text_that_is_lost_here_and_there_is_no_text() -> None:
    data = bytearray(ledger().encode("gb18030"))
    for place in random.Random(2).sample(range(len(data)), len(data) // 25):
        data[place] = 0xFF
    with pytest.raises(FileUnreadable):
        decode(bytes(data), "a.csv")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_row_of_a_damage_is_told_and_the_others_are_read(tmp_path: Path, read: Read, encoding: str) -> None:
    path = tmp_path / "台账.csv"
    data = ledger().encode(encoding)
    path.write_bytes(data)
    whole = read(path)
    assert len(whole.found) == 200
    assert not whole.remarks
    place = data.index("关于第56件".encode(encoding)) + 200
    path.write_bytes(slipped_in(data, place))
    reading = read(path)
    (remark,) = reading.remarks
    assert (remark.file, remark.row, remark.outcome) == ("台账.csv", 57, "noted")
    assert remark.reason.startswith("有 1 处文字读不出来")
    before, after = ({found.row: found.document for found in each.found} for each in (whole, reading))
    assert {row for row in before if before[row] != after[row]} == {57}
    assert LOST in after[57].text


def test_damage_outside_the_texts_is_told_of_the_file(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    data = f"标题,正文,备注\n一,{texts()[0][:80]},无\n".encode("gb18030").replace("无".encode("gb18030"), b"\xff")
    path.write_bytes(data)
    (remark,) = read(path).remarks
    assert remark.row is None
    assert "1 处文字读不出来" in remark.reason
    assert "没有采用的列" in remark.reason


def test_a_single_text_is_told_once(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(dropped(f"路边停车该管一管\n{texts()[0]}".encode("gb18030"), 301))
    (remark,) = read(path).remarks
    assert remark.reason.startswith("有 1 处文字读不出来")


def test_what_an_earlier_conversion_lost_is_told(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"title": "一", "text": "{texts()[0][:20]}{LOST * 3}{LOST}好"}}'.replace("\n", ""), "utf-8")
    (remark,) = read(path).remarks
    assert remark.row == 1
    assert remark.reason.startswith("有 1 处")


@pytest.mark.parametrize("place", range(10))
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_header_is_still_one(
    tmp_path: Path, read: Read, damage: Callable[[bytes, int], bytes], place: int
) -> None:
    if damage is not slipped_in and place in (4, 9):
        pytest.skip("a comma or line end is gone")
    header = damage("标题,正文\n".encode("gb18030")[:10], place)
    path = tmp_path / "a.csv"
    path.write_bytes(header + "".join(f"第{i}件,{text[:60]}\n" for i, text in enumerate(texts()[:9])).encode("gb18030"))
    assert [found.row for found in read(path).found]


def png(size: int) -> bytes:
    """A real picture of coloured noise."""
    rows = b"".join(b"\0" + random.Random(i).randbytes(3 * size) for i in range(size))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    made = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + made


@pytest.mark.parametrize("size", [1, 2, 8, 40, 200])
def test_pictures_are_refused(size: int) -> None:
    with pytest.raises(FileUnreadable):
        decode(png(size), "a.txt")


@pytest.mark.parametrize("length", [12, 13, 16, 24, 25, 40, 64, 100, 301, 1000, 5001])
def test_random_bytes_of_any_length_are_refused(length: int) -> None:
    for seed in range(60):
        with pytest.raises(FileUnreadable):
            decode(random.Random(seed).randbytes(length), "a.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("この地域では高齢者の見守りが足りないという声が多く寄せられています。" * 5, "shift_jis"),
        ("이 지역에는 노인을 돌볼 사람이 부족하다는 목소리가 많습니다. " * 5, "euc-kr"),
        ("В этом районе не хватает людей, которые заботятся о пожилых. " * 5, "koi8-r"),
    ],
)
def test_text_of_another_script_is_not_taken_for_chinese(text: str, encoding: str) -> None:
    try:
        found = decode(text.encode(encoding), "a.txt")
    except FileUnreadable:
        return
    assert found.text == text
