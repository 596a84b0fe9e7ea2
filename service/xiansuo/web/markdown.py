"""Cards in Markdown as HTML that is safe to show: no markup of theirs, nothing inline, no way to a foreign host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink"])
_DEEPER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}


def shown(text: str) -> Markup:
    """Return a text as HTML; headings stand one deeper, below those of the page, and links are plain words."""
    tokens = _READER.parse(text)
    for token in _all(tokens):
        token.tag = _DEEPER.get(token.tag, token.tag)
        if token.tag == "table" and token.nesting == 1:
            token.attrSet("class", "table")
        if "text-align:right" in str(token.attrs.pop("style", "")):  # the page's policy allows no inline style
            token.attrSet("class", "number")
    # The reader escapes all that it was given.
    return Markup(_READER.renderer.render(tokens, _READER.options, {}))


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())
