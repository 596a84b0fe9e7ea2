"""Where a matter is: two texts about one issue in different places are two matters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from xiansuo.text.places import places


@dataclass(frozen=True, slots=True)
class Site:
    """The places that a text is about, and the normalised text itself.

    What it is about stands in the title, or else is named most often.
    """

    places: frozenset[str]
    text: str


NOWHERE = Site(frozenset(), "")


def site_of(title: str, body: str) -> Site:
    """Find what places a text is about; codes such as A3区 name a city or district and are no site.

    :param title: normalised, as is `body`.
    """
    text = f"{title}\n{body}"
    found = _names(title)
    if not found:
        counted = Counter({name: text.count(name) for name in _names(text)})
        most = max(counted.values(), default=0)
        found = frozenset(name for name, count in counted.items() if count == most)
    return Site(found, text)


def apart(one: Site, other: Site) -> bool:
    """Tell whether each text is about a place that the other does not name at all."""
    if not one.places or not other.places:
        return False
    return not any(name in other.text for name in one.places) and not any(name in one.text for name in other.places)


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in places(text) if not name[0].isascii())
