"""Characters that must not reach the archive, and those an editor should know of."""

from __future__ import annotations

import re

# Unicode will never assign these a meaning; some databases refuse them.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in range(0, 0x110000, 0x10000))
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb"
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_EMOJI_RANGES = (
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u231a\u231b\u23e9-\u23f3\u2614\u2615\u26a1\u26bd"
    "\u26d4\u2705\u270a-\u270d\u2728\u274c\u274e\u2753-\u2757\u2764\u2795-\u2797\u2b50\u2b55\ufe0f"
)
# Short and negated, ten times as fast as naming what is odd: every text is scanned with it.
_UNUSUAL = re.compile("[^\t\n\x20-\x7e\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
_BREAK = re.compile(f"\r\n?|[{_BREAKS}]")
_REMOVED = re.compile(f"[{_CONTROL}{_NONCHARACTERS}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EMOJI = re.compile(f"[{_EMOJI_RANGES}]")


def clean(text: str) -> tuple[str, list[str]]:
    r"""Make a text safe to store: encodable, line breaks as `\n`, no control or noncharacters.

    :return: the text and what an editor should know about it, in Chinese.
    """
    if not _UNUSUAL.search(text):
        return text, []
    notes: list[str] = []
    text = _BREAK.sub("\n", text).replace("\ufeff", "")
    text, replaced = _SURROGATE.subn("\ufffd", text)
    text, removed = _REMOVED.subn("", text)
    if removed:
        notes.append("含控制字符等不可见的非法字符，已去掉")
    if replaced:
        notes.append("含残缺的字符，已用“\ufffd”代替")
    if _EMOJI.search(text):
        notes.append("含表情符号，按原样保留")
    return text, notes


def one_line(text: str) -> str:
    """Join a text's lines and blanks: for titles, names and messages."""
    return " ".join(text.split())


def shown(value: object, longest: int = 30) -> str:
    """Quote a value in a message: on one line, cut at `longest` characters, encodable."""
    text = one_line(clean(str(value))[0])
    return text if len(text) <= longest else text[: longest - 1] + "…"
