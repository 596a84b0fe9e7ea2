"""The backtest sees nothing of the future, counts as a referee counts, and its lists come from the same topics."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo import artefacts
from xiansuo.errors import InputError
from xiansuo.evaluate.recommending import LISTS, Proposed, labelled, score
from xiansuo.evaluate.run import evaluate_recommend
from xiansuo.records import Document
from xiansuo.settings import Settings

from .labelled import read

UNTIL = dt.date(2026, 5, 1)


def proposed(*evidence: str) -> Proposed:
    return Proposed(evidence[0], evidence[0], evidence, "", 1.0, np.ones(2, np.float32))


def came(*ids: str, adopted: bool = False) -> list[Document]:
    told = [{"level": "city", "date": "2026-06-01"}] if adopted else []
    return [Document(id=id, title="题", text="文", adoptions=tuple(told)) for id in ids]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("backtest")
    out = folder / "预测.jsonl"
    scores = evaluate_recommend(
        artefacts.corpus() / "documents.jsonl",
        settings=Settings(home=folder / "home"),
        now=NOON,
        until=UNTIL,
        tops=(5, 20),
        themes=[artefacts.corpus() / f"themes-{year}.csv" for year in (2025, 2026)],
        labels=artefacts.corpus() / "gold" / "matters.jsonl",
        predictions=out,
        adapt=False,
    )
    return scores, read(out)


def test_nothing_of_the_future_is_in_any_list(ran: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    when = {row["id"]: row["date"] for row in corpus.rows("documents.jsonl")}
    for line in ran[1]:
        assert line["evidence"] or line["list"] == "prompts"
        assert all(when[id] < UNTIL.isoformat() for id in line["evidence"])


def test_every_list_is_ranked_without_gaps(ran: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    for name in LISTS:
        ranks = [line["rank"] for line in ran[1] if line["list"] == name]
        assert ranks == list(range(1, len(ranks) + 1))
        assert len(ranks) == ran[0]["top_20"][name]["proposals"] > 5


def test_plain_lists_are_of_the_topics_that_prompts_are_made_of(
    ran: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    lines = ran[1]
    topics = {tuple(line["evidence"]) for line in lines if line["list"] != "prompts"}
    shared = [line for line in lines if line["list"] == "prompts" and tuple(line["evidence"]) in topics]
    assert len(shared) * 2 > sum(line["list"] == "prompts" for line in lines)


def test_a_hit_is_counted_as_a_referee_counts(ran: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    matter = {row["id"]: row["matter"] for row in corpus.rows("gold/matters.jsonl")}
    later = [matter[row["id"]] for row in corpus.rows("documents.jsonl") if row["date"] >= UNTIL.isoformat()]
    assert ran[0]["later_documents"] == len(later)
    for name in LISTS:
        told = set()
        for line in [line for line in ran[1] if line["list"] == name][:5]:
            votes = Counter(matter[id] for id in line["evidence"])
            if votes:
                told.add(min(votes, key=lambda each: (-votes[each], each)))
        assert ran[0]["top_5"][name]["hit"] == round(sum(each in told for each in later) / len(later), 4)


def test_matters_said_twice_count_once_and_are_told() -> None:
    lists = {name: [proposed("a1", "a2"), proposed("a3"), proposed("b1", "a1", "b2")] for name in LISTS}
    matter = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "x": "a", "y": "b", "z": "c"}
    told = score(lists, matter, [*came("x", "z"), *came("y", adopted=True)], (2, 3))
    assert told["top_2"]["prompts"] | {"similarity": 0} == {
        "proposals": 2, "hit": 0.3333, "hit_adopted": 0.0, "repeats": 1, "novelty": 1.0, "similarity": 0
    }  # fmt: skip
    assert (told["top_3"]["latest"]["hit"], told["top_3"]["latest"]["hit_adopted"]) == (0.6667, 1.0)


def test_labels_are_read_by_matter_and_by_document() -> None:
    here = Path("标注.jsonl")
    by_matter = labelled([{"topic_id": "m", "ids": [1, "2"]}], here)
    by_document = labelled([{"id": "1", "matter": "m"}, {"id": "2", "matter": "m"}], here)
    assert by_matter == by_document == {"1": "m", "2": "m"}


def test_without_labels_the_own_topics_are_taken_and_it_is_said(tmp_path: Path) -> None:
    rows = [row for row in corpus.rows("documents.jsonl") if "2026-03" <= row["date"] < "2026-08"]
    data = matters.write(tmp_path / "材料.jsonl", rows)
    told = evaluate_recommend(data, settings=Settings(home=tmp_path / "home"), now=NOON, until=UNTIL, adapt=False)
    assert told["matters"] == "own topics"
    assert 0 < told["later_documents"] <= sum(row["date"] >= "2026-05" for row in rows)


def test_a_day_without_past_or_future_is_refused(tmp_path: Path) -> None:
    data = matters.write(tmp_path / "材料.jsonl", corpus.rows("documents.jsonl")[:3])
    for day in (dt.date(2000, 1, 1), dt.date(2090, 1, 1)):
        with pytest.raises(InputError, match="材料"):
            evaluate_recommend(data, settings=Settings(home=tmp_path / "home"), now=NOON, until=day)
