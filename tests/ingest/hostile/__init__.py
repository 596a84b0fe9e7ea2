"""Files made to harm whoever reads them, and files that are not what they say; each module makes some of them."""

from tests.ingest.hostile import archives, markup, pages, sheets, texts

__all__ = ["archives", "markup", "pages", "sheets", "texts"]
