"""A text has one name, however it is set."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests import matters
from xiansuo.text.fingerprint import fingerprint, fingerprint_of

TITLE, BODY = matters.LIFT["title"], matters.LIFT["text"]
# The same sentence as written on the two sides of the strait.
SIMPLE, TRADITIONAL = "电梯维护没有钱，老人下不了楼。", "電梯維護沒有錢，老人下不了樓。"


@given(st.lists(st.sampled_from([" ", "　", "\n", "，", "。", "—", "\u200b"]), max_size=8), st.data())
def test_blanks_and_punctuation_change_no_name(marks: list[str], data: st.DataObject) -> None:
    changed = BODY
    for mark in marks:
        at = data.draw(st.integers(0, len(BODY)))
        changed = changed[:at] + mark + changed[at:]
    assert fingerprint(changed) == fingerprint(BODY)
    assert fingerprint_of(TITLE, changed) == fingerprint_of(TITLE, BODY)


def test_script_and_width_change_no_name() -> None:
    assert fingerprint(TRADITIONAL) == fingerprint(SIMPLE)
    assert fingerprint("共12部，Ａ区３部") == fingerprint("共１２部,A区3部")


def test_every_other_character_counts() -> None:
    assert len({fingerprint(BODY[:at] + BODY[at + 1 :]) for at, char in enumerate(BODY) if char.isalnum()}) > 100
    assert fingerprint(BODY.replace("十一部", "十二部")) != fingerprint(BODY)


def test_a_title_counts_once_wherever_it_stands() -> None:
    apart = fingerprint_of(TITLE, BODY)
    assert apart == fingerprint_of("", f"{TITLE}\n{BODY}") == fingerprint_of(TITLE, f"{TITLE}\n\n{BODY}")
    assert apart != fingerprint_of("另一个标题", BODY)
    assert fingerprint_of(BODY[:30], BODY) == fingerprint_of("", BODY) == fingerprint(BODY)
