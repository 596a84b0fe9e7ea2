"""Office files that are the same to the byte for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def timeless(written: io.BytesIO, changed: Mapping[str, bytes] | None = None) -> bytes:
    """Write an Office file's archive again without the moment at which it was made.

    :param changed: parts by name that take the place of what was written.
    """
    told = io.BytesIO()
    with zipfile.ZipFile(written) as made, zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as again:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            again.writestr(entry, (changed or {}).get(name) or made.read(name))
    return told.getvalue()
