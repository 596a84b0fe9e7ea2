"""A home that lives as long as one evaluation."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from xiansuo.desk.adapting import advice, learn
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.progress import Progress, silent
from xiansuo.evaluate.cases import Case
from xiansuo.settings import Settings


@contextmanager
def throw_away_home(
    settings: Settings,
    archives: Sequence[Path],
    texts: Iterable[Case] = (),
    *,
    now: dt.datetime,
    adapt: bool = True,
    progress: Progress = silent,
) -> Iterator[Desk]:
    """Import archives and single texts into a new home; it is gone afterwards.

    :param settings: the encoder and lexicon to use; the home and database they name are not touched.
    :param texts: documents that the cases bring along, each with its id.
    :param adapt: let the encoder learn what was imported, as an office is advised to, where that proves better.
    """
    with tempfile.TemporaryDirectory(prefix="xiansuo-evaluate-") as folder:
        home = Path(folder)
        used = settings.model_copy(update={"home": home / "home", "database": ""})
        own = {str(each["id"]): each for each in texts}
        with Desk(used) as desk:
            if own:
                file = home / "cases.jsonl"
                file.write_text("".join(json.dumps(each) + "\n" for each in own.values()), encoding="utf-8")
                import_path(desk, file, now=now, progress=progress)
            for archive in archives:
                import_path(desk, archive, now=now, progress=progress)
            if adapt and advice(desk):
                learn(desk, now=now, progress=progress)
            yield desk
