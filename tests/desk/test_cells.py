"""What would be run as a formula is not, and nothing else is changed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.desk.cells import harmless

BLANKS = ("", " ", "\u3000", "\u00a0", " \u3000 ", "\ufeff")
STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BODIES = (
    "1+1", "cmd|'/C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", "IMPORTXML(1)", "WEBSERVICE(A1)",
    'DDE("cmd";"/C calc";"x")', "A1", "2+5+cmd|' /C notepad'!'A1'", "\"\"", "[1]Sheet1!A1", "\u6c42\u548c", "0", "1e9",
)  # fmt: skip
PAYLOADS = ["".join(parts) for parts in itertools.product(BLANKS, STARTS, BODIES)]


def test_there_are_a_thousand_payloads() -> None:
    assert len(set(PAYLOADS)) >= 1_000


@pytest.mark.parametrize("start", STARTS)
def test_every_payload_begins_with_a_quote(start: str) -> None:
    for payload in PAYLOADS:
        if payload.lstrip("".join(BLANKS)).startswith(start):
            assert harmless(payload) == f"'{payload}"


@given(st.text())
def test_what_is_no_formula_stays(text: str) -> None:
    made = harmless(text)
    assert made in (text, f"'{text}")
    assert made.startswith("'") or not made.lstrip("".join(BLANKS)).startswith(STARTS)


@pytest.mark.parametrize("text", ["", "关于减少=号的建议", "3-5 年", "12", "一、情况"])
def test_plain_words_stay(text: str) -> None:
    assert harmless(text) == text
