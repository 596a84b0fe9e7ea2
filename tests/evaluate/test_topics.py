"""Topics are scored as a referee scores them, and every document has its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.errors import FileUnreadable
from xiansuo.evaluate.run import evaluate_topics
from xiansuo.evaluate.topics import score
from xiansuo.settings import Settings

from . import labelled

NAMES = {
    "labelled": "labelled_documents",
    "pairwise_f1": "pairwise_f1",
    "b3_f1": "b3_f1",
    "big_matters": "big_topics",
    "mean_best_f1_big": "mean_best_f1_big_topics",
    "big_in_hot_20": "big_topics_in_hot_list",
    "repeats_in_hot_20": "repeats_in_hot_list",
}
HERE = Path("标注.jsonl")


def matter(name: str, *ids: str, voices: int | None = None) -> dict[str, Any]:
    return {"topic_id": name, "ids": list(ids)} | ({} if voices is None else {"n_users": voices})


def lines(**topic_of: str | None) -> list[dict[str, Any]]:
    """Answers for some documents; topics in the order in which they are first named."""
    told = [{"id": id, "topic": topic, "state": "assigned"} for id, topic in topic_of.items()]
    order = list(dict.fromkeys(topic for topic in topic_of.values() if topic))
    return [*told, {"topics": [{"id": each, "name": each, "heat": 1.0, "members": []} for each in order]}]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[dict[str, Any]], Path]:
    """Find the topics of the demo corpus's first matters and score them by its gold labels."""
    folder = tmp_path_factory.mktemp("topics")
    by_matter: dict[str, list[str]] = {}
    for row in corpus.rows("gold/matters.jsonl"):
        by_matter.setdefault(row["matter"], []).append(row["id"])
    labels = [matter(name, *ids) for name, ids in by_matter.items() if name.startswith("M")]
    out = folder / "结果" / "预测.jsonl"
    scores = evaluate_topics(
        matters.write(folder / "材料.jsonl", corpus.rows("documents.jsonl")),
        settings=Settings(home=folder / "home"),
        now=NOON,
        labels=matters.write(folder / HERE, labels),
        predictions=out,
        adapt=False,
    )
    return scores, labelled.read(out), folder


def test_the_demo_corpus_is_put_together_as_its_writers_did(
    ran: tuple[dict[str, Any], list[dict[str, Any]], Path],
) -> None:
    scores, told, _ = ran
    assert scores["pairwise_f1"] > 0.6
    assert scores["b3_f1"] > 0.7
    assert scores["mean_best_f1_big"] > 0.7
    assert scores["repeats_in_hot_20"] <= 2
    assert [list(line) for line in told[:-1]] == [["id", "topic", "state"]] * (len(told) - 1)
    heats = [topic["heat"] for topic in told[-1]["topics"]]
    assert heats == sorted(heats, reverse=True)
    of = {line["id"]: line["topic"] for line in told[:-1]}
    for topic in told[-1]["topics"]:
        assert list(topic) == ["id", "name", "heat", "members"]
        assert {of[id] for id in topic["members"]} == {topic["id"]}
    assert {topic["id"] for topic in told[-1]["topics"]} == {topic for topic in of.values() if topic}


def test_the_referee_says_the_same(ran: tuple[dict[str, Any], list[dict[str, Any]], Path]) -> None:
    scores, _, folder = ran
    # The referee counts only voices that it is told of.
    labels = [row | {"n_users": len(row["ids"])} for row in labelled.read(folder / HERE)]
    told = labelled.refereed("topics", matters.write(folder / "对照.jsonl", labels), folder / "结果" / "预测.jsonl")
    for name, theirs in NAMES.items():
        assert scores[name] == pytest.approx(told[theirs], abs=6e-5), name


def test_without_labels_only_counts_are_told(tmp_path: Path) -> None:
    data = matters.write(tmp_path / "材料.jsonl", matters.ALL)
    told = evaluate_topics(data, settings=Settings(home=tmp_path / "home"), now=NOON)
    assert told["documents"] == len(matters.ALL) == sum(told["states"].values())


def test_a_perfect_answer_and_a_useless_one() -> None:
    labels = [matter("甲", "1", "2", "3", voices=9), matter("乙", "4", "5", voices=1)]
    right = score(labels, lines(**{"1": "a", "2": "a", "3": "a", "4": "b", "5": "b", "6": None}), HERE)
    assert right["pairwise_f1"] == right["b3_f1"] == right["mean_best_f1_big"] == right["big_in_hot_20"] == 1
    assert (right["big_matters"], right["labelled"], right["documents"]) == (1, 5, 6)
    alone = score(labels, lines(**dict.fromkeys("12345")), HERE)
    assert alone["pairwise_f1"] == alone["mean_best_f1_big"] == alone["big_in_hot_20"] == 0
    one = score(labels, lines(**dict.fromkeys("12345", "a")), HERE)
    assert one["pairwise_f1"] == pytest.approx(2 * 4 / (4 + 10), abs=1e-4)


def test_a_matter_that_is_hot_twice_is_a_repeat() -> None:
    labels = [matter("甲", *"123456")]
    told = score(labels, lines(**dict.fromkeys("123", "a"), **dict.fromkeys("456", "b")), HERE)
    assert told["repeats_in_hot_20"] == 1


@pytest.mark.parametrize("damage", [{"ids": "123"}, {"ids": None}])
def test_labels_that_are_none_are_told(damage: dict[str, Any]) -> None:
    with pytest.raises(FileUnreadable, match="“ids”不对"):
        score([matter("甲", "1") | damage], lines(**{"1": "a"}), HERE)
    with pytest.raises(FileUnreadable, match="缺少“topic_id”"):
        score([{"ids": ["1"]}], lines(**{"1": "a"}), HERE)
