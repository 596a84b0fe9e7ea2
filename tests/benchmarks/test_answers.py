"""How long an answer takes on the demo archive, against encoding one text with the teacher."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.benchmarks.race import race, table
from xiansuo.desk import demo as tour
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.desk.looking import lookup
from xiansuo.embed.encoder import Encoder

pytestmark = pytest.mark.benchmark

_FLOOR = {"lookup": 0.5, "check": 0.02}
_TIMES = 10


def test_answers(demo: Desk, teacher: Encoder) -> None:
    demo.warm_up()
    draft = f"{tour.DRAFT_TITLE}\n{tour.DRAFT}"
    sides: dict[str, Callable[[], object]] = {
        "teacher": lambda: teacher.encode([draft]),
        "lookup": lambda: lookup(demo, tour.QUESTION),
        "check": lambda: check(demo, tour.DRAFT_TITLE, tour.DRAFT, now=tour.noon()),
    }
    for run in sides.values():
        run()
    seconds = {name: taken / _TIMES for name, taken in race({name: _often(run) for name, run in sides.items()}).items()}
    table(f"Answers, demo archive, draft of {len(draft)} characters", seconds, "teacher")
    for name, floor in _FLOOR.items():
        assert seconds["teacher"] / seconds[name] > floor


def _often(run: Callable[[], object]) -> Callable[[], None]:
    def runs() -> None:
        for _ in range(_TIMES):
            run()

    return runs
