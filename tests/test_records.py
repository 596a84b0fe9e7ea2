"""Records are what they say, and the demo corpus is made of them."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter

import pytest
from pydantic import ValidationError

from tests import corpus
from xiansuo import artefacts
from xiansuo.records import (
    Document,
    Filter,
    Kind,
    Labelled,
    Level,
    Part,
    Relation,
    Section,
    Team,
    WorkTheme,
    document_schema,
)

MANY = dict.fromkeys(Relation, 8)


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {row["id"]: Document.model_validate(row) for row in corpus.rows("documents.jsonl")}


def themes() -> list[dict[str, str]]:
    with (artefacts.corpus() / "themes-2026.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_document_of_the_demo_is_valid_and_has_its_own_id(documents: dict[str, Document]) -> None:
    assert len(documents) == len(corpus.rows("documents.jsonl"))
    for id, document in documents.items():
        assert document.model_dump(mode="json", exclude_defaults=True) == corpus_row(id)


def corpus_row(id: str) -> dict[str, object]:
    row = next(row for row in corpus.rows("documents.jsonl") if row["id"] == id)
    defaults = {"kind": "submission"}
    return {key: value for key, value in row.items() if value not in ("", [], None) and defaults.get(key) != value}


def test_the_demo_is_as_varied_as_an_office(documents: dict[str, Document]) -> None:
    dated = [document.date for document in documents.values() if document.date]
    months = {(date.year, date.month) for date in dated}
    matters = {row["matter"] for row in corpus.rows("gold/matters.jsonl") if row["matter"].startswith("M")}
    assert len(documents) >= 300
    assert len(months) == 24
    assert max(dated) < dt.date(2026, 11, 1)
    assert len({document.unit for document in documents.values() if document.unit}) >= 25
    assert {document.team for document in documents.values() if document.team} == set(Team)
    assert {document.kind for document in documents.values()} == set(Kind)
    assert len(matters) >= 15


def test_every_relation_is_planted_several_times() -> None:
    counted = Counter(row["relation"] for row in corpus.rows("gold/pairs.jsonl"))
    assert not {relation.value for relation, least in MANY.items() if counted[relation.value] < least}


def test_labels_speak_of_documents_that_exist(documents: dict[str, Document]) -> None:
    pairs = corpus.rows("gold/pairs.jsonl") + corpus.rows("gold/unlike.jsonl")
    named = {row[side] for row in pairs for side in "ab"}
    named |= {row["id"] for name in ("matters", "sections") for row in corpus.rows(f"gold/{name}.jsonl")}
    assert named <= set(documents)
    assert {row["id"] for row in corpus.rows("gold/matters.jsonl")} == set(documents)
    for row in pairs:
        earlier, later = documents[row["a"]].date, documents[row["b"]].date
        assert row["a"] != row["b"]
        assert row["relation"] == "distinct" or earlier is None or later is None or earlier <= later, row


def test_pairs_that_are_unlike_have_no_theme_in_common() -> None:
    theme = {row["id"]: row["theme"] for row in corpus.rows("gold/matters.jsonl")}
    unlike = corpus.rows("gold/unlike.jsonl")
    assert {row["relation"] for row in unlike} == {"distinct"}
    assert all(theme[row["a"]] != theme[row["b"]] for row in unlike)
    known = {(row["a"], row["b"]) for row in corpus.rows("gold/pairs.jsonl")}
    assert not known & {(row["a"], row["b"]) for row in unlike}


def test_merged_drafts_hold_an_earlier_text_whole(documents: dict[str, Document]) -> None:
    for row in corpus.rows("gold/merged.jsonl"):
        assert row["relation"] == "copy"
        assert documents[row["a"]].text in row["b"]["text"] != documents[row["a"]].text


def test_labelled_sections_stand_in_their_texts(documents: dict[str, Document]) -> None:
    for row in corpus.rows("gold/sections.jsonl"):
        for part in Part:
            for piece in (row.get(part.value) or "").split("\n"):
                assert piece.strip() in documents[row["id"]].text, (row["id"], part)


def test_every_theme_quotes_the_work_report() -> None:
    report = "".join((artefacts.corpus() / "work-report-2026.txt").read_text(encoding="utf-8").split())
    rows = themes()
    assert 12 <= len(rows) <= 20
    assert len({row["编号"] for row in rows}) == len(rows)
    for row in rows:
        assert "".join(row["原文条款"].split()).rstrip("。；") in report, row["名称"]
    labelled = {row["theme"] for row in corpus.rows("gold/matters.jsonl") if row["theme"]}
    assert labelled <= {row["编号"] for row in rows}


def test_the_shipped_schema_is_the_one_of_the_records() -> None:
    path = artefacts.corpus() / "document.schema.json"
    expected = json.dumps(document_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    how = (
        "python -c 'import json; from xiansuo.records import document_schema as schema; "
        "print(json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True))' > corpus/document.schema.json"
    )
    assert path.read_text(encoding="utf-8") == expected, f"write it again: {how}"


def test_records_are_frozen() -> None:
    document = Document(id="甲-01", title="路灯坏了", text="巷口路灯坏了三个月。")
    with pytest.raises(ValidationError):
        document.title = "另一个题目"  # type: ignore[misc]


@pytest.mark.parametrize(
    "values",
    [
        {"title": "路灯坏了", "text": "坏了。"},
        {"id": "", "title": "路灯坏了", "text": "坏了。"},
        {"id": "甲-01", "title": " ", "text": "坏了。"},
        {"id": "甲-01", "title": "路灯坏了", "text": "坏了。", "phone": "123"},
        {"id": "甲-01", "title": "路灯坏了", "text": "坏了。", "kind": "letter"},
        {"id": "甲-01", "title": "路灯坏了", "text": "坏了。", "adoptions": [{"level": "街道"}]},
    ],
)
def test_what_is_no_document_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Document.model_validate(values)


def test_a_theme_weighs_something_and_a_section_runs_forwards() -> None:
    with pytest.raises(ValidationError):
        WorkTheme(id="T1", name="养老服务", weight=0)
    with pytest.raises(ValidationError):
        Section(part=Part.CAUSES, start=5, end=4)


def test_the_digest_is_of_the_contents_not_of_the_file() -> None:
    document = Document(id="甲-01", title="路灯坏了", text="巷口路灯坏了三个月。", source="a.docx")
    assert document.digest == document.model_copy(update={"source": "b.docx"}).digest
    assert document.digest != document.model_copy(update={"unit": "城关区政协"}).digest


def test_every_word_has_a_chinese_label() -> None:
    for words in Labelled.__subclasses__():
        labels = [word.label for word in words]
        assert len(set(labels)) == len(labels)
        assert all("\u4e00" <= label[0] <= "\u9fff" for label in labels)
    assert Level.PROVINCE.label == "省级"


def test_an_empty_filter_filters_nothing() -> None:
    assert not Filter()
    assert Filter(years=(2026,))
