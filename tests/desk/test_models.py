"""Encoders are listed, checked and switched; at no moment is the archive without a whole set of vectors."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests import matters
from xiansuo.desk import models
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.desk.models import check_model, list_models, switch_model
from xiansuo.embed import shelf
from xiansuo.embed.sentence import save, static_module
from xiansuo.errors import HomeError, ModelMismatch, ModelMissing
from xiansuo.settings import Settings
from xiansuo.store import documents, state, vectors
from xiansuo.text.passages import read_passages

from .conftest import told


class Broken(Exception):
    """Stands for a closed window or a power cut."""


def make(folder: Path, seed: int) -> Path:
    """Make a tiny sentence-transformers folder: one random vector a character."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    characters = sorted({char for row in matters.ALL for char in row["title"] + row["text"]})
    tokenizer = Tokenizer(WordLevel({char: i for i, char in enumerate(["", *characters])}, unk_token=""))
    tokenizer.pre_tokenizer = Split("", "isolated")
    table = np.random.default_rng(seed).normal(size=(len(characters) + 1, 24)).astype(np.float32)
    save([static_module(tokenizer, table)], folder)
    return folder


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two encoders from elsewhere."""
    folder = tmp_path_factory.mktemp("elsewhere")
    make(folder / "old", 1)
    make(folder / "new", 2)
    return folder


@pytest.fixture
def archive(desk: Desk, others: Path, letters: Path, now: dt.datetime) -> Desk:
    """The office's submissions, read with the encoder `old`."""
    switch_model(desk, str(others / "old"), now=now)
    import_path(desk, letters, now=now)
    return desk


def used(desk: Desk) -> str:
    with desk.database.read() as connection:
        return state.get(connection, state.ENCODER_ID) or ""


def counts(desk: Desk) -> dict[str, int]:
    with desk.database.read() as connection:
        return vectors.counts(connection)


def answers(desk: Desk, now: dt.datetime) -> bytes:
    draft = matters.COURIER
    return told(check(desk, draft["title"], draft["text"], now=now)) + told(lookup(desk, "夜市油烟"))


def test_the_list_marks_the_one_in_use(desk: Desk, others: Path, now: dt.datetime) -> None:
    listed = {model.name: model for model in list_models(desk)}
    assert {"static-zh", "teacher-use"} <= set(listed)
    assert [name for name, model in listed.items() if model.used] == ["static-zh"]
    switch_model(desk, str(others / "new"), now=now)
    (chosen,) = [model for model in list_models(desk) if model.used]
    assert chosen.name == chosen.folder == str(others / "new")
    assert (chosen.id, chosen.dimension, chosen.built) == (desk.encoder.id, 24, True)


def test_a_damaged_byte_is_named(settings: Settings) -> None:
    try:
        shipped = shelf.find("static-zh", settings.home)
    except ModelMissing:
        pytest.skip("static-zh is not built: run `make install`")
    copy = settings.home / "models" / "static-zh"
    shutil.copytree(shipped, copy)
    assert check_model(settings, "static-zh") == []
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(5000)
        file.write(b"\x00\x01\x02")
    assert check_model(settings, "static-zh") == ["文件已损坏或被改动：model.safetensors"]


def test_a_switch_reads_the_archive_again_and_forgets_the_old_vectors(
    archive: Desk, others: Path, now: dt.datetime
) -> None:
    before = used(archive)
    done = switch_model(archive, str(others / "new"), now=now)
    assert done.documents == len(matters.ALL)
    assert used(archive) == done.id == archive.encoder.id != before
    assert counts(archive) == {done.id: len(matters.ALL)}
    assert lookup(archive, matters.TREES["title"]).hits[0].facts.id == "甲-06"


