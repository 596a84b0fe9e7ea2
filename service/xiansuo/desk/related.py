"""Earlier work near a theme, a topic, a writing prompt or a few words: found by the indexes, then read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from xiansuo.desk.aligning import aligned
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import listed_for
from xiansuo.desk.looking import lookup
from xiansuo.desk.prompt_lists import show_prompt
from xiansuo.desk.themes import theme_among, themes_in_force
from xiansuo.desk.topics import show
from xiansuo.errors import InputError, NotFound, TextUnusable
from xiansuo.recommend.writers import Related, Work
from xiansuo.records import Document, Filter
from xiansuo.store import documents
from xiansuo.store.database import Connection

_HITS = 100
MOST = 2_000
"""Texts near what is asked for that are read, the nearest."""

# Texts that tell what is usual.
_OTHERS = 1_000
# A text that is about the prompt's theme only is near it, but less than one that is about its matter.
_THEME_ONLY = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for in a few words, the work near it, and texts of the archive that tell what is usual.

    `left_out` counts the texts that are near too, but of which there are more than `MOST`.
    """

    said: str
    work: Work
    others: tuple[Document, ...]
    left_out: int = 0


def find_related(
    desk: Desk, *, now: dt.datetime, text: str = "", theme: str = "", topic: str = "", prompt: int | None = None
) -> Asked:
    """Find the earlier work near what is asked for; exactly one of these is to be given.

    :param text: a few words, as for a lookup.
    :param theme: id or name of a work theme in force.
    :param topic: id of a hot topic.
    :param prompt: number of a stored prompt.
    :raises InputError: none or several are given.
    :raises NotFound: there is no such theme, topic or prompt.
    :raises TextUnusable: the text has no words or is a whole document.
    """
    if [bool(text.strip()), bool(theme), bool(topic), prompt is not None].count(True) != 1:
        raise InputError("请说明要写什么：一句话、中心工作、热点编号、选题编号，四样给且只给一样。")
    day = now.date()
    with desk.reading() as (connection, _):
        listed = listed_for(connection, day, Filter())
        read = _read(connection, sorted(listed.values())[:_OTHERS])
    regions = sorted({record.region for record in read.values() if record.region})
    if prompt is not None:
        said, words, near = _of_prompt(desk, prompt, now)
    elif topic:
        found = show(desk, topic, now=day)
        said, words, near = f"热点“{found.name}”", found.name, dict.fromkeys(found.members, 1.0)
    elif theme:
        named = theme_among(themes_in_force(desk, day), theme)
        said, words, near = f"中心工作“{named.name}”", "", _about_theme(desk, named.id, day)
    else:
        said, words, near = f"“{text.strip()[:30]}”", text, _about_text(desk, text, regions)
    nearest = sorted((-likeness, id) for id, likeness in near.items() if id in listed)
    wanted = {listed[id]: -likeness for likeness, id in nearest[:MOST]}
    with desk.reading() as (connection, _):
        read |= _read(connection, [number for number in wanted if number not in read])
    texts = tuple(Related(read[number], likeness) for number, likeness in sorted(wanted.items()) if number in read)
    places = frozenset(record.region for record in read.values() if record.region and record.region in words)
    return Asked(said, Work(texts, places), tuple(read.values()), max(0, len(nearest) - MOST))


def _of_prompt(desk: Desk, number: int, now: dt.datetime) -> tuple[str, str, dict[str, float]]:
    """Gather what the prompt's card rests on, its topic, what a lookup of its title finds, and its theme."""
    prompt = show_prompt(desk, number, now=now).prompt
    near: dict[str, float] = {}
    if prompt.theme:
        # Of the list that the prompt was made by: in another one the same id is another theme. The list may be gone.
        with suppress(NotFound):
            about = _about_theme(desk, prompt.theme, now.date(), prompt.theme_version)
            near = {id: _THEME_ONLY * score for id, score in about.items()}
    found: dict[str, float] = {}
    # A name that an editor gave may be too long or without a word.
    with suppress(TextUnusable):
        found = _about_text(desk, prompt.name)
    near |= {id: max(score, near.get(id, 0.0)) for id, score in found.items()}
    near |= dict.fromkeys((each["id"] for each in prompt.card.get("evidence", ())), 1.0)
    near |= dict.fromkeys(prompt.card.get("texts", ()) if prompt.topic else (), 1.0)
    if prompt.topic:
        # The topic may be gone since; the card still names its texts.
        with suppress(NotFound):
            near |= dict.fromkeys(show(desk, prompt.topic, now=now.date()).members, 1.0)
    return f"第 {number} 号选题《{prompt.title}》", f"{prompt.title}{prompt.angle}", near


def _about_text(desk: Desk, text: str, regions: Sequence[str] = ()) -> dict[str, float]:
    """Look a question up; where nothing answers it, without the regions that it names: others may know the matter."""
    found = lookup(desk, text, limit=_HITS)
    elsewhere = text
    for region in regions:
        elsewhere = elsewhere.replace(region, "")
    if not found.answered and elsewhere != text and elsewhere.strip():
        found = lookup(desk, elsewhere, limit=_HITS)
    return {hit.facts.id: hit.score for hit in found.hits if hit.fits}


def _about_theme(desk: Desk, theme: str, day: dt.date, version: str | None = None) -> dict[str, float]:
    """Say how probably each text that is about a theme is so; of the list in force where no version is named."""
    return {each.document: each.probability for each in aligned(desk, now=day, version=version).about(theme)}


def _read(connection: Connection, numbers: Collection[int]) -> dict[int, Document]:
    return {stored.number: stored.document for stored in documents.read(connection, numbers)}
