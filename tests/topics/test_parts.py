"""Work in parts gives the answers in the parts' order."""

from __future__ import annotations

import os
import threading

import pytest

from xiansuo.topics.parts import in_parts


def test_answers_come_in_order_whichever_is_done_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    second = threading.Event()

    def work(part: int) -> int:
        # The first cannot be done before the second is.
        if part == 0:
            assert second.wait(10)
        else:
            second.set()
        return part * 10

    assert in_parts(work, range(4)) == [0, 10, 20, 30]


def test_no_parts_no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert in_parts(str, []) == []
    assert in_parts(str, [1]) == ["1"]


def test_a_single_part_is_done_at_once() -> None:
    assert in_parts(lambda _: threading.get_ident(), ["one"]) == [threading.get_ident()]


def test_what_fails_in_a_part_fails() -> None:
    with pytest.raises(ZeroDivisionError):
        in_parts(lambda part: 1 // part, range(3))
