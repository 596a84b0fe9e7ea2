"""Run one kind of evaluation: predictions into a file, scores back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from xiansuo.dedup.examples import write_examples
from xiansuo.desk.progress import Progress, silent
from xiansuo.evaluate import duplicates, lookups, pairs, sections, topics
from xiansuo.evaluate.cases import field, read_cases, record, write_lines
from xiansuo.evaluate.examples import examples_of
from xiansuo.evaluate.home import throw_away_home
from xiansuo.settings import Settings

What = Literal["duplicates", "pairs", "sections", "lookup"]


def evaluate(
    what: What,
    data: Path,
    *,
    settings: Settings,
    now: dt.datetime,
    archives: Sequence[Path] = (),
    predictions: Path | None = None,
    examples: Path | None = None,
    adapt: bool = True,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Run the service on labelled data in a home that is thrown away.

    :param archives: files that are imported first.
    :param predictions: where to write one line a case.
    :param examples: where to write the numbers of labelled pairs, without their texts, for `calibrating`.
    :param adapt: let the encoder learn the archives first.
    :return: the scores.
    :raises InputError: a file cannot be read or a case lacks a field.
    """
    cases = read_cases(data)
    if what == "sections":
        lines = sections.predict(cases, data)
        scores = sections.score(cases, lines)
    else:
        brought = [record(case, "a", data) for case in cases] if what == "duplicates" else []
        for each in brought:
            field(each, "id", data)
        with throw_away_home(settings, archives, brought, now=now, adapt=adapt, progress=progress) as desk:
            if what == "duplicates":
                lines = duplicates.predict(desk, cases, data, now=now, progress=progress)
                scores = duplicates.score(cases, lines)
            elif what == "pairs":
                lines = pairs.predict(desk, cases, data, progress=progress)
                scores = pairs.score(cases, lines)
            else:
                lines = lookups.predict(desk, cases, data, progress=progress)
                scores = lookups.score(cases, lines)
            if examples is not None and what != "lookup":
                write_examples(examples_of(desk, cases, data, progress=progress), examples)
    if predictions is not None:
        write_lines(predictions, lines)
    return scores


def evaluate_topics(
    data: Path,
    *,
    settings: Settings,
    now: dt.datetime,
    labels: Path | None = None,
    predictions: Path | None = None,
    adapt: bool = True,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Find the topics of documents in a home that is thrown away.

    :param data: the documents, in any format that can be imported.
    :param labels: matters that people found in them, see `topics.score`; without them nothing but counts is told.
    :raises InputError: a file cannot be read.
    """
    matters = read_cases(labels) if labels else []
    with throw_away_home(settings, [data], now=now, adapt=adapt, progress=progress) as desk:
        lines = topics.predict(desk, now=now.date())
    if predictions is not None:
        write_lines(predictions, lines)
    if labels:
        return topics.score(matters, lines, labels)
    states = Counter(line["state"] for line in lines[:-1])
    return {"documents": len(lines) - 1, "topics": len(lines[-1]["topics"]), "states": dict(sorted(states.items()))}
