"""The gaps as a chart to point at: an option for ECharts with the shades of the drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiansuo.desk.gap_board import GapBoard
from xiansuo.export.gap_map import DARK, EMPTY, SHADES, cell_told, shade
from xiansuo.export.palette import INK

ROWS = 40
"""Themes that the chart shows, those with the widest gaps; a table shows all."""

_LABELS = ("没有空白", "很小", "较小", "较大", "很大", "全空")


def gap_chart(board: GapBoard, address: Callable[[str, str], str]) -> dict[str, Any]:
    """Draw a board: themes as rows, darker where less was written; `empty` alone says why there is no chart.

    :param address: from a theme's id and a column to where the documents are shown.
    """
    rows = board.rows[:ROWS]
    if not rows or not board.columns:
        return {"empty": board.notes[0] if board.notes else EMPTY}
    data = []
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.cells):
            adopted = f"+{cell.adopted}" if cell.adopted else ""
            data.append(
                {
                    "value": [x, y, shade(cell.size)],
                    "name": cell_told(board, row, x),
                    "label": {
                        "formatter": "—" if cell.size is None else f"{cell.written}{adopted}",
                        "color": "#ffffff" if shade(cell.size) >= DARK else INK,
                    },
                    "link": address(row.gap.theme.id, board.columns[x]),
                }
            )
    pieces = [{"value": place, "label": _LABELS[place], "color": colour} for place, colour in enumerate(SHADES)]
    return {
        "tooltip": {"formatter": "{b}"},
        "grid": {"left": 196, "right": 12, "top": 44, "bottom": 44},
        "xAxis": {
            "type": "category",
            "position": "top",
            "data": list(board.labels),
            "axisLabel": {"interval": 0, "width": 76, "overflow": "break", "hideOverlap": True},
            "axisTick": {"show": False},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [row.gap.theme.name for row in rows],
            "axisLabel": {"width": 180, "overflow": "truncate", "interval": 0},
            "axisTick": {"show": False},
        },
        "visualMap": {
            "type": "piecewise",
            "dimension": 2,
            "orient": "horizontal",
            "left": "center",
            "bottom": 4,
            "itemWidth": 16,
            "itemHeight": 12,
            "pieces": pieces,
        },
        "series": [
            {
                "type": "heatmap",
                "data": data,
                "label": {"show": True},
                "itemStyle": {"borderColor": "#e3e7ec", "borderWidth": 1},
            }
        ],
    }
