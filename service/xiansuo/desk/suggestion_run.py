"""How an answer to `suggest` is named: after all that it was made from, so that two answers never bear one name."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from xiansuo.desk.clue_batch import ClueBatch
from xiansuo.desk.desk import Desk
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.standing import Standing
from xiansuo.records import WorkTheme
from xiansuo.store import runs


def run_named(
    desk: Desk,
    asked: Mapping[str, Any],
    batch: ClueBatch,
    listed: Sequence[WorkTheme],
    standing: Standing,
    weights: Weights,
) -> str:
    """Name the answer to what is asked.

    :param asked: words and limits of the question.
    :param listed: the newest list of themes, in force or not: the answer says where it has not begun.
    :param standing: how earlier prompts stand for who asks.
    """
    own = desk.own_weights("lookup")
    inputs = {
        **asked,
        "seq": batch.seq,
        "batch": _digest(batch.key),
        "themes": _digest([theme.model_dump_json() for theme in listed]),
        "standing": _digest(standing.told()),
        "weights": _digest(weights),
    }
    models = {
        "encoder": desk.encoder.id,
        "lexicon": desk.words.digest,
        # Only free words are looked up; what comes with the software needs no name.
        "lookup": _digest(own.read_bytes()) if asked["wish"] and own.is_file() else "",
    }
    return runs.run_id("suggest", inputs, models, dt.datetime.combine(batch.now, dt.time(), dt.UTC))


def _digest(told: object) -> str:
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
