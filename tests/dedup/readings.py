"""Pairs of texts as the comparison reads them, with the stand-in encoder and words cut at punctuation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.conftest import GramEncoder
from xiansuo.dedup.features import Ground, features
from xiansuo.dedup.reading import Reading
from xiansuo.text.passages import read_passages

ENCODER = GramEncoder(dimension=256)
GROUND = Ground({}, np.zeros(256, dtype=np.float32))


def reading(title: str, body: str, *, rarity: float = 1.0, unit: str = "", date: dt.date | None = None) -> Reading:
    """Read a text; every passage says as much as `rarity` tells."""
    passages = read_passages(title, body)
    words = [re.findall(r"\w{2}", text) for text in passages.texts]
    weights = np.full(len(passages.texts), rarity)
    return Reading(passages, ENCODER.encode(passages.texts), weights, words, unit, date)


def of(row: Mapping[str, Any]) -> Reading:
    """Read one of the office's submissions."""
    return reading(row["title"], row["text"], unit=row["unit"], date=dt.date.fromisoformat(row["date"]))


def compared(draft: Mapping[str, Any], earlier: Mapping[str, Any]) -> dict[str, float]:
    """Give the numbers of a pair of the office's submissions."""
    return features(of(draft), of(earlier), GROUND)
