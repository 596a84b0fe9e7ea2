"""Work themes out of a work report: every task that it sets, with the clause that sets it and where that stands."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.desk.theme_lists import LIST_ADVICE
from xiansuo.errors import FileUnreadable
from xiansuo.recommend.reports.task_keywords import keywords_of
from xiansuo.recommend.reports.task_parts import parts, sentences
from xiansuo.recommend.reports.task_words import WORDS, TaskWords
from xiansuo.recommend.reports.tasks import Task, split_tasks
from xiansuo.recommend.reports.work_report import find_tasks_part
from xiansuo.records import WorkTheme
from xiansuo.text.normalise import normalise

_YEAR = re.compile(r"20\d\d")
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class ReadReport:
    """The themes of a report in reading order, and how many tasks it sets twice: these are listed once."""

    themes: tuple[WorkTheme, ...]
    repeated: int = 0


def read_report(desk: Desk, file: str, text: str, version: str) -> ReadReport:
    """Read the tasks of a report; they hold for the year that it tells, else for that of the version's name.

    :param file: the report's name, as it is to be shown.
    :raises FileUnreadable: the text sets no task.
    """
    part = find_tasks_part(text)
    words = TaskWords.read(desk.settings.home / "models" / "themes" / WORDS)
    tasks = split_tasks(text, part, words, desk.words.words) if part.paragraphs else []
    if not tasks:
        raise FileUnreadable(
            f"{file} 里没有找到今后的工作任务。",
            advice=f"看起来只有回顾，或者不是工作报告。请用完整的报告，或者把重点任务整理成清单：{LIST_ADVICE}",
        )
    year = part.year or _year_of(version) or _year_of(file)
    themes = [_theme(number, task, file, version, year) for number, task in enumerate(tasks, start=1)]
    return ReadReport(tuple(themes), sum(bool(task.again) for task in tasks))


def with_keywords(desk: Desk, themes: Sequence[WorkTheme]) -> list[WorkTheme]:
    """Give themes of a list that come without keywords those of their clause, or of their name, as tasks have."""
    words = TaskWords.read(desk.settings.home / "models" / "themes" / WORDS)
    found = []
    for theme in themes:
        text = normalise(theme.clause or theme.name).text
        told = [part for start, end in sentences(text, 0, len(text)) for part in parts(text, start, end, words)]
        about = keywords_of([text[part.object : part.end] for part in told], words, desk.words.words)
        found.append(theme if theme.keywords else theme.model_copy(update={"keywords": about}))
    return found


def heaviest(themes: Sequence[WorkTheme], most: int) -> list[WorkTheme]:
    """Keep the themes of greatest weight, in reading order; of equal weight the first of each paragraph first.

    A report speaks of the economy first and of what people live on last; the first of all would leave the last out.
    """
    told = Counter[tuple[float, int | None]]()
    order = []
    for place, theme in enumerate(themes):
        within = (theme.weight, theme.paragraph)
        order.append((-theme.weight, told[within], place))
        told[within] += 1
    chosen = [place for *_, place in sorted(order)]
    return [themes[place] for place in sorted(chosen[:most])]


def _theme(number: int, task: Task, file: str, version: str, year: int | None) -> WorkTheme:
    return WorkTheme(
        id=f"{number:0{_DIGITS}d}",
        name=task.name,
        focus=task.focus,
        weight=task.weight,
        keywords=task.keywords,
        clause=task.clause,
        since=dt.date(year, 1, 1) if year else None,
        until=dt.date(year, 12, 31) if year else None,
        version=version,
        source=file,
        paragraph=task.paragraph,
        start=task.start,
        end=task.end,
    )


def _year_of(name: str) -> int | None:
    told = _YEAR.search(name)
    return int(told.group()) if told else None
