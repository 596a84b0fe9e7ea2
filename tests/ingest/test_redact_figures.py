"""How many personal numbers are masked and how many other numbers are not, on strings made anew from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from tests.ingest.test_redact import FULL, bank_card, identity
from xiansuo.ingest.redact import redact

NUMBER = 1_500
AROUND = (
    "联系人{}，请回复。", "反映人电话：{}", "（{}）", "如有疑问请拨打{}，谢谢", "{}", "住户留下{}后离开",
    "手机{}、微信同号",
    "附件一：{}；附件二另报", "据称本人号码为{}。", "张某 {} 1月5日", "来信人（{}）称", "1、{}；2、待查", "“{}”",
)  # fmt: skip
PLAIN = (
    "今年投入{}元",
    "编号{}",
    "文号：{}",
    "客流{}人次",
    "产值{}万元",
    "批次号{}",
    "占{}%",
    "面积{}平方米",
    "订单号：{}",
)


def digits(rng: random.Random, number: int) -> str:
    return "".join(str(rng.randrange(10)) for _ in range(number))


def mobile(rng: random.Random) -> str:
    plain = rng.choice(["13", "15", "16", "17", "18", "19"]) + digits(rng, 9)
    spaced = f"{plain[:3]}{(gap := rng.choice([' ', '-', '－', '　', '.']))}{plain[3:7]}{gap}{plain[7:]}"
    return rng.choice(
        [plain, spaced, f"+86 {plain}", f"0086{plain}", f"(+86){plain}", plain.translate(FULL), f"86-{plain}"]
    )


def landline(rng: random.Random) -> str:
    area = rng.choice(["0535", "010", "0532", "021", "0371", "0898"])
    local = str(rng.randint(2, 8)) + digits(rng, 6 if len(area) == 4 else 7)
    return rng.choice([f"{area}-{local}", f"（{area}）{local}", f"{area} {local}", f"{area}—{local}"])


def card(rng: random.Random) -> str:
    plain = identity(rng)
    return rng.choice([plain, plain.lower(), plain.translate(FULL), f"{plain[:6]} {plain[6:14]} {plain[14:]}"])


def bank(rng: random.Random) -> str:
    plain = bank_card(rng)
    return rng.choice([plain, " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))])


def email(rng: random.Random) -> str:
    name = rng.choice(["lianxi", "office", "x", "jubao.xinxiang", "a_b-c"]) + digits(rng, rng.randrange(4))
    return f"{name}{rng.choice('@＠')}{rng.choice(['example.com', 'mail.example.cn', 'example.org'])}"


def other(rng: random.Random) -> str:
    year = rng.randint(1990, 2026)
    return rng.choice(
        [
            rng.choice(PLAIN).format(
                rng.choice([digits(rng, 11), f"1{digits(rng, 10)}", digits(rng, 16)]).lstrip("0") or "7"
            ),
            f"{year}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
            f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02} {rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
            f"政办发〔{year}〕{rng.randint(1, 300)}号",
            f"{rng.randint(1, 99)}.{digits(rng, 4)}亿元",
            f"拨打{rng.choice(['110', '119', '12345', '12315', '96111'])}热线",
            f"增长{rng.randint(1, 99)}.{rng.randint(0, 9)}%，达{rng.randint(1, 999)},{rng.randint(100, 999)}万元",
            f"东经{rng.randint(110, 125)}.{digits(rng, 6)}度，北纬{rng.randint(20, 45)}.{digits(rng, 6)}度",
            f"G{rng.randint(1, 99)}高速K{rng.randint(100, 999)}+{rng.randint(100, 900)}",
            f"{rng.randint(1, 30)}栋{rng.randint(1, 6)}单元{rng.randint(101, 3202)}室",
            f"{year}{rng.randint(1, 12):02}{rng.randint(1, 28):02}",
        ]
    )


KINDS: tuple[Callable[[random.Random], str], ...] = (mobile, landline, card, bank, email)


def personal(seed: int) -> Iterator[tuple[str, str]]:
    rng = random.Random(seed)
    for place in range(NUMBER):
        number = KINDS[place % len(KINDS)](rng)
        yield number, rng.choice(AROUND).format(number)


@pytest.mark.parametrize("seed", [1, 2])
def test_recall_and_precision(seed: int, caplog: pytest.LogCaptureFixture) -> None:
    texts = list(personal(seed))
    missed = [text for number, text in texts if number in redact(text)[0] or redact(text)[1] == 0]
    rng = random.Random(1000 + seed)
    plain = [other(rng) for _ in range(NUMBER)]
    wrong = [text for text in plain if redact(text)[1]]
    found = NUMBER - len(missed)
    assert found / NUMBER >= 0.99, missed[:20]
    assert found / (found + len(wrong)) >= 0.98, wrong[:20]
    assert caplog.text == ""
