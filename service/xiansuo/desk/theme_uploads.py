"""Work themes out of a file that somebody sends; the file itself is not kept."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from xiansuo.desk.desk import Desk
from xiansuo.desk.themes import TakenThemes, take_themes
from xiansuo.desk.uploads import safe_name


def take_sent(
    desk: Desk,
    name: str,
    content: BinaryIO,
    *,
    version: str = "",
    most: int | None = None,
    replace_at: dt.datetime | None = None,
) -> TakenThemes:
    """Take in the themes of a file that was sent, as `take_themes` does, and raises as it.

    :param name: what the sender calls the file; it names the version where none is given.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe_name(name)
        with path.open("wb") as kept:
            shutil.copyfileobj(content, kept)
        return take_themes(desk, path, version=version.strip() or None, most=most, replace_at=replace_at)
