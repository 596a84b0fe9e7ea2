"""The demo corpus and its gold labels, as plain data."""

import json
from functools import cache
from typing import Any

from xiansuo import artefacts


@cache
def rows(name: str) -> list[dict[str, Any]]:
    """Read a JSONL file of the corpus folder."""
    lines = (artefacts.corpus() / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def texts() -> list[str]:
    """Return every body of the demo corpus."""
    return [row["text"] for row in rows("documents.jsonl")]
