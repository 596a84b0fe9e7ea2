"""A table as an Excel workbook: a frozen head, filters, and the same bytes for the same content."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

from xiansuo.export.timeless import timeless

_WIDTH = 12


def workbook(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str | float | None]],
    *,
    day: dt.date,
    widths: Mapping[str, float],
) -> bytes:
    """Write a table of one sheet.

    :param title: of the sheet, 31 characters at most.
    :param rows: cells in the order of the columns; texts that could be run as formulas are the caller's to disarm.
    :param day: when it was made, as its properties say.
    :param widths: of columns that are not of the usual width, in characters.
    """
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils import get_column_letter
    from openpyxl.xml.functions import tostring

    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(columns))
    for row in rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value for value in row])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for place, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = widths.get(name, _WIDTH)
    made = io.BytesIO()
    book.save(made)
    about = book.properties
    about.created = about.modified = dt.datetime.combine(day, dt.time())
    return timeless(made, {"docProps/core.xml": tostring(about.to_tree())})
