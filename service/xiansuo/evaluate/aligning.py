"""Fit the alignment with work themes to documents whose theme is known; lists are held short in many ways for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.artefacts import WEIGHTS
from xiansuo.desk.aligning import archive_centre, weights_of
from xiansuo.desk.archive_texts import read_texts
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.theme_lists import read_list
from xiansuo.errors import InputError
from xiansuo.evaluate.calibrating import Calibration, keep_before
from xiansuo.evaluate.cases import Case, field, read_cases, wrong
from xiansuo.recommend.aligning import alignment_fit as fit
from xiansuo.recommend.aligning.alignment_fit import Listing
from xiansuo.recommend.aligning.alignment_ground import evidence_of
from xiansuo.recommend.aligning.theme_terms import terms_of
from xiansuo.recommend.texts import ReadText
from xiansuo.records import WorkTheme
from xiansuo.store.database import reporting

ENOUGH, ENOUGH_THEMES = 100, 4
"""Labelled documents, and themes they are about, from which something can be learnt and proved."""

_SHOWN = ("precision", "recall", "macro_f1", "none_right", "brier")
_SIZES = (2, 4, 7, 10, 13)
_FEWER_SIZES = (5, 10)


def calibrate_alignment(
    desk: Desk,
    labelled: Sequence[Path],
    lists: Sequence[Path],
    *,
    now: dt.datetime,
    into: Path | None = None,
    progress: Progress = silent,
) -> Calibration:
    """Fit the alignment to documents of this archive whose theme is known.

    :param labelled: JSONL with `id`, `theme` (the theme's id, null for none) and, where known, `matter`: documents on
        one matter are left out together.
    :param lists: tables of themes; the same id means the same theme in all of them, and a theme of theirs that no label
        names is left aside.
    :param into: write weights here, without a proof.
    :raises InputError: too few labels, or a file that cannot be read.
    """
    if not lists:
        raise InputError("校准与中心工作的对照要有清单。", advice="请用 --themes 给出清单，可以多次。")
    cases = {str(field(case, "id", path)): case for path in labelled for case in _cases(path)}
    texts = [text for text in read_texts(desk).values() if text.record.id in cases]
    right = [_theme(cases[text.record.id]) for text in texts]
    if len(texts) < ENOUGH or len(set(right) - {""}) < ENOUGH_THEMES or "" not in right:
        raise InputError(
            f"档案里标注了中心工作的材料有 {len(texts)} 篇，涉及 {len(set(right) - {''})} 项中心工作。",
            advice=f"要有 {ENOUGH} 篇、{ENOUGH_THEMES} 项以上，并且有不属于任何一项的，才能校准。",
        )
    listings: list[Listing] = []
    centre = archive_centre(desk, now.date())
    for path in lists:
        listings += _listings(desk, read_list(path, path.stem), texts, right, cases, centre)
        progress("对照中心工作", len(listings), len(listings))
    progress("拟合", 0, 1)
    named = {"labels": [path.name for path in labelled], "themes": [path.name for path in lists]}
    told = fit.fit(
        listings, {"date": now.date().isoformat(), "documents": len(texts), "encoder": desk.encoder.id, **named}
    )
    progress("拟合", 1, 1)
    first = listings[0]
    after = told["measured"]["matters_left_out"][first.name]
    before = {} if into else fit.figures(*fit.answered(weights_of(desk), first), first.truth)
    folder = into or desk.own_weights("alignment").parent
    better = not into and after["brier"] < before["brier"]
    with reporting(folder):
        if into or better:
            if not into:
                keep_before(folder)
            fit.write(told, folder / WEIGHTS)
    return Calibration("alignment", len(texts), _shown(before), _shown(after), better, folder / WEIGHTS)


def _listings(
    desk: Desk,
    themes: Sequence[WorkTheme],
    texts: Sequence[ReadText],
    right: Sequence[str],
    cases: dict[str, Case],
    centre: NDArray[np.float64],
) -> list[Listing]:
    """Hold a list against the documents: whole, in parts, and with less said of each theme."""

    def held(name: str, some: Sequence[WorkTheme]) -> Listing:
        evidence = evidence_of(terms_of(some, desk.words.words), texts, centre, desk.encoder.encode)
        return _listing(name, some, texts, right, cases, *evidence)

    known = [theme for theme in themes if theme.id in right]
    if len(known) < ENOUGH_THEMES:
        raise InputError("标注里的编号与中心工作清单对不上。", advice="请检查标注的 theme 是不是清单里的编号。")
    version = known[0].version
    whole = held(version, known)
    bare = held(f"{version}, without keywords", _with(known, keywords=()))
    names = held(f"{version}, names only", _with(known, keywords=(), clause=""))
    plain = held(f"{version}, without clauses", _with(known, clause=""))
    count = len(known)
    halves = [whole.of(range(start, count, 2), f"{version}, half {start + 1}") for start in range(2)]
    thirds = [whole.of(range(start, count, 3), f"{version}, third {start + 1}") for start in range(3)]
    less = (*fit.parts_of(names, _FEWER_SIZES), *fit.parts_of(bare, _FEWER_SIZES))
    return [whole, bare, names, plain, *halves, *thirds, *fit.parts_of(whole, _SIZES), *less]


def _listing(
    name: str,
    themes: Sequence[WorkTheme],
    texts: Sequence[ReadText],
    right: Sequence[str],
    cases: dict[str, Case],
    values: NDArray[np.float64],
    seen: NDArray[np.int16],
) -> Listing:
    ids = tuple(theme.id for theme in themes)
    return Listing(
        name,
        ids,
        tuple(text.record.id for text in texts),
        tuple(str(cases[text.record.id].get("matter") or text.record.id) for text in texts),
        values,
        seen,
        np.array([ids.index(each) if each in ids else -1 for each in right], dtype=np.int64),
        proof=True,
    )


def _with(themes: Iterable[WorkTheme], **told: Any) -> list[WorkTheme]:
    return [theme.model_copy(update=told) for theme in themes]


def _cases(path: Path) -> list[Case]:
    cases = read_cases(path)
    for case in cases:
        if not isinstance(field(case, "theme", path), str | None):
            raise wrong(path, "theme")
    return cases


def _theme(case: Case) -> str:
    return str(case["theme"] or "")


def _shown(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: figures[name] for name in ("precision", "recall", "macro_f1", "none_right", "brier") if name in figures
    }
