"""Which texts of a topic its clue is about: those that hold together, all where an editor has looked at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from xiansuo.desk.desk import Desk
from xiansuo.desk.reading import content_words_in, rarity_of_words
from xiansuo.recommend.aligning.alignment_ground import chosen
from xiansuo.recommend.cards.holding import FEW, least_likeness, part_of, weighed
from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.texts import ReadText, distinct, without_blanks
from xiansuo.records import Document, Part
from xiansuo.store import topic_edits
from xiansuo.text.normalise import normalise
from xiansuo.text.passages import part_code

# Texts of the archive that tell how alike pairs are by chance: some 45,000 pairs.
_SAMPLE = 300
_SUGGESTIONS = part_code(Part.SUGGESTIONS)


def holding(
    desk: Desk,
    matters: Sequence[Matter],
    sample: Mapping[str, ReadText],
    weights: Mapping[str, float],
    heat: Callable[[Sequence[Document]], float],
) -> list[Matter]:
    """Leave each matter the texts that hold together; those of many texts and those that an editor touched stay whole.

    :param sample: texts from all over the archive, by id.
    :param weights: those of `holding` in `models/ranking/weights.toml`.
    :param heat: tells how much some documents are written about just now, 0..1.
    """
    with desk.database.read() as connection:
        edits = topic_edits.standing(connection)
    seen = {id for edit in edits for id in (*edit.documents, *edit.into_documents)}
    asked = {
        each.id: texts
        for each in matters
        if seen.isdisjoint(text.record.id for text in each.texts) and 1 < len(texts := distinct(each.texts)) <= FEW
    }
    by_chance = [sample[id] for id in chosen(sample, _SAMPLE)]
    terms = _terms(desk, [*by_chance, *(text for texts in asked.values() for text in texts)])
    least = least_likeness([terms[text.record.id] for text in by_chance], weights)
    made = []
    for each in matters:
        texts = asked.get(each.id, [])
        first = _named_after(each.name, texts)
        part = part_of([terms[text.record.id] for text in texts], first, least)
        made.append(each if len(part) == len(texts) else _of(each, [texts[place] for place in part], heat))
    return made


def _named_after(name: str, texts: Sequence[ReadText]) -> int:
    """Find the place of the text whose title has most of a name's pairs of characters, of equal ones the first."""
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    shared = [sum(pair in text.record.title for pair in pairs) for text in texts]
    return shared.index(max(shared)) if shared else 0


def _of(matter: Matter, texts: Sequence[ReadText], heat: Callable[[Sequence[Document]], float]) -> Matter:
    """See a matter as some of its texts alone tell it: of those it is not known how often they were told before."""
    told = {without_blanks(text) for text in texts}
    kept = tuple(text for text in matter.texts if without_blanks(text) in told)
    records = [text.record for text in kept]
    voices = len({record.author or record.unit or record.id for record in records})
    return replace(matter, texts=kept, heat=heat(records), voices=voices, recent=0, usual=None, window="")


def _terms(desk: Desk, texts: Sequence[ReadText]) -> dict[str, dict[str, float]]:
    """Weigh the words of texts' titles and problems, by the texts' ids."""
    words = {text.record.id: _problem_words(desk, text) for text in texts}
    with desk.reading() as (_, indexes):
        rarity = rarity_of_words(indexes, {word for each in words.values() for word in each})
    return {id: weighed(each, rarity) for id, each in words.items()}


def _problem_words(desk: Desk, text: ReadText) -> Counter[str]:
    rows = [row for row, part in enumerate(text.spans[:, 2].tolist()) if part != _SUGGESTIONS]
    return Counter(word for row in rows for word in content_words_in(desk, normalise(text.passage(row)).text))
