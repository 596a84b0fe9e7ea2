from __future__ import annotations

from pathlib import Path

from tests.desk.archives import NOW, fill, rows
from xiansuo.desk.archive_texts import read_texts
from xiansuo.desk.batch_texts import keep_only, read_again
from xiansuo.desk.clue_batch import clue_batch
from xiansuo.desk.desk import Desk
from xiansuo.recommend.texts import ReadText
from xiansuo.store import documents, heads


def _numbers(desk: Desk) -> dict[str, int]:
    with desk.database.read() as connection:
        return heads.listed(connection, NOW, references=True)


def _same(left: dict[str, ReadText], right: dict[str, ReadText]) -> bool:
    return list(left) == list(right) and all(
        one.record == other.record
        and one.spans.tobytes() == other.spans.tobytes()
        and one.matrix.tobytes() == other.matrix.tobytes()
        for one, other in zip(left.values(), right.values(), strict=True)
    )


def test_what_is_unchanged_comes_from_memory_and_what_was_corrected_is_read(desk: Desk, tmp_path: Path) -> None:
    told = rows()
    fill(desk, tmp_path, told)
    numbers = _numbers(desk)
    first = read_again(desk, numbers.values())
    assert _same(first, read_texts(desk, numbers.values()))
    (tmp_path / "later").mkdir()
    fill(desk, tmp_path / "later", [{**told[0], "text": told[0]["text"] + "后来又停了两部。"}])
    again = read_again(desk, numbers.values())
    assert _same(again, read_texts(desk, numbers.values()))
    kept = {id for id, text in again.items() if text is first[id]}
    assert kept == set(numbers) - {told[0]["id"]}


def test_what_was_withdrawn_or_is_no_longer_kept_is_not_taken_from_memory(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    numbers = _numbers(desk)
    first = read_again(desk, numbers.values())
    gone, forgotten, *_ = sorted(numbers)
    with desk.database.write() as connection:
        documents.set_status(connection, numbers[gone], "withdrawn")
    keep_only(desk, set(numbers.values()) - {numbers[forgotten]})
    again = read_again(desk, numbers.values())
    assert set(again) == set(numbers) - {gone}
    assert again[forgotten] is not first[forgotten]


def test_a_batch_is_the_same_whether_or_not_an_earlier_one_was_made(desk: Desk, tmp_path: Path) -> None:
    told = rows()
    fill(desk, tmp_path, told[1:])
    clue_batch(desk, now=NOW)
    (tmp_path / "later").mkdir()
    fill(desk, tmp_path / "later", told[:1])
    after = clue_batch(desk, now=NOW)
    with Desk(desk.settings) as other:
        other._encoder = desk.encoder
        alone = clue_batch(other, now=NOW)
    assert repr(after.clues) == repr(alone.clues)
    assert after.ground.seen.tobytes() == alone.ground.seen.tobytes()
    assert alone.clues
