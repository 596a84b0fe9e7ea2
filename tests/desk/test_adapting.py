"""The encoder learns the archive where that proves better, and only there; there is a way back."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests import corpus, matters
from tests.letters import letters as make
from xiansuo.desk import models
from xiansuo.desk.adapting import ENOUGH, advice, learn, unlearn
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.looking import lookup
from xiansuo.desk.proof import Questions, by_chance, prove, questions, shipped_pairs
from xiansuo.errors import InputError, ModelError
from xiansuo.settings import Settings
from xiansuo.store import runs, state, vectors

from .conftest import told

NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
FILE = "documents.jsonl"


class Broken(Exception):
    """Stands for a closed window or a power cut."""


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo corpus and a small encoder that has tried to learn it once."""
    home = tmp_path_factory.mktemp("learnt")
    make(home / "models" / "letters", corpus.texts(), seed=1)
    with Desk(Settings(home=home, encoder="letters")) as desk:
        import_path(desk, models.artefacts.corpus() / FILE, now=NOON)
        shutil.copytree(home, home.with_name("plain"))
        learn(desk, now=NOON)
    return home


@pytest.fixture
def after(learnt: Path, tmp_path: Path) -> Settings:
    return Settings(home=Path(shutil.copytree(learnt, tmp_path / "after")))


@pytest.fixture
def plain(learnt: Path, tmp_path: Path) -> Settings:
    """The same archive before."""
    return Settings(home=Path(shutil.copytree(learnt.with_name("plain"), tmp_path / "plain")))


def used(desk: Desk) -> tuple[str, str, list[str]]:
    """Name and id of the encoder in use, and whose vectors there are."""
    with desk.database.read() as connection:
        ids = [state.get(connection, key) or "" for key in (state.ENCODER, state.ENCODER_ID)]
        return ids[0], ids[1], list(vectors.counts(connection))


def test_what_proves_better_is_used_and_the_archive_read_again(after: Settings) -> None:
    with Desk(after) as desk:
        name, id, read = used(desk)
        assert name.startswith("letters-adapted-")
        assert read == [id] == [desk.encoder.id]
        assert lookup(desk, corpus.rows(FILE)[0]["title"]).answered
        with desk.database.read() as connection:
            (kept,) = runs.latest(connection, "adapt")
    result = kept["result"]
    assert result["adopted"]
    assert result["read_again"] == result["documents"] == len(corpus.rows(FILE))
    assert result["held_out"] == len(corpus.rows(FILE)) // 5
    before, now = (result["proof"][side]["finding"] for side in ("before", "after"))
    assert all(now[kind]["mrr"] > before[kind]["mrr"] for kind in before)
    assert result["proof"]["gain"] > 2 * result["proof"]["error"] > 0
    assert result["proof"]["after"]["auc"] >= result["proof"]["before"]["auc"] - 0.01


def test_nothing_but_the_encoder_and_its_card_is_left_in_the_home(after: Settings) -> None:
    with Desk(after) as desk:
        name, _, _ = used(desk)
    assert sorted(path.name for path in after.home.iterdir()) == [
        ".adapting.lock",
        ".index.lock",
        "index",
        "models",
        "xiansuo.db",
    ]
    assert sorted(path.name for path in (after.home / "models").iterdir()) == ["letters", name]
    card = (after.home / "models" / name / "card.md").read_text(encoding="utf-8")
    for word in ("凭标题找正文", "AUC", "--undo", "2026-11-01", "72 篇留出"):
        assert word in card
    assert not any(row["title"] in card or row["text"][:20] in card for row in corpus.rows(FILE))


