"""Folders of models half made: a killed program's are removed, those of one at work stay."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.conftest import NOON
from tests.desk.job_child import worker
from xiansuo.desk import scratch


def left(home: Path) -> list[Path]:
    """What killed programs leave, in all the places where something is made."""
    made = [home / ".adapting-abc" / "runs", home / "models" / ".static-zh-xyz" / "new"]
    for each in made:
        each.mkdir(parents=True)
        (each / "weights").write_bytes(b"1")
    return [each.parent for each in made]


def test_a_worker_removes_them_when_it_starts(tmp_path: Path) -> None:
    folders = left(tmp_path)
    kept = tmp_path / "models" / "static-zh"
    kept.mkdir()
    worker(tmp_path, NOON).run(once=True)
    assert [each for each in folders if each.exists()] == []
    assert kept.is_dir()


def test_what_is_in_use_stays_until_its_program_ends(tmp_path: Path) -> None:
    with scratch.learning(tmp_path) as folder, scratch.building(tmp_path):
        build = tmp_path / "models" / ".static-zh-xyz"
        build.mkdir(parents=True)
        sweeping = threading.Thread(target=scratch.sweep, args=(tmp_path,))
        sweeping.start()
        sweeping.join(20)
        assert not sweeping.is_alive(), "nobody waits for it"
        assert folder.is_dir()
        assert build.is_dir()
    assert not folder.exists()
    scratch.sweep(tmp_path)
    assert not build.exists()


def test_who_begins_finds_a_clean_place(tmp_path: Path) -> None:
    old, half = left(tmp_path)
    with scratch.learning(tmp_path) as folder:
        assert not old.exists()
        assert list(folder.iterdir()) == []
    with scratch.building(tmp_path):
        assert not half.exists()


def test_two_learn_one_after_the_other(tmp_path: Path) -> None:
    inside, most = [0], [0]

    def learn() -> None:
        with scratch.learning(tmp_path) as folder:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            assert list(tmp_path.glob(".adapting-*")) == [folder]
            inside[0] -= 1

    several = [threading.Thread(target=learn) for _ in range(4)]
    for each in several:
        each.start()
    for each in several:
        each.join()
    assert most == [1]
