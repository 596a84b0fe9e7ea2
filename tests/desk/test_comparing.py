"""One pair is judged as a check would judge it, and boilerplate brings no two texts together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.desk.checking import check
from xiansuo.desk.comparing import Text, judge_pair, pair_features, stored_text
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.report import Match
from xiansuo.errors import NotFound
from xiansuo.ingest.redact import redact
from xiansuo.records import Kind, Relation
from xiansuo.settings import Settings

from .stock import LETTERS

TAKEN_OVER = {Relation.COPY, Relation.TEMPLATE_SWAP}


def pairs(relation: Relation) -> list[tuple[str, str]]:
    return [(row["b"], row["a"]) for row in corpus.rows("gold/pairs.jsonl") if row["relation"] == relation.value]


def found(desk: Desk, id: str, earlier: str) -> Match | None:
    """Check a document of the archive as if it came anew."""
    text = stored_text(desk, id)
    report = check(desk, text.title, text.body, now=NOON, leave_out=(id,), unit=text.unit, date=text.date)
    return next((match for match in report.matches if match.facts.id == earlier), None)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An archive of letters that share their opening and closing sentences, each about a matter of its own."""
    folder = tmp_path_factory.mktemp("stock")
    with Desk(Settings(home=folder / "home")) as desk:
        import_path(desk, matters.write(folder / "来稿.jsonl", LETTERS), now=NOON)
        yield desk


def as_text(row: dict[str, Any]) -> Text:
    return Text(row["title"], row["text"])


def test_a_text_is_a_copy_of_itself(demo: Desk) -> None:
    for row in corpus.rows("documents.jsonl")[::40]:
        text = stored_text(demo, row["id"])
        made = judge_pair(demo, text, text)
        assert (made.relation, made.status) == (Relation.COPY, "confirmed"), row["id"]
        first = check(demo, text.title, text.body, now=NOON).matches[0]
        assert first.facts.id == row["id"]
        assert first.judgement.relation is Relation.COPY
        assert first.judgement.probability > 0.8


def test_a_text_that_no_archive_holds_is_a_copy_of_itself(desk: Desk, demo: Desk) -> None:
    for row in matters.ALL:
        for archive in (desk, demo):
            assert judge_pair(archive, as_text(row), as_text(row)).relation is Relation.COPY


def test_copies_of_the_demo_are_said_to_be_taken_over(demo: Desk) -> None:
    said = []
    for id, earlier in pairs(Relation.COPY):
        match = found(demo, id, earlier)
        alone = judge_pair(demo, stored_text(demo, id), stored_text(demo, earlier))
        said.append(match is not None and {match.judgement.relation, alone.relation} <= TAKEN_OVER)
    assert (len(said), sum(said) >= 12) == (14, True)


def test_no_distinct_pair_of_the_demo_is_confirmed(demo: Desk) -> None:
    for id, earlier in pairs(Relation.DISTINCT):
        assert judge_pair(demo, stored_text(demo, id), stored_text(demo, earlier)).status == "none", (id, earlier)
        match = found(demo, id, earlier)
        assert match is None or match.judgement.status == "none"


def test_a_pair_is_judged_as_the_check_judges_it(demo: Desk) -> None:
    for relation in (Relation.COPY, Relation.SAME_MATTER, Relation.TEMPLATE_SWAP):
        for id, earlier in pairs(relation)[:3]:
            match = found(demo, id, earlier)
            alone = judge_pair(demo, stored_text(demo, id), stored_text(demo, earlier))
            assert match is not None
            # Stored vectors are kept in half precision.
            assert match.judgement.probability == pytest.approx(alone.probability, abs=0.02)
            assert match.judgement.similarity == pytest.approx(alone.similarity, abs=0.02)


def test_a_reference_has_no_matter_to_repeat(demo: Desk) -> None:
    row = next(row for row in corpus.rows("documents.jsonl") if row["kind"] == "reference")
    text = stored_text(demo, row["id"])
    assert text.kind is Kind.REFERENCE
    shares = judge_pair(demo, text, text).probabilities
    assert shares[Relation.SAME_MATTER] == shares[Relation.FOLLOW_UP] == 0


@pytest.mark.parametrize("place", range(20))
def test_letters_that_share_boilerplate_alone_are_distinct(stock: Desk, place: int) -> None:
    earlier, draft = LETTERS[place], LETTERS[place + 1]
    made = judge_pair(stock, as_text(draft), as_text(earlier))
    assert made.relation is Relation.DISTINCT, made.probabilities
    assert made.status == "none"


def test_boilerplate_says_nothing_where_the_whole_archive_holds_it(stock: Desk, desk: Desk) -> None:
    draft, earlier = as_text(LETTERS[0]), as_text(LETTERS[1])
    many, none = pair_features(stock, draft, earlier), pair_features(desk, draft, earlier)
    for name in ("copied", "letters", "nearly_same", "words", "meaning", "sentences"):
        assert many[name] < none[name], name
    for name in ("copied", "nearly_same"):
        assert many[name] < 0.1 < 0.5 < none[name], name


def test_a_letter_that_comes_again_is_a_copy_in_spite_of_its_boilerplate(stock: Desk) -> None:
    for row in LETTERS[::5]:
        report = check(stock, row["title"], row["text"], now=NOON)
        assert report.matches[0].facts.id == row["id"]
        assert report.matches[0].judgement.relation is Relation.COPY
        assert [match.facts.id for match in report.matches if match.judgement.status == "confirmed"] == [row["id"]]


def test_the_same_pair_gives_the_same_numbers_in_whatever_order_the_archive_came(stock: Desk, tmp_path: Path) -> None:
    with Desk(Settings(home=tmp_path / "other")) as other:
        for place, row in enumerate(reversed(LETTERS)):
            if place in (0, 9):
                rest = list(reversed(LETTERS))[place : 9 if place == 0 else None]
                import_path(other, matters.write(tmp_path / f"{row['id']}.jsonl", rest), now=NOON)
        for draft, earlier in zip(LETTERS[::4], LETTERS[1::4], strict=False):
            told = [pair_features(each, as_text(draft), as_text(earlier)) for each in (stock, other)]
            assert json.dumps(told[0]) == json.dumps(told[1])


def test_a_stored_text_is_what_was_imported(demo: Desk) -> None:
    row = corpus.rows("documents.jsonl")[0]
    text = stored_text(demo, row["id"])
    assert (text.title, text.body, text.unit) == (row["title"], row["text"], row["unit"])
    assert text.date == dt.date.fromisoformat(row["date"])


def test_a_text_that_is_not_there_is_named(demo: Desk) -> None:
    with pytest.raises(NotFound, match="没有编号为“无此稿”"):
        stored_text(demo, "无此稿")


def test_numbers_of_persons_are_masked_before_a_pair_is_judged(demo: Desk) -> None:
    earlier = stored_text(demo, corpus.rows("documents.jsonl")[0]["id"])
    draft = Text("巷口路灯坏了", "巷口路灯坏了三个月。联系电话13812345678。建议：尽快修好。")
    masked = Text(draft.title, redact(draft.body)[0])
    assert masked != draft
    assert pair_features(demo, draft, earlier) == pair_features(demo, masked, earlier)
