"""Numbers as people write them, in one form: 二十四场 and 24 场 say the same."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]*)|[零一二三四五六七八九十百千万亿两]+")
# One character alone is mostly no figure (一是, 两难) unless something is counted with it.
_COUNTED = "成个家名年月所条人户起件次处亩元"
_SMALLEST = 3
"""Smaller numbers count suggestions and steps in every text."""


def numbers(text: str) -> list[float]:
    """Find the numbers above 3 of a normalised text, in reading order, repeats kept."""
    found = []
    for match in _NUMBER.finditer(text):
        written = match.group()
        if len(written) == 1 and not written.isascii() and text[match.end() : match.end() + 1] not in _COUNTED:
            continue
        value = _mixed(match[1], match[2]) if match[1] else _chinese(written)
        if value > _SMALLEST:
            found.append(value)
    return found


def _mixed(digits: str, units: str) -> float:
    """Read 24万: digits and what they are counted in."""
    value = float(digits)
    for unit in units:
        value *= _UNITS[unit]
    return round(value, 3)


def _chinese(written: str) -> float:
    if not any(character in _UNITS for character in written):
        return float("".join(str(_DIGITS[character]) for character in written))
    total = section = digit = 0
    for character in written:
        if character in _DIGITS:
            digit = _DIGITS[character]
            continue
        unit = _UNITS[character]
        if unit == _UNITS["亿"]:
            total = (total + section + digit) * unit
            section = 0
        elif unit == _UNITS["万"]:
            # What stands before 亿 is counted already: 一亿二千万.
            total += (section + digit) * unit
            section = 0
        else:
            section += (digit or 1) * unit
        digit = 0
    if total + section and written[-1] in _DIGITS and written[-2] in _UNITS:
        # 三万八 leaves out the last unit; in 三万零八 it does not.
        digit *= _UNITS[written[-2]] // 10
    return float(total + section + digit)
