"""Pictures for tests: the demo corpus by its categories, and drawn at random."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest
from hypothesis import strategies as st

from tests import corpus
from xiansuo.errors import FormatUnsupported
from xiansuo.export.fonts import find_font
from xiansuo.export.picture import STANDINGS, Picture, Theme, Topic


def _has_font() -> bool:
    try:
        find_font("中文")
    except FormatUnsupported:
        return False
    return True


needs_font = pytest.mark.skipif(not _has_font(), reason="no Chinese font is installed here")


def demo(topics: int, months: int = 24, *, judged: bool = True) -> Picture:
    """Return so many topics under the corpus's categories, each with the title of a text for a name."""
    rows = sorted(corpus.rows("documents.jsonl")[:topics], key=lambda row: row["category"])
    number = 0
    themes = []
    for category, members in groupby(rows, key=lambda row: row["category"]):
        found = []
        for row in members:
            found.append(_topic(number, row["title"][: 8 + number % 9], row["title"], months, judged))
            number += 1
        # The last ones stand by themselves.
        themes.append(Theme(category, category if len(themes) < 12 else "", tuple(found)))
    return Picture("本市社情民意热点", "2026-10-31", "本季", "按最近一个季度看。", tuple(themes))


def _topic(number: int, name: str, title: str, months: int, judged: bool) -> Topic:
    voices = 1 + 40 // (number + 1) + number % 5
    monthly = tuple(
        (f"{2026 - (months - m) // 12}-{(m - months) % 12 + 1:02d}", (number + m) % 4 * (m % 3)) for m in range(months)
    )
    standing = STANDINGS[number % 4] if judged else ""
    return Topic(f"t{number}", name, 9 - number / 30, voices + 2, voices, 1.5, standing, monthly, ("望潮区",), (title,))


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Draw themes, named or not, with topics of any size and of names short and long."""
    names = st.text(st.sampled_from("停车难老旧小区加装电梯abcW，（）12 "), max_size=30)
    counts = draw(st.lists(st.integers(0, 9), max_size=7))
    themes = []
    number = 0
    for place, count in enumerate(counts):
        topics = []
        for _ in range(count):
            voices = draw(st.integers(0, 300))
            standing = draw(st.sampled_from(STANDINGS))
            topics.append(Topic(f"t{number}", draw(names), float(number % 3), voices, voices, standing=standing))
            number += 1
        themes.append(Theme(f"h{place}", draw(names), tuple(topics)))
    return Picture("热点", "2026-10-31", "本季", "", tuple(themes))


def counted(picture: Picture) -> Counter[str]:
    """Count the topics of a picture by id."""
    return Counter(topic.id for theme in picture.themes for topic in theme.topics)
