"""A cache is whole or none: verified when it is read, replaced in one move."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from xiansuo.index.cache import manifest_of, replace_folder


def write(folder: Path, text: str = "内容") -> None:
    replace_folder(folder, {"format": 1}, lambda new: (new / "一").write_text(text, encoding="utf-8") and None)


def read(folder: Path) -> str:
    return (folder / "一").read_text(encoding="utf-8")


def test_a_cache_is_written_with_what_is_told_and_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "深" / "cache"
    write(folder)
    first = manifest_of(folder)
    assert first is not None
    assert (first["format"], set(first["files"])) == (1, {"一"})
    (folder / "旧").write_text("多余", encoding="utf-8")
    write(folder, "新内容")
    assert read(folder) == "新内容"
    assert {path.name for path in folder.iterdir()} == {"一", "manifest.json"}
    assert [path.name for path in folder.parent.iterdir()] == ["cache"]
    assert manifest_of(folder) != first


@pytest.mark.parametrize(
    "manifest", ["[]", "null", '"一"', "3", "{}", '{"files": []}', '{"files": null}', '{"files": {"一": 7}}']
)
def test_what_is_no_manifest_is_none(tmp_path: Path, manifest: str) -> None:
    write(tmp_path / "cache")
    (tmp_path / "cache" / "manifest.json").write_text(manifest, encoding="utf-8")
    assert manifest_of(tmp_path / "cache") is None


def test_a_changed_file_is_noticed_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    write(folder)
    (folder / "一").write_text("内容。", encoding="utf-8")
    assert manifest_of(folder) is None
    (folder / "一").unlink()
    with pytest.raises(OSError, match="一"):
        manifest_of(folder)


@pytest.mark.parametrize("manifest", [b"", b"{", b"\xff\xfe"])
def test_a_manifest_that_cannot_be_read_is_an_error_callers_know(tmp_path: Path, manifest: bytes) -> None:
    write(tmp_path / "cache")
    (tmp_path / "cache" / "manifest.json").write_bytes(manifest)
    with pytest.raises(ValueError, match=r"codec|Expecting"):
        manifest_of(tmp_path / "cache")


def test_a_write_that_fails_leaves_the_old_one_and_no_rest(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    write(folder)

    def broken(new: Path) -> None:
        (new / "一").write_text("半", encoding="utf-8")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        replace_folder(folder, {}, broken)
    assert read(folder) == "内容"
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


@pytest.mark.parametrize("number", [errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT])
def test_another_programs_cache_in_its_place_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    folder = tmp_path / "cache"
    write(folder, "别人的")

    def rename(*_: object) -> None:
        raise OSError(number, "在此期间")

    monkeypatch.setattr(Path, "rename", rename)
    write(folder, "自己的")
    assert read(folder) == "别人的"
    assert manifest_of(folder) is not None


def test_a_full_disk_is_not_taken_for_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(*_: object) -> None:
        raise OSError(errno.ENOSPC, "满")

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="满"):
        write(tmp_path / "cache")


def test_the_manifest_says_what_it_was_told_for_people_to_read(tmp_path: Path) -> None:
    write(tmp_path / "cache")
    told = json.loads((tmp_path / "cache" / "manifest.json").read_text(encoding="utf-8"))
    assert list(told) == sorted(told)
