"""A lost, damaged or foreign cache costs time and changes no answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.offices import NOW, Row, find, halves, office, take, told, withdraw
from xiansuo.desk import finding, kept_texts
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import Found

OLD, NEW = halves()
MANIFEST, TEXTS = "manifest.json", "texts.safetensors"


def _garbage(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"\xff\x00{")


def _other_json(folder: Path) -> None:
    (folder / MANIFEST).write_text("[1, 2]", encoding="utf-8")


def _without_files(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"format": 1, "files": ["texts.safetensors"]}', encoding="utf-8")


def _cut_short(folder: Path) -> None:
    whole = (folder / TEXTS).read_bytes()
    (folder / TEXTS).write_bytes(whole[: len(whole) // 2])


def _one_bit(folder: Path) -> None:
    whole = bytearray((folder / TEXTS).read_bytes())
    whole[-3] ^= 1
    (folder / TEXTS).write_bytes(bytes(whole))


def _texts_lost(folder: Path) -> None:
    (folder / TEXTS).unlink()


def _of_a_later_format(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"format": 99}), encoding="utf-8")


DAMAGE: list[Callable[[Path], None]] = [
    shutil.rmtree,
    _garbage,
    _other_json,
    _without_files,
    _cut_short,
    _one_bit,
    _texts_lost,
    _of_a_later_format,
]


def row_of(id: str) -> Row:
    return next(row for row in OLD if row["id"] == id)


def copied() -> list[Row]:
    """Copies that come before and behind their text by id, under other titles and names."""
    texts = [OLD[n] for n in (0, 7, 14)]
    return [
        row | {"id": f"{sign}{row['id']}", "title": f"{sign}·{row['unit']}来信", "author": f"另{sign}"}
        for row in texts
        for sign in ("0", "z")
    ]


def go_on(desk: Desk, spoil: Callable[[Path], None] | None) -> list[bytes]:
    """Let documents come, be corrected and go; the cache is spoilt before every look, and nothing is in memory.

    Where there is nothing to spoil it with, all is looked at by one that has the last look in memory.
    """
    found = []

    def look() -> None:
        if spoil is None:
            found.append(told(find(desk)))
        else:
            spoil(desk.settings.home / "topics")
            with office(desk.settings.home) as anew:
                found.append(told(find(anew)))

    take(desk, NEW[:2] + copied())
    look()
    # Of some texts the first document goes, by whose title they were weighed.
    withdraw(desk, [f"0{OLD[0]['id']}", OLD[7]["id"], OLD[3]["id"]])
    look()
    take(desk, [row_of(OLD[21]["id"]) | {"title": "换了题目"}, *NEW[2:]])
    look()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, found_home: Path) -> list[bytes]:
    """What is found with a cache that nobody touches."""
    with office(shutil.copytree(found_home, tmp_path_factory.mktemp("whole") / "home")) as desk:
        return go_on(desk, lambda _: None)


@pytest.mark.parametrize("spoil", DAMAGE, ids=lambda spoil: spoil.__name__)
def test_whatever_happens_to_the_cache_no_byte_changes(
    archive: Desk, undisturbed: list[bytes], spoil: Callable[[Path], None]
) -> None:
    assert go_on(archive, spoil) == undisturbed


def test_from_memory_comes_what_would_be_read(archive: Desk, undisturbed: list[bytes]) -> None:
    find(archive)
    assert go_on(archive, None) == undisturbed


def test_what_is_in_memory_is_not_read(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    find(take(archive, NEW[:1]))
    for name in ("kept_of", "load_kept"):
        monkeypatch.setattr(kept_texts, name, None)
    monkeypatch.setattr(finding, "found_in", None)
    assert find(take(archive, NEW[1:2])).documents == len(OLD) + 2


def test_with_the_cache_only_what_is_new_is_read(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_texts, "kept_of", None)
    assert find(take(archive, NEW[:1])).documents == len(OLD) + 1


def test_the_cache_of_another_archive_whose_run_has_the_same_name_is_not_taken(
    archive: Desk, tmp_path: Path, undisturbed: list[bytes]
) -> None:
    # As many changes, on the same day, with the same models: only the documents are others.
    with office(tmp_path / "other") as other:
        swapped = [row | {"text": OLD[-1 - n]["text"]} for n, row in enumerate(OLD)]
        foreign: Found = find(take(other, swapped))
    assert foreign.run == find(archive).run

    def swap(folder: Path) -> None:
        if "foreign" not in {each.name for each in folder.iterdir()}:
            shutil.rmtree(folder)
            shutil.copytree(tmp_path / "other" / "topics", folder)

    assert go_on(archive, swap) == undisturbed


def test_all_corrected_and_the_cache_lost(archive: Desk) -> None:
    take(archive, [row | {"text": row["text"] + "特此补充说明。"} for row in OLD])
    shutil.rmtree(archive.settings.home / "topics")
    found = find(archive)
    assert found.documents == len(OLD)
    assert (found.now, found.ground) == (NOW, found.base)
