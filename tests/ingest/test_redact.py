from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.ingest.redact import redact

FULL = str.maketrans("0123456789-", "０１２３４５６７８９－")


def identity(rng: random.Random) -> str:
    digits = (
        rng.choice(["110101", "320102", "370602", "440305"])
        + f"{rng.randint(1940, 2015)}{rng.randint(1, 12):02}"
        + f"{rng.randint(1, 28):02}{rng.randint(1, 999):03}"
    )
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11]


def bank_card(rng: random.Random) -> str:
    digits = "62" + "".join(str(rng.randrange(10)) for _ in range(rng.choice([13, 14, 15, 16])))
    doubled = sum(sum(divmod(2 * int(d), 10)) for d in digits[::-2])
    return digits + str(-(doubled + sum(int(d) for d in digits[-2::-2])) % 10)


def mobile(rng: random.Random) -> str:
    a, b, c = (
        f"1{rng.randint(3, 9)}{rng.randrange(10)}",
        f"{rng.randrange(10**4):04}",
        f"{rng.randrange(10**4):04}",
    )
    plain = a + b + c
    forms = [
        plain,
        f"{a}-{b}-{c}",
        f"{a} {b} {c}",
        f"+86{plain}",
        f"+86 {plain}",
        f"86-{plain}",
        plain.translate(FULL),
    ]
    return rng.choice(forms)


def landline(rng: random.Random) -> str:
    area = rng.choice(["010", "021", "0535", "0755", "0431", "0891"])
    rest = 7 if len(area) == 3 else 6
    local = f"{rng.randint(2, 8)}{rng.randrange(10**rest):0{rest}}"
    return rng.choice(
        [
            f"{area}-{local}",
            f"{area} {local}",
            f"({area}){local}",
            f"{area}{local}",
            f"{area}－{local}",
        ]
    )


@pytest.mark.parametrize(
    ("make", "mask"),
    [
        (mobile, "[手机号]"),
        (landline, "[电话]"),
        (identity, "[身份证号]"),
        (bank_card, "[银行卡号]"),
    ],
)
def test_numbers_of_people_are_masked_wherever_they_stand(make: Callable[[random.Random], str], mask: str) -> None:
    rng = random.Random(7)
    frames = [
        "联系电话：{}，请回复。",
        "张某某{}反映",
        "{}",
        "手机号{}",
        "（{}）",
        "我叫李某，{}是我的号码",
        "2024 {} 反映",
    ]
    missed = [text for _ in range(1000) if redact(text := rng.choice(frames).format(make(rng)))[0].count(mask) != 1]
    assert len(missed) <= 10, missed[:10]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "拨打12345热线",
            "报警110",
            "打12315投诉",
            "95598供电",
            "400-810-1234",
            "4008101234",
            "800-810-8888",
        ),
        *(
            "国发〔2015〕9号",
            "鲁政办发〔2023〕12号",
            "2015-2019年",
            "2019—2024年",
            "2024-03-05 10:22:01",
        ),
        *("投资13500000000元", "共计 15800000000 元", "人民币13812345678.50", "￥13812345678"),
        *("13,812,345,678元", "产值138.12345678亿", "发电15012345678千瓦时", "人口1411778724人"),
        *(
            "订单号13812345678",
            "受理编号：15012345678",
            "（2019）苏01民终1234号",
            "统一社会信用代码91320102MA1X12345K",
        ),
        *(
            "工单20240305123456789",
            "ISBN 9787115123456",
            "GB/T 50331-2002",
            "http://www.a.gov.cn/art/13812345678.html",
        ),
        *(
            "面积1234567890123456平方米",
            "3.1415926535897932",
            "2024030512345678",
            "0.13812345678",
            "G2栋320房",
        ),
        *(
            "电话12345",
            "邮编264000",
            "1.5万元至2.5万元",
            "110000 120000 130000",
            "320102199902301234",
        ),
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert redact(text) == (text, 0)


def test_addresses_old_cards_and_extensions() -> None:
    assert redact("请发 zhang.san@example.com.cn 或 li＠example.com") == (
        "请发 [邮箱] 或 [邮箱]",
        2,
    )
    assert redact("13812345678@139.com") == ("[邮箱]", 1)
    assert redact("身份证370602680305123，电话0535-6621234转801") == (
        "身份证[身份证号]，电话[电话]转801",
        2,
    )
    assert redact("37060219680305123x") == ("[身份证号]", 1)
    assert redact("手机13812345678/13912345678、15012345678") == (
        "手机[手机号]/[手机号]、[手机号]",
        3,
    )
    assert redact("6222 0212 3456 7890 128 卡号：6222021234567890123")[1] >= 1
    assert redact("电话：6621234")[0] == "电话：[电话]"


@given(st.text(alphabet="0123456789-+() １３８Xx@.a元年月电话：编号"))
def test_masking_twice_is_masking_once(text: str) -> None:
    once, _ = redact(text)
    assert redact(once) == (once, 0)


@given(st.text())
def test_nothing_but_numbers_changes(text: str) -> None:
    once, count = redact(text)
    assert (count == 0) == (once == text)
