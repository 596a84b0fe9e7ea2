"""Numbers that lead to a person, masked before anything is stored.

Phones, identity cards, bank cards and e-mail go; sums, document numbers, statistics and public
hotlines stay: a pattern alone never decides where a checksum, a unit behind the number or a label
before it can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

MOBILE, LANDLINE, IDENTITY, BANK_CARD, EMAIL = (
    "[手机号]",
    "[电话]",
    "[身份证号]",
    "[银行卡号]",
    "[邮箱]",
)

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_DIGIT = "0-9\uff10-\uff19"
# Most texts hold no run of seven digits: a cheap look at the text as written spares the rest.
_SUSPECT = re.compile(f"[{_DIGIT}][-{_DIGIT}\uff0d{_DASHES} \u00a0\u3000()\uff08\uff09.]{{5,}}[{_DIGIT}]")
_CLUMP = re.compile(r"[(+0-9][-0-9 ()+.]{5,}[0-9Xx]")
# One character for one, so that offsets into the original stay. Full-width commas and colons end a
# number as they are.
_FOLD = {
    **{ord(wide): ord(wide) - 0xFEE0 for wide in "\uff08\uff09\uff0b\uff0d\uff0e\uff20\uff3f"},
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))},
    **{code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)},
    **{ord(dash): ord("-") for dash in _DASHES},
    0x3000: 0x20,
    0xA0: 0x20,
}
_FOLDABLE = re.compile("[" + "".join(map(chr, _FOLD)) + "]")

_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_COUNTRY = r"(?:(?:\+|(?<!\d)00)?86[- ]?|\(\+?86\) ?)"
_CARD = r"[1-9]\d{5}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}[\dXx]"
_BANK = r"[34569]\d{15,18}|[34569]\d{3}(?:[- ]\d{4}){3}(?:[- ]?\d{1,3})?"
_OLD_CARD = r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
_MOBILE = (
    _COUNTRY + r"?0?1[3-9](?:\d[-. ]?\d{4}[-. ]?\d{4}|\d{2}[- ]\d{3}[- ]\d{4}"
    r"|\d{2}[- ]\d{4}[- ]\d{3}|\d[- ]\d{3}[- ]\d{5})"
)
_AREA = (
    r"(?:10|2\d|3(?:1\d|35|4[39]|5\d|7\d|9[1-8])|4[1-35-8]\d|5[1-9]\d|6(?:3[1-5]|6[0-38]|9[12])"
    r"|[7-9]\d{2})"
)
_LANDLINE = (
    rf"(?:(?:\+|00)86[- ]?{_AREA}[- ]|{_COUNTRY}?\(0{_AREA}\)[- ]?|{_COUNTRY}?0{_AREA} ?- ?"
    rf"|0{_AREA} )"
    r"[1-9]\d{2,3}[- ]?\d{4}"
    r"|0(?:10|2\d)[1-9]\d{7}|0(?!10|2)" + _AREA + r"[1-9]\d{6,7}"
)
_NUMBER = re.compile(
    rf"(?<![\d.])(?:(?P<landline>{_LANDLINE})|(?P<card>{_CARD})|(?P<bank>{_BANK})|(?P<old_card>{_OLD_CARD})"
    rf"|(?P<mobile>{_MOBILE})|(?P<account>\d{{16,19}})|(?P<local>[2-8]\d{{2,3}}-?\d{{4}}))(?!\d)"
    r"|(?P<point>(?<=\.)(?<!\d\.)(?:0?1[3-9]\d{9})(?!\d))"
)

# A unit behind the number makes it a sum or a count; 万 may be a surname.
_COUNTED = re.compile(
    r"\.\d|,\d{3}(?!\d)| ?(?:余|多)?(?:%|‰|元|万(?!先生|女士|老师|师傅|某|经理|主任|总)|亿|千瓦"
    r"|兆瓦|吨|公斤|千克|立方|平方|公顷|公里|千米|米|亩|人次|人民币|美元|欧元|港元|日元|度电|户|株|辆|册"
    r"|件(?!事)|个(?!人)|次|头|倍)"
)
_NUMBERED = re.compile(
    r"(?:编号|编码|单号|文号|案号|件号|受理号|流水号|批号|批次号?|工单号?|订单号?|合同号|许可证号?|序列号"
    r"|代码|条码|税号|备案号|运单号?|登记号|档号|ISBN|ISSN|SN|No\.?|\u3014|[¥￥$])[:： 为是]{0,3}"
    r"(?:\(\d{4}\))?$",
    re.IGNORECASE,
)
_PHONE_LABEL = re.compile(r"(?:电话|座机|固话|传真|联系方式|[Tt][Ee][Ll])(?:号码?)?[:：.为是 ]{0,3}$")
_CARD_LABEL = re.compile(r"(?:身份证|证件)(?:号码?)?[:：为是 ]{0,3}$")
_BANK_LABEL = re.compile(r"(?:银行卡|卡号|账号|帐号|储蓄卡|工资卡)(?:号码?)?[:：为是 ]{0,3}$")
_LETTERS = re.compile(r"([A-Za-z_]+)$")
_PHONE_LETTERS = frozenset({"tel", "phone", "mobile", "mob", "wx", "vx", "wechat", "v", "call"})
_IN_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[/_.\-]$", re.IGNORECASE)
_BEHIND_LETTER = re.compile(r"[A-Za-z_]|\.[A-Za-z]")

_PROVINCES = frozenset(
    str(code)
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 83),
    )
    for code in range(first, last + 1)
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BORN = re.compile(r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def redact(text: str) -> tuple[str, int]:
    """Mask personal numbers.

    :return: the text with a word in brackets for each number, and how many were masked; doing it
        again changes nothing.
    """
    masked = 0
    # A mask can free its neighbour from the digits that hid it; every round has fewer digits.
    while "@" in text or "\uff20" in text or _SUSPECT.search(text):
        text, here = _once(text)
        if not here:
            break
        masked += here
    return text, masked


def _once(text: str) -> tuple[str, int]:
    folded = text.translate(_FOLD) if _FOLDABLE.search(text) else text
    spans = [(*found.span(), EMAIL) for found in _EMAIL.finditer(folded)] if "@" in folded else []
    for clump in _CLUMP.finditer(folded):
        spans += _numbers(folded, clump.start(), clump.end())
    pieces: list[str] = []
    last = masked = 0
    for start, end, mask in sorted(spans, key=lambda span: (span[0], -span[1])):
        # A number inside an address goes with the address.
        if start >= last:
            pieces += [text[last:start], mask]
            last, masked = end, masked + 1
    return "".join([*pieces, text[last:]]), masked


def _numbers(folded: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    while found := _NUMBER.search(folded, start, end):
        mask = _mask(folded, found)
        if mask:
            yield found.start(), found.end(), mask
        # What is no number of its kind may hold another one behind a blank: 2024 13812345678.
        start = found.end() if mask else _next_start(folded, found)


def _next_start(folded: str, found: re.Match[str]) -> int:
    at = found.start() + 1
    while at < found.end() and folded[at].isalnum():
        at += 1
    return at


def _mask(folded: str, found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    before, after = (
        folded[max(0, found.start() - 200) : found.start()],
        folded[found.end() : found.end() + 8],
    )
    # The search saw the clump only.
    if after[:1].isdigit():
        return ""
    return _JUDGES[kind](re.sub(r"[^\dXx]", "", found[0]).upper(), before, after)


def _mobile(_digits: str, before: str, after: str) -> str:
    return MOBILE if _stands_alone(before, after) else ""


def _landline(_digits: str, before: str, after: str) -> str:
    # 2024-0512-1234567 is a file number.
    if re.search(r"\d[-/]$", before):
        return ""
    return LANDLINE if _stands_alone(before, after) else ""


def _local(_digits: str, before: str, after: str) -> str:
    # Seven or eight digits alone are a phone only where the text says so; 400 and 800 are public.
    return LANDLINE if _PHONE_LABEL.search(before) and _stands_alone(before, after) else ""


def _card(digits: str, before: str, after: str) -> str:
    person = _BORN.match(digits, 6) and digits[:2] in _PROVINCES and not _COUNTED.match(after)
    if person and (digits[-1] == "X" or _checksum(digits) or _CARD_LABEL.search(before)):
        return IDENTITY
    return "" if digits[-1] == "X" else _bank(digits, before, after)


def _old_card(digits: str, before: str, after: str) -> str:
    return IDENTITY if digits[:2] in _PROVINCES and _stands_alone(before, after) else ""


def _bank(digits: str, before: str, after: str) -> str:
    if _BANK_LABEL.search(before):
        return BANK_CARD
    # Other first digits belong to dates, serial numbers and credit codes.
    likely = digits[0] in "3456" or (digits[0] == "9" and len(digits) in (16, 19))
    return BANK_CARD if likely and _luhn(digits) and _stands_alone(before, after) else ""


_JUDGES: dict[str, Callable[[str, str, str], str]] = {
    "mobile": _mobile,
    "point": _mobile,
    "landline": _landline,
    "local": _local,
    "card": _card,
    "old_card": _old_card,
    "bank": _bank,
    "account": _bank,
}


def _stands_alone(before: str, after: str) -> bool:
    """Whether nothing around the digits makes them a sum, a count, a code or part of an address."""
    letters = _LETTERS.search(before)
    return not (
        (letters and letters[1].lower() not in _PHONE_LETTERS)
        or _BEHIND_LETTER.match(after)
        or _COUNTED.match(after)
        or _NUMBERED.search(before)
        or _IN_ADDRESS.search(before)
    )


def _checksum(digits: str) -> bool:
    """ISO 7064 MOD 11-2, as GB 11643-1999 has it."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return "10X98765432"[total % 11] == digits[17]


def _luhn(digits: str) -> bool:
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0
