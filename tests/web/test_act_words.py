"""The audit page tells every write in Chinese."""

from __future__ import annotations

import re

import pytest

from xiansuo.gate.rules import RULES
from xiansuo.web.act_words import act_words

WRITES = [rule for rule in RULES if not rule.startswith("GET ")]


@pytest.mark.parametrize("action", WRITES)
def test_every_write_has_words(action: str) -> None:
    assert re.fullmatch(r"[\u4e00-\u9fff]+：[\u4e00-\u9fff]+(（接口）)?", act_words(action))


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("POST /topics/{id}/rename", "热点：改名"),
        ("POST /api/v1/prompts/{number}/claim", "选题：认领（接口）"),
        ("PATCH /api/v1/users/{id}", "账号：修改（接口）"),
        ("POST /admin/users/{id}", "账号：修改"),
        ("POST /groups/undo/{id}", "合并：撤销"),
        ("POST /login", "登录：登录"),
        ("POST /first/{secret}", "账号：设置密码"),
        ("POST /archive/{id:path}/outcomes/take-back", "档案：收回结果"),
        ("POST /else", ""),
        ("accounts.add", ""),
    ],
)
def test_words(action: str, words: str) -> None:
    assert act_words(action) == words
