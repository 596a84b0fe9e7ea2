"""The colours of pictures: told apart by every kind of eye and on a grey print, with lines that say the same."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo.export.drawing import Line
from xiansuo.export.picture import STANDINGS, Picture, ranked

INK, GREY, RULE, SHEET = "#1f2329", "#5a6270", "#d9dde3", "#ffffff"
THEME_FILL, THEME_EDGE, THEME_INK = "#edf1f6", "#ccd5e0", "#33415c"


@dataclass(frozen=True, slots=True)
class Look:
    """How topics of one standing look: fill and outline of circles, colour of bars."""

    label: str
    fill: str
    edge: str
    bar: str
    line: Line


_LOOKS = {
    "升温": Look("升温", "#f6ab82", "#a83a06", "#d2560f", "plain"),
    "新出现": Look("新出现", "#fbe38a", "#8a6400", "#d9a300", "double"),
    "降温": Look("降温", "#aed0ee", "#1c5a96", "#3f86c4", "dashed"),
    "": Look("平稳", "#ffffff", "#97a2b0", "#8c96a4", "plain"),
}
# Where nothing is judged, grey would say that all is as before.
_UNJUDGED = Look("", "#cfe3dc", "#5b8f7d", "#5b8f7d", "plain")
_BOLD, _THIN = 2.0, 1.2


def looks(picture: Picture) -> dict[str, Look]:
    """Return the look of each standing; all alike where no topic has one."""
    if any(each.topic.standing for each in ranked(picture)):
        return _LOOKS
    return dict.fromkeys(STANDINGS, _UNJUDGED)


def legend(picture: Picture) -> list[Look]:
    """List the looks that occur in a picture; empty where no topic has a standing."""
    found = {each.topic.standing for each in ranked(picture)}
    return [_LOOKS[standing] for standing in STANDINGS if standing in found] if found != {""} else []


def edge_width(standing: str) -> float:
    """Return the width of a circle's outline: what moves is drawn bolder."""
    return _BOLD if standing else _THIN
