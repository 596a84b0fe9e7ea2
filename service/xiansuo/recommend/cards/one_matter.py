"""Whether two clues rest on the same texts, though they are of different topics or springs."""

from __future__ import annotations

from xiansuo.recommend.cards.clues import Clue
from xiansuo.records import Spring


def one_matter(left: Clue, right: Clue) -> bool:
    """Tell whether half of the texts of the clue with fewer are the other's too; the order does not matter.

    Of a gap and another clue it must be half of the gap's: what a theme lacks is more than one matter within it.
    """
    if not left.texts or not right.texts or taken_apart(left, right):
        return False
    apart = (left.spring is Spring.GAP) != (right.spring is Spring.GAP)
    some, other = sorted((left, right), key=lambda clue: (apart and clue.spring is not Spring.GAP, len(clue.texts)))
    held = {text.record.id for text in other.texts}
    return 2 * sum(text.record.id in held for text in some.texts) >= len(some.texts)


def taken_apart(left: Clue, right: Clue) -> bool:
    """Tell whether two clues are suggestions of one proposal, each against a problem of its own."""
    own, others = ([text.record.id for text in clue.texts] for clue in (left, right))
    return left.spring is Spring.PROPOSAL and right.spring is Spring.PROPOSAL and own == others
