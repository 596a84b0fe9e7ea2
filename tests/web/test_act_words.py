"""The audit page tells every write in Chinese."""

from __future__ import annotations

import re

import pytest

from xiansuo.gate.rules import RULES
from xiansuo.web.act_words import act_words
from xiansuo.web.trail_words import particulars

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


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"role": "editor", "unit": "青屿县政协", "team": ""}, "身份：编辑；单位：青屿县政协；队伍：未填"),
        ({"version": 3, "fields": ["title", "adoptions"]}, "成为第几版：3；改了：标题、采用"),
        ({"points": {"reported": 1.0, "adopted": {"city": 5.5}}}, "分值：报送 1、采用 市级 5.5"),
        ({"targets": {}, "texts": True}, "全年任务：无；看全文：是"),
        ({"sha256": "a" * 64}, "校验和：" + "a" * 23 + "…"),
        ({"else": ["x"]}, "else：x"),
    ],
)
def test_particulars(details: dict[str, object], words: str) -> None:
    assert particulars(details) == words
