"""Run one kind of evaluation: predictions into a file, scores back."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from xiansuo.dedup.examples import write_examples
from xiansuo.desk.importing import import_path
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.themes import import_themes
from xiansuo.errors import InputError
from xiansuo.evaluate import duplicates, lookups, pairs, recommending, sections, topics
from xiansuo.evaluate.cases import field, read_cases, record, write_lines
from xiansuo.evaluate.examples import examples_of
from xiansuo.evaluate.home import throw_away_home
from xiansuo.ingest.reading import read_file
from xiansuo.records import Document
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


def evaluate_recommend(
    data: Path,
    *,
    settings: Settings,
    now: dt.datetime,
    until: dt.date,
    tops: Sequence[int] = (20,),
    themes: Sequence[Path] = (),
    labels: Path | None = None,
    predictions: Path | None = None,
    adapt: bool = True,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Make prompts from what is dated before a day, in a home that is thrown away, and hold them against what came.

    :param data: dated documents, in any format that can be imported; what has no date is left out.
    :param until: the first day that the prompts do not know of.
    :param tops: so many of each list are scored; the lists are as long as the greatest.
    :param themes: lists of work themes or work reports; of these the one in force counts.
    :param labels: matters that people found in the documents, see `recommending.labelled`; the service's own topics
        are taken where there are none, and `matters` in the result says which of both it was.
    :raises InputError: a file cannot be read, or nothing is dated before or after the day.
    """
    matters = read_cases(labels) if labels else []
    found = [each.document for each in read_file(data, kind=None, now=now.date()).found]
    before = [_as_known(each, until) for each in found if each.date is not None and each.date < until]
    later = [each for each in found if each.date is not None and each.date >= until]
    if not before or not later:
        when = "之前" if not before else "以后"
        raise InputError(f"{data.name} 里没有 {until} {when}的材料。", advice="请换一个日期，或换一份带日期的材料。")
    eve = dt.datetime.combine(until - dt.timedelta(days=1), dt.time(12), dt.UTC)
    with throw_away_home(settings, [], _told(before), now=eve, adapt=adapt, progress=progress) as desk:
        for path in themes:
            import_themes(desk, path)
        lists = recommending.propose(desk, now=eve.date(), top=max(tops))
        if labels:
            matter_of = recommending.labelled(matters, labels)
        else:
            file = desk.settings.home.parent / "later.jsonl"
            file.write_text("".join(json.dumps(each) + "\n" for each in _told(later)), encoding="utf-8")
            last = max(each.date for each in later if each.date is not None)
            end = dt.datetime.combine(last, dt.time(12), dt.UTC)
            import_path(desk, file, now=end, progress=progress)
            matter_of = recommending.own_matters(desk, now=last)
    if predictions is not None:
        write_lines(predictions, recommending.lines(lists))
    return {"matters": "labels" if labels else "own topics", **recommending.score(lists, matter_of, later, tops)}


def _as_known(document: Document, until: dt.date) -> Document:
    """Take away what became of a document on the day or later, and what nobody dated."""

    def known(date: dt.date | None) -> bool:
        return date is not None and date < until

    return document.model_copy(
        update={
            name: tuple(each for each in getattr(document, name) if known(each.date))
            for name in ("adoptions", "instructions", "replies")
        }
    )


def _told(documents: Sequence[Document]) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json", exclude={"source"}) for each in documents]
