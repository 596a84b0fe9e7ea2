"""Topics as a picture: a page that needs nothing else, and images of the map and of the timeline."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from xiansuo.export.html import environment
from xiansuo.export.paint import paint
from xiansuo.export.palette import legend
from xiansuo.export.picture import Picture, ranked, span
from xiansuo.export.sheet import sheet
from xiansuo.export.timeline import columns, shown, timeline
from xiansuo.export.topic_map import Region, regions, topic_map, unnamed

_WIDE = 1180.0
# On a phone a shrunken drawing cannot be read, so there is a second one as wide as a phone.
_SHEETS = (("wide", _WIDE), ("narrow", 358.0))

EMPTY = "还没有可以画的热点。"
EMPTY_ADVICE = "请先导入材料（xiansuo import 文件），或把时间放宽（--window year 或 all）后再画一次。"
_MAP_NOTE = "每个圆是一个热点，面积按反映的人数；浅色大圆是主题。"
_NUMBERS = "名称写不下的圆里是热度名次，对照图下的编号。"
ADVISORY = "本图由系统归并材料生成，只作参考，不代替编辑的判断。"


def page(picture: Picture) -> bytes:
    """Write map, timeline and table as one UTF-8 HTML page; the same picture gives the same bytes.

    It loads nothing, needs no font installed beside the system's own, and can be read without its script.
    """
    made = environment()
    script = made.get_template("topics.js").render()
    topics = ranked(picture)
    laid = [(name, regions(picture, width)) for name, width in _SHEETS]
    told = made.get_template("topics.html").render(
        picture=picture,
        topics=topics,
        span=span,
        legend=legend(picture),
        maps=[(name, topic_map(picture, each)) for name, each in laid],
        timelines=[(name, timeline(picture, width)) for name, width in _SHEETS],
        rows={each.topic.id: f"t{each.place}" for each in topics},
        notes={"map": _map_note(laid[0][1]), "time": _time_note(picture)},
        keys=[(name, unnamed(each)) for name, each in laid],
        empty=(EMPTY, EMPTY_ADVICE),
        advisory=ADVISORY,
        script=script,
        script_sha256=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return told.encode("utf-8", "replace")


def map_png(picture: Picture) -> bytes:
    """Paint the map as a PNG image.

    :raises FormatUnsupported: no installed font has all the letters.
    """
    laid = regions(picture, _WIDE)
    body = topic_map(picture, laid)
    return paint(sheet(picture, body, "热点图", _notes(picture, _map_note(laid)), legend(picture), unnamed(laid)))


def timeline_png(picture: Picture) -> bytes:
    """Paint the timeline as a PNG image.

    :raises FormatUnsupported: no installed font has all the letters.
    """
    body = timeline(picture, _WIDE)
    return paint(sheet(picture, body, "热点时间线", _notes(picture, _time_note(picture)), legend(picture), ()))


def _notes(picture: Picture, reading: str) -> list[str]:
    if not ranked(picture):
        return [EMPTY, EMPTY_ADVICE]
    return [reading, *filter(None, [picture.note]), ADVISORY]


def _map_note(laid: Sequence[Region]) -> str:
    return _MAP_NOTE + (_NUMBERS if unnamed(laid) else "")


def _time_note(picture: Picture) -> str:
    topics, rows = ranked(picture), shown(picture)
    if not rows:
        return "这些热点的材料都没有日期，画不出时间线。"
    unit = {1: "一个月", 3: "一个季度", 12: "一年"}[len(columns(picture)[0].months)]
    note = f"每格{unit}。条越高，篇数越多（按平方根画，少的也看得见），各行同一尺度；行首数字是热度名次。"
    return note if len(rows) == len(topics) else f"{note}共 {len(topics)} 个热点，列出最热的 {len(rows)} 个。"
