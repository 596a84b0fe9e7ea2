"""The lines of one text as people lay them out: title, lines about the text, body, signature.

The first line is the title unless it reads like a body: longer than 60 characters or closed by a
full stop. Lines such as 报送单位：… next to the title or at the end, and a bare date as the last
line, become fields; the line above a closing date is the unit if it ends like the name of one.
Everything else is the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xiansuo.ingest.columns import field_of
from xiansuo.ingest.dates import read_date

LONGEST_TITLE = 60
_LONGEST_ABOUT = 80
_ABOUT = frozenset(
    {
        *("id", "author", "unit", "date", "kind", "team", "sector", "region", "channel"),
        *("category", "theme", "adoptions", "instructions"),
    }
)
_LABEL = re.compile(r"[\s（(【]*([^\s：:，。（(【]{1,2}(?:[ \u3000]*[^\s：:，。（(]){0,6})\s*[：:]\s*")
# Two facts on one line stand apart: 报送单位：甲　　作者：乙
_GAP = re.compile(
    r"[ \u3000\t]+(?=[^\s：:，。]{2,6}(?:[ \u3000]*[^\s：:，。]){0,2}\s*[：:])"
    r"|[；;](?=[^\s：:]{2,6}[：:])"
)
_SENTENCE_END = re.compile(r"[。！!；;，,]$")
_UNIT_END = re.compile(
    r"(?:委员会|委|会|局|院|办|办公室|学校|大学|学院|中心|公司|所|处|科|社|盟|党|团|组|站|厅|部|协会|街道|工委)$"
)


def read_lines(lines: Sequence[str]) -> dict[str, object]:
    """Read the lines of one text into fields; no `text` where nothing but a title is left."""
    body = [line.strip(" \t\u3000") for line in lines]
    while body and not body[0]:
        body.pop(0)
    while body and not body[-1]:
        body.pop()
    fields: dict[str, object] = {}
    _take_title(body, fields)
    _take_leading(body, fields)
    if "title" not in fields:  # 报送单位：… may stand above it
        _take_title(body, fields)
        _take_leading(body, fields)
    _take_trailing(body, fields)
    if text := "\n".join(body).strip():
        fields["text"] = text
    return fields


def _take_title(body: list[str], fields: dict[str, object]) -> None:
    if not body:
        return
    labelled = _facts(body[0], {"title"})
    if labelled:
        fields |= labelled
    elif len(body[0]) > LONGEST_TITLE or _SENTENCE_END.search(body[0]) or _facts(body[0], _ABOUT):
        return
    else:
        fields["title"] = body[0]
    body.pop(0)


def _take_leading(body: list[str], fields: dict[str, object]) -> None:
    while body:
        facts = _facts(body[0], _ABOUT | ({"title"} - fields.keys()))
        bare = _date_line(body[0].strip("（()） "))
        if facts:
            _keep(facts, fields)
        elif bare and "date" not in fields:
            fields["date"] = bare
        elif body[0]:
            break
        body.pop(0)
    if body and (label := _LABEL.match(body[0])) and field_of(label[1]) == "text":
        body[0] = body[0][label.end() :]


def _take_trailing(body: list[str], fields: dict[str, object]) -> None:
    while len(body) > 1:
        facts = _facts(body[-1], _ABOUT)
        if facts:
            _keep(facts, fields)
        elif body[-1]:
            break
        body.pop()
    if len(body) > 1 and (date := _date_line(body[-1])):
        body.pop()
        fields.setdefault("date", date)
        while len(body) > 1 and not body[-1]:
            body.pop()
        if len(body) > 1 and len(body[-1]) <= 30 and _UNIT_END.search(body[-1]):
            fields.setdefault("unit", body.pop())


def _keep(facts: dict[str, object], fields: dict[str, object]) -> None:
    for name, value in facts.items():
        fields.setdefault(name, value)


def _facts(line: str, wanted: frozenset[str] | set[str]) -> dict[str, object]:
    """Read a line that holds nothing but labelled facts; {} if it is anything else."""
    if len(line) > _LONGEST_ABOUT or not line:
        return {}
    facts: dict[str, object] = {}
    for piece in _GAP.split(line.strip()):
        label = _LABEL.match(piece)
        if label is None:
            return {}
        name = field_of(label[1]) or ""
        value = piece[label.end() :].strip().rstrip("）)】")
        # A sentence behind the word is part of the body: 类型：一是…。
        if name not in wanted or _SENTENCE_END.search(value):
            return {}
        if value:
            facts.setdefault(name, value)
    return facts


def _date_line(line: str) -> str:
    if not 8 <= len(line) <= 24:
        return ""
    try:
        return line if read_date(line) else ""
    except ValueError:
        return ""
