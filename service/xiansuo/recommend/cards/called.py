"""What titles call a matter, and what the texts' own titles say is to be done about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from xiansuo.recommend.cards.matters import Matter
from xiansuo.recommend.cards.short_names import leading_verb, subject_of, unhurried
from xiansuo.recommend.reports.task_words import TaskWords
from xiansuo.text.normalise import normalise

# A name that begins after its subject, ends before its object, or puts two titles together.
_CUT = re.compile(
    "^(?:变成|成为|进入)|.关注|.规范(?!管理|化|发展).|(?:材料|融入|推动|打造|关注|规范|实现|进入|成为|变成)$"
)
_LED_IN = re.compile("^(?:关注|关心|重视|警惕|在)(?=.{4})")
# What a name leaves out of the title that it is taken from.
_MARKS = "[、·\"'“”‘’《》()（）\\s]*"
_CLAUSE = re.compile(r"[，。；！？：,;:!?—–]+")
# Behind the name of a thing stands no other thing.
_ENDS = re.compile(
    "(?:$|[^\u4e00-\u9fff]|[的了是在与和及或等由被将把应不未也都有为从对以则却就还已需须盼亟要]|建议|提案|意见|思考|对策)"
)
# Of the thing that a title names it may be something else that is asked for.
_OF_IT = re.compile(
    "的(?!(?:几点|若干|一些|有关|相关|政策|对策)*(?:建议|提案|意见|思考|对策|提议|议案|请示|调研|报告)|$)"
)
_OURS = re.compile("(?:我们?|本|全)[省市区县国]$")
_PLACE = re.compile("[\u4e00-\u9fff]{1,5}[省市区县镇乡]|[\u4e00-\u9fff]{2,4}街道")
_FOR = re.compile("^(?:在|为|对|给|向)[\u4e00-\u9fff]{2,8}?(?=[\u4e00-\u9fff]{2}$)")
_SOON = re.compile("(?:加快|加速)$")
_WHERE = ("", "在", "对", "就")
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Called:
    """The words that titles have for a matter.

    `act` is what a title of its own asks to be done about it: a verb as in 完善, empty where the name says that itself,
    None where no title tells. `situation`: a title tells it as a clause of its own, so it is what goes on rather than
    what is to be done.
    """

    name: str
    act: str | None = None
    situation: bool = False


def called(matter: Matter) -> Called:
    """Say what titles call a matter: its name, or where that is cut from a title, the subject of that title."""
    titles = [normalise(text.record.title).text for text in matter.texts]
    name = matter.name
    subjects = [_LED_IN.sub("", subject_of(text.record.title)) for text in matter.texts]
    if _CUT.search(name):
        name = _nearest(name, subjects)
    elif whole := _goes_on(name, matter, titles):
        name = whole
    elif not _told(name, matter, titles):
        # The name was put together out of two.
        name = _nearest(name, subjects)
    return Called(name, _act(name, titles), _situation(name, titles))


def _nearest(name: str, said: Sequence[str]) -> str:
    """Choose the words that share most pairs of characters with a name; of these the first."""
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    return max(said, key=lambda each: sum(pair in each for pair in pairs), default=name) or name


def _goes_on(name: str, matter: Matter, titles: Sequence[str]) -> str:
    """Return the subject of the title that a name breaks off, where it stands nowhere as a name of its own."""
    spelt = _spelt(name)
    bodies = (normalise(text.record.text).text for text in matter.texts)
    if any(_ENDS.match(said, found.end()) for said in (*titles, *bodies) for found in spelt.finditer(said)):
        return ""
    told = zip(matter.texts, titles, strict=True)
    wholes = (subject_of(text.record.title) for text, title in told if spelt.match(title))
    return next((whole for whole in wholes if spelt.match(normalise(whole).text)), "")


def _told(name: str, matter: Matter, titles: Sequence[str]) -> bool:
    """Tell whether a title has a name's characters in their order, or a text has them together."""
    spelt = _spelt(name)
    return any(_in_order(_plain(name), title) for title in titles) or any(
        spelt.search(normalise(text.record.text).text) for text in matter.texts
    )


def _in_order(name: str, title: str) -> bool:
    rest = iter(title)
    return all(letter in rest for letter in name)


def _act(name: str, titles: Sequence[str]) -> str | None:
    """Read off the titles what is to be done about a matter: the verb that most of them have before its name."""
    found = Counter(act for title in titles if (act := _act_of(name, title)) is not None)
    # A verb says more than none.
    return max(found, key=lambda act: (bool(act), found[act], act)) if found else None


def _act_of(name: str, title: str) -> str | None:
    there = _spelt(name).search(title)
    # 加强 is said of 规划控制, where the title has that behind the name.
    if there is None or not _ENDS.match(title, there.end()) or _OF_IT.match(title, there.end()):
        return None
    first, *rest = _CLAUSE.split(title[: there.start()].removeprefix("关于"))
    said = rest[-1] if rest else first
    said = _OURS.sub("", said)
    if unhurried(said) in _WHERE:
        if soon := _SOON.search(said):
            return soon[0]
        return "" if title.startswith("关于") and _deed(name) else None
    bare = unhurried(_FOR.sub("", unhurried(said)))
    verb = leading_verb(bare)
    left = bare[len(verb) :]
    if not verb or not (left in _WHERE or _PLACE.fullmatch(left)):
        return None
    return verb + (left if left in _WHERE else "")


def _deed(name: str) -> bool:
    """Tell whether a name says itself what is to be done."""
    adverb = TaskWords.read().adverb
    while found := adverb.match(name):
        name = name[found.end() :]
    return bool(leading_verb(unhurried(name)))


def _situation(name: str, titles: Sequence[str]) -> bool:
    """Tell whether a title that asks for nothing has the name as a clause of its own."""
    if len(_plain(name)) < _SHORTEST or _deed(name):
        return False
    told = [title for title in titles if not title.startswith("关于")]
    return any(_spelt(name).fullmatch(part) for title in told for part in re.split(r"[，。；！？：,;:!?—–\s]+", title))


@lru_cache(maxsize=512)
def _spelt(name: str) -> re.Pattern[str]:
    """Find a name as a title may spell it, with quotation marks and 、 in between."""
    return re.compile(_MARKS + _MARKS.join(map(re.escape, _plain(name))) + _MARKS)


def _plain(name: str) -> str:
    return re.sub(_MARKS, "", normalise(name).text)
