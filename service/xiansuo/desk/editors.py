"""Who did something, and what people write in a line, as it is kept: clean, personal numbers masked."""

from __future__ import annotations

from xiansuo.errors import InputError
from xiansuo.ingest.characters import clean, one_line
from xiansuo.ingest.redact import redact

_LONGEST_NAME = 100


def editor_name(by: str, act: str) -> str:
    """Clean an editor's name or code, personal numbers masked.

    :param act: what was done, as in 没有写明是谁判的.
    :raises InputError: it is empty or too long.
    """
    name = masked_line(by)
    if not name:
        raise InputError(f"没有写明是谁{act}的。", advice="请填写编辑的姓名或代号。")
    if len(name) > _LONGEST_NAME:
        raise InputError(f"姓名或代号太长，最多 {_LONGEST_NAME} 字。")
    return name


def masked_line(text: str) -> str:
    """Clean what somebody wrote and put it in one line, personal numbers masked."""
    return redact(one_line(clean(text)[0]))[0]
