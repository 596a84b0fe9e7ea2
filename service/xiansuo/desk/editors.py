"""Who did something, as it is kept beside a decision or a merging."""

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
    name = redact(one_line(clean(by)[0]))[0]
    if not name:
        raise InputError(f"没有写明是谁{act}的。", advice="请填写编辑的姓名或代号。")
    if len(name) > _LONGEST_NAME:
        raise InputError(f"姓名或代号太长，最多 {_LONGEST_NAME} 字。")
    return name
