"""Readings are made once while they are in use, and no more of them are kept than is allowed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.conftest import NOON
from xiansuo.desk import reading
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.readings import Readings
from xiansuo.store import documents
from xiansuo.text.passages import Passages


def test_a_text_is_cut_into_words_once(office: Desk, letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_path(office, letters, now=NOON)
    cut: list[str] = []
    words_of = reading.words_of

    def counted(desk: Desk, passages: Passages) -> list[list[str]]:
        cut.append(passages.texts[0])
        return words_of(desk, passages)

    monkeypatch.setattr(reading, "words_of", counted)
    with office.reading() as (connection, indexes):
        numbers = [each.number for each in documents.read(connection)]
        kept = Readings(office, np.zeros(64, dtype=np.float32), most=4)
        first = kept.of(connection, indexes, numbers[:4])
        assert kept.of(connection, indexes, numbers[:2])[numbers[0]] is first[numbers[0]]
        assert len(cut) == 4
        kept.of(connection, indexes, numbers[4:])
        again = kept.of(connection, indexes, numbers[:2])
        assert len(cut) == len(numbers), "those used last were kept"
        assert again[numbers[0]] is first[numbers[0]]
        kept.of(connection, indexes, numbers[2:4])
        assert len(cut) == len(numbers) + 2, "those unused longest were given up"
        words = {word for each in first.values() for passage in each.reading.words for word in passage}
        assert words <= kept.ground.idf.keys()
