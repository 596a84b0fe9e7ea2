from __future__ import annotations

import pytest

from xiansuo.recommend.cards.departments import asked_department


@pytest.mark.parametrize(
    ("said", "department"),
    [
        ("建议市住建局会同街道疏通下水道。", "市住建局"),
        ("由省法院、公安、物价部门重新核定价值。", "省法院、公安、物价部门"),
        ("建议省残联、省教育厅等部门联合摸底。", "省残联、省教育厅等部门"),
        ("区民政部门牵头，把用能户名梳理清楚。", "区民政部门"),
        ("幼儿园根据需要，向县区教育行政部门申请。", ""),
        ("政府应该制定相应的法律法规。", ""),
        ("鼓励居民自己动手。", ""),
    ],
)
def test_only_who_is_asked_to_act_is_named(said: str, department: str) -> None:
    assert asked_department(said) == department
    assert not department or department in said or "、" in department