def test_a_switched_archive_opens_from_anywhere(
    archive: Desk, others: Path, now: dt.datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(others)
    switch_model(archive, "new", now=now)
    monkeypatch.chdir(tmp_path)
    with Desk(archive.settings) as again:
        assert again.encoder.id == used(archive)
        assert answers(again, now) == answers(archive, now)


def test_a_name_stays_a_name_where_a_folder_is_called_alike(
    desk: Desk, now: dt.datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "static-zh").mkdir()
    monkeypatch.chdir(tmp_path)
    switch_model(desk, "static-zh", now=now)
    assert desk.encoder_name == "static-zh"


def test_a_switch_that_is_broken_off_leaves_the_old_answers_and_goes_on_later(
    archive: Desk, others: Path, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_BATCH", 2)
    before, old = answers(archive, now), used(archive)

    def stop(_stage: str, done: int, _total: int) -> None:
        if done >= 4:
            raise Broken

    with pytest.raises(Broken):
        switch_model(archive, str(others / "new"), now=now, progress=stop)
    assert (used(archive), answers(archive, now)) == (old, before)
    assert sorted(counts(archive).values()) == [4, 6]
    with Desk(archive.settings) as again:
        assert answers(again, now) == before
    steps: list[tuple[str, int, int]] = []
    done = switch_model(archive, str(others / "new"), now=now, progress=lambda *step: steps.append(step))
    assert ("重算向量", 2, 2) in steps
    assert counts(archive) == {done.id: 6}


def test_what_was_corrected_between_two_tries_is_read_again(
    archive: Desk, others: Path, now: dt.datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_BATCH", 2)

    def stop(*_: object) -> None:
        raise Broken

    with pytest.raises(Broken):
        switch_model(archive, str(others / "new"), now=now, progress=stop)
    corrected = {**matters.LIFT, "text": matters.WATER["text"]}
    import_path(archive, matters.write(tmp_path / "更正.jsonl", [corrected]), now=now)
    done = switch_model(archive, str(others / "new"), now=now)
    with archive.database.read() as connection:
        stored = documents.by_id(connection, "甲-01")
        assert stored is not None
        (kept,) = vectors.read(connection, done.id, 24, [stored.number])
    expected = archive.encoder.encode(read_passages(corrected["title"], corrected["text"]).texts)
    assert np.array_equal(kept.matrix, expected.astype(np.float16))


def test_an_encoder_that_changed_under_its_name_is_not_used_on_old_vectors(
    archive: Desk, others: Path, tmp_path: Path, now: dt.datetime
) -> None:
    moved = tmp_path / "own"
    shutil.copytree(others / "new", moved)
    switch_model(archive, str(moved), now=now)
    shutil.rmtree(moved)
    shutil.copytree(others / "old", moved)
    with Desk(archive.settings) as again, pytest.raises(HomeError, match="不一致"):
        lookup(again, "夜市油烟")


def test_an_index_takes_no_vectors_of_another_encoder(archive: Desk) -> None:
    matrix: NDArray[np.float32] = np.ones((1, 24), dtype=np.float32)
    with archive.reading() as (_, indexes):
        with pytest.raises(ModelMismatch):
            indexes.vectors.put(99, matrix, "another@000000000000")
        with pytest.raises(ModelMismatch):
            indexes.vectors.search(matrix, 1, model="another@000000000000")


def test_an_encoder_that_is_not_there_changes_nothing(archive: Desk, now: dt.datetime) -> None:
    before = used(archive)
    with pytest.raises(ModelMissing, match="没有这个"):
        switch_model(archive, "没有这个", now=now)
    assert used(archive) == before


def test_measuring_takes_texts_and_ids(settings: Settings, others: Path, tmp_path: Path) -> None:
    texts: Sequence[Path] = [matters.write(tmp_path / "texts.jsonl", matters.ALL)]
    rows = [{"a": "甲-01", "b": id, "label": int(id == "甲-01")} for id in ("甲-01", "甲-02", "甲-03")]
    pairs = matters.write(tmp_path / "pairs.jsonl", rows)
    measured = models.measure_model(settings, str(others / "old"), pairs, texts)
    assert told(measured)
