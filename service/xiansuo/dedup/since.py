"""By which words a text shows that something has happened since: what makes it a follow-up rather than a repetition.

A follow-up tells what came of the matter: a rule took effect, a plant was built, a practice came back in another form.
Its title often says so already (…实施后, …又反弹, …新苗头), and it names a later year than the earlier text.
"""

from __future__ import annotations

import math
import re

from xiansuo.dedup.reading import Reading

_CUE = re.compile(
    "以来|此前|上次|曾|运行.{0,4}年|推行|实施.{0,8}(?:后|以来)|出台后|新情况|新问题|新手法|新的问题|仍|反弹|反复|回头看|近期|今年|目前"
    "|再次|依然|又出现|已经?(?:建成|实施|出台|推行|落实|上线|开通|完成)|改造后|投用|落地|[半一两三]年"
)
_TITLE_CUE = re.compile(
    "(?<![落前先今以课饭产术售背幕])后(?![续勤备代人台方排辈果])|以后|再[次度敲]|又[现有出]|仍|反弹|回潮|抬头|依然|初显|提速|[半一两三四五]个?[年月]"
    "|新(?:情况|问题|动向|苗头|手法|变化|特点|缺口|短板|难题|隐患)|转(?:入|向|为)"
)
_YEAR = re.compile(r"(20[0-3]\d)\s*年")
LONGEST_GAP = 5.0
"""Years from which it does not matter how much later."""

SINCE = ("cues", "cues_more", "cues_problem", "cues_title", "cues_title_more", "later")


def since(draft: Reading, earlier: Reading) -> dict[str, float]:
    """Compare such words.

    :return: by the names in `SINCE`: density of cues in the draft, above the earlier text's, and in its problem; cues
        of the title as log of the count, and above the earlier title's; years between the latest years named, 0..5.
    """
    title, old_title = draft.passages.texts[0], earlier.passages.texts[0]
    problem = "".join(draft.passages.texts[row] for row in draft.problem)
    cues, in_title = _density(draft.text), _told(title)
    more, title_more = cues - _density(earlier.text), in_title - _told(old_title)
    found = (cues, more, _density(problem), in_title, title_more, _later(draft.text, earlier.text))
    return dict(zip(SINCE, found, strict=True))


def _density(text: str) -> float:
    return math.log1p(len(_CUE.findall(text))) - math.log1p(len(text) / 200)


def _told(title: str) -> float:
    return math.log1p(len(_TITLE_CUE.findall(title)))


def _later(text: str, earlier: str) -> float:
    here, there = _YEAR.findall(text), _YEAR.findall(earlier)
    return min(LONGEST_GAP, max(0.0, float(int(max(here)) - int(max(there))))) if here and there else 0.0
