"""Is a proposal on people's livelihood (民生)? By its category, and by words of what people live on."""

from __future__ import annotations

import re
from functools import cache

from xiansuo.recommend.reports.task_words import TaskWords
from xiansuo.records import Document

_CATEGORIES = re.compile(
    "社会|民生|教育|医|卫|养老|托育|就业|社保|保障|城乡|住房|交通|出行|公共安全|生态|环境|农|治理|体育|民政|公共服务"
)
_SOME, _OFTEN = 1, 5


def is_livelihood(record: Document) -> bool:
    """Tell whether a proposal is on people's livelihood.

    A word of people's concerns in the title tells it; else several different ones in the text, fewer where the category
    is one of people's livelihood.
    """
    words = _concerns()
    if words.search(record.title):
        return True
    needed = _SOME if _CATEGORIES.search(record.category) else _OFTEN
    return len({found.group() for found in words.finditer(record.text)}) >= needed


@cache
def _concerns() -> re.Pattern[str]:
    words = sorted(TaskWords.read().public_concern, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
