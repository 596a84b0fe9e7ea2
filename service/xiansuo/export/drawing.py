"""A drawing as a list of shapes, the same for the page and for the image: pixels, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, TypeAlias

Anchor: TypeAlias = Literal["start", "middle", "end"]
Line: TypeAlias = Literal["plain", "dashed", "double"]
_INSET = 3.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle with its outline; `double` has a second, thin one inside."""

    kind: ClassVar[str] = "disc"
    x: float
    y: float
    r: float
    fill: str
    stroke: str
    width: float = 1.0
    line: Line = "plain"

    @property
    def inner(self) -> float:
        """Return the radius of the second outline."""
        return round(max(self.r - _INSET, 1.0), 2)


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; `told` is what a pointer resting on it is told."""

    kind: ClassVar[str] = "box"
    x: float
    y: float
    width: float
    height: float
    fill: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text on its baseline; `size` is the height of a Chinese character."""

    kind: ClassVar[str] = "words"
    x: float
    y: float
    text: str
    size: float
    colour: str = "#1f2329"
    anchor: Anchor = "start"
    bold: bool = False


Shape: TypeAlias = Disc | Box | Words


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together; `id` is the topic's whose they are, `told` what is said of it in a line."""

    shapes: tuple[Shape, ...]
    id: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Groups from the lowest to the uppermost, on a white sheet of `width` × `height`."""

    width: float
    height: float
    groups: tuple[Group, ...]


def moved(groups: Iterable[Group], x: float, y: float) -> tuple[Group, ...]:
    """Return groups shifted, with coordinates of two decimals."""
    return tuple(
        replace(
            group,
            shapes=tuple(replace(shape, x=round(shape.x + x, 2), y=round(shape.y + y, 2)) for shape in group.shapes),
        )
        for group in groups
    )