def test_a_switch_broken_off_leaves_the_old_answers_and_another_try_gives_the_same_encoder(
    plain: Settings, after: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_BATCH", 100)
    steps: list[tuple[str, int, int]] = []

    def stop(stage: str, done: int, total: int) -> None:
        steps.append((stage, done, total))
        if stage == "重算向量":
            raise Broken

    with Desk(after) as desk, Desk(plain) as other:
        before = used(other)[:2]
        with pytest.raises(Broken):
            learn(other, now=NOON, progress=stop)
        assert used(other)[:2] == before
        assert not list(plain.home.glob(".adapting-*"))
        done = learn(other, now=NOON, progress=lambda *step: steps.append(step))
        assert done.encoder == used(desk)[1]
        assert done.card is not None
        assert told(lookup(other, "集卡排队")) == told(lookup(desk, "集卡排队"))
    stages = list(dict.fromkeys(stage for stage, _, _ in steps))
    assert stages == ["读材料", "训练", "比较前后", "重算向量", "更新索引"]
    for stage in stages:
        (last,) = [step for step in steps if step[0] == stage][-1:]
        assert last[1] == last[2]


def test_one_command_leads_back(after: Settings, plain: Settings) -> None:
    with Desk(plain) as desk:
        before = used(desk)
    with Desk(after) as desk:
        back = unlearn(desk, now=NOON)
        assert used(desk) == before
        assert back.documents == len(corpus.rows(FILE))
        with pytest.raises(InputError, match="没有学习过"):
            unlearn(desk, now=NOON)


def test_training_broken_off_leaves_nothing(plain: Settings) -> None:
    def stop(stage: str, _done: int, _total: int) -> None:
        if stage == "训练":
            raise Broken

    with Desk(plain) as desk:
        before = used(desk)
        with pytest.raises(Broken):
            learn(desk, now=NOON, progress=stop)
        assert used(desk) == before
    assert sorted(path.name for path in plain.home.iterdir()) == [
        ".adapting.lock",
        ".index.lock",
        "index",
        "models",
        "xiansuo.db",
    ]
    assert [path.name for path in (plain.home / "models").iterdir()] == ["letters"]


def test_texts_from_which_nothing_follows_change_nothing(tmp_path: Path) -> None:
    """Characters drawn by lot: no title tells anything of its body, so no encoder can find it better than by luck."""
    characters = sorted(set("".join(corpus.texts())) - set(" \n，。；：、！？“”（）《》"))
    draw = np.random.default_rng(5)
    rows = [
        {"id": f"乱-{i:03}", "title": "".join(draw.choice(characters, 8)), "text": _babble(draw, characters)}
        for i in range(ENOUGH)
    ]
    make(tmp_path / "models" / "letters", ["".join(characters)], seed=1)
    with Desk(Settings(home=tmp_path, encoder="letters")) as desk:
        import_path(desk, matters.write(tmp_path / "乱.jsonl", rows), now=NOON)
        before = used(desk)
        done = learn(desk, now=NOON)
        assert not done.adopted
        assert done.card is None
        assert "没有可靠地变好" in done.proof.reason
        assert (done.encoder, done.read_again) == (before[1], 0)
        assert used(desk) == before
        assert advice(desk) == ""
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["letters"]
    assert not list(tmp_path.glob(".adapting-*"))


def _babble(draw: np.random.Generator, characters: Sequence[str]) -> str:
    return "".join("".join(draw.choice(characters, 12)) + "。" for _ in range(4))


class Coordinates:
    """Reads shipped texts as one direction each, or all as one; numbers as angles."""

    dimension = 3

    def __init__(self, id: str, *, skilled: bool, off: float) -> None:
        self.id, self.skilled, self.off = id, skilled, off
        self.group = {}
        for place, (a, b, label, _) in enumerate(shipped_pairs()):
            if label:
                for text in (a, b):
                    self.group.setdefault(text, place)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        angles = [self._angle(text) for text in texts]
        return np.array([[np.cos(a), np.sin(a), 0] for a in angles], dtype=np.float32)

    def _angle(self, text: str) -> float:
        kind, _, number = text.partition(":")
        if kind in ("问", "答"):
            return float(number) * 0.1 + (self.off if kind == "问" else 0)
        return float(self.group.get(text, len(text))) if self.skilled else 1.0


ASKED = {"halves": Questions([f"问:{i}" for i in range(30)], list(range(30)), [f"答:{i}" for i in range(30)])}


def test_better_on_the_archive_but_worse_elsewhere_is_not_adopted() -> None:
    weak, strong = Coordinates("a@0", skilled=True, off=0.32), Coordinates("b@0", skilled=False, off=0.0)
    proof = prove(weak, strong, ASKED)
    assert proof.after.finding["halves"].mrr == 1.0 > proof.before.finding["halves"].mrr
    assert proof.after.auc < proof.before.auc - 0.01
    assert not proof.better
    assert "变差" in proof.reason


def test_better_on_the_archive_and_no_worse_elsewhere_is_adopted() -> None:
    weak, strong = Coordinates("a@0", skilled=True, off=0.32), Coordinates("b@0", skilled=True, off=0.0)
    assert prove(weak, strong, ASKED).better
    assert not prove(strong, weak, ASKED).better
    assert not prove(strong, strong, ASKED).better


def test_what_is_held_out_depends_on_ids_alone() -> None:
    ids = [f"S-{i}" for i in range(40)]
    assert by_chance(ids) == by_chance(ids[::-1])
    assert by_chance(ids) != ids
    pieces = {id: {"halves": (f"前{id}", f"后{id}")} for id in ids}
    asked = questions(pieces, set(ids[3:5]))
    assert asked["halves"].asked == ["前S-3", "前S-4"]
    assert [asked["halves"].pool[place] for place in asked["halves"].wanted] == ["后S-3", "后S-4"]
    assert len(asked["halves"].pool) == 40


def test_an_archive_that_is_too_small_says_so(office: Desk, letters: Path) -> None:
    import_path(office, letters, now=NOON)
    with pytest.raises(InputError, match="只有 6 篇材料，不足 300 篇"):
        learn(office, now=NOON)
    assert advice(office) == ""


def test_an_encoder_that_is_not_static_says_so(office: Desk, tmp_path: Path) -> None:
    rows = [{"id": f"短-{i}", "title": f"第{i}号路灯不亮", "text": f"第{i}号路灯坏了。请修好。"} for i in range(ENOUGH)]
    import_path(office, matters.write(tmp_path / "短.jsonl", rows), now=NOON)
    with pytest.raises(ModelError, match="不是静态编码器"):
        learn(office, now=NOON)


def test_learning_is_offered_until_it_was_tried(plain: Settings, after: Settings) -> None:
    with Desk(plain) as desk:
        assert "xiansuo models adapt" in advice(desk)
        assert f"{len(corpus.rows(FILE))} 篇" in advice(desk)
    with Desk(after) as desk:
        assert advice(desk) == ""
        rows = [{**row, "id": f"又-{row['id']}", "text": row["text"] + str(i)} for i, row in enumerate(_rows())]
        import_path(desk, matters.write(after.home.parent / "又.jsonl", rows), now=NOON)
        assert "xiansuo models adapt" in advice(desk)


def _rows() -> list[dict[str, object]]:
    text = (models.artefacts.corpus() / FILE).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
