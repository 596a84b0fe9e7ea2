"""Find the parts of one text, as an import would."""

from __future__ import annotations

from xiansuo.ingest.characters import clean
from xiansuo.records import Part
from xiansuo.text.normalise import normalise
from xiansuo.text.sections import find_sections


def parse(text: str) -> dict[str, str]:
    """Part a text whose first line is its title: `title` and each part's text, empty where there is none."""
    title, _, body = clean(text)[0].strip().partition("\n")
    found: dict[Part, list[str]] = {part: [] for part in Part}
    for section in find_sections(normalise(body)).parts:
        found[section.part].append(body[section.start : section.end])
    return {"title": title.strip(), **{part.value: "\n".join(pieces) for part, pieces in found.items()}}
