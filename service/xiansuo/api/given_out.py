"""Files that an answer gives out, under a Chinese name."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response


def given_out(data: bytes, media_type: str, plain: str, name: str, *, shown: bool = False) -> Response:
    """Answer with a file.

    :param plain: a name in ASCII, for whoever cannot read the other.
    :param name: what the file is called.
    :param shown: the browser may show it; else it is saved.
    """
    way = "inline" if shown else "attachment"
    told = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"Content-Disposition": told})
