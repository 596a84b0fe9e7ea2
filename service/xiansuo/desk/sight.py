"""What somebody may see (权限之内的所见): editors all; informants their own, what is published, and no instructions.

Everything that the API or a page shows to an informant passes here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from typing import Any, TypeVar, cast

from xiansuo.dedup.paragraphs import Span
from xiansuo.desk.cutting import sum_up
from xiansuo.desk.document_line import DocumentLine
from xiansuo.desk.document_page import DocumentPage, no_document
from xiansuo.desk.facts import Facts
from xiansuo.desk.hot_topic import HotTopic
from xiansuo.desk.nameless import nameless
from xiansuo.desk.office import Office
from xiansuo.desk.prompt_acts import no_prompt
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompt_lists import PromptPage
from xiansuo.desk.reopening import PastCheck
from xiansuo.desk.report import DuplicateReport, Match
from xiansuo.desk.topic_page import TopicPage
from xiansuo.desk.topics import no_topic
from xiansuo.errors import NotAllowed
from xiansuo.recommend import life
from xiansuo.records import Kind, Sections
from xiansuo.records.accounts import Viewer
from xiansuo.records.archive import Standing
from xiansuo.records.prompts import Claim, PromptState

_T = TypeVar("_T")
_INSTRUCTED = "有批示"
_RULE = "rule:instruction"
_HIDDEN = "\u3000"
_OUT = (*life.UNREPORTED, *life.REPORTED)


def maker(viewer: Viewer) -> int | None:
    """Return whose checks somebody may open: their own account's, or everybody's, None."""
    return None if viewer.edits else viewer.account


def acts_for(viewer: Viewer, author: str, unit: str = "") -> tuple[str, str]:
    """Tell in whose name something is done to a prompt: an informant acts for themselves only.

    :return: author and unit.
    :raises NotAllowed: an informant names somebody else.
    """
    if viewer.edits:
        return author, unit
    if author not in ("", viewer.name) or unit not in ("", viewer.unit):
        raise NotAllowed("只能用自己的名义办理。", advice="需要代办时，请编辑来做。")
    return viewer.name, viewer.unit


def works_on(viewer: Viewer, line: PromptLine, author: str) -> str:
    """Tell whose claim on a prompt somebody works on: an informant on their own, not a namesake's of another unit.

    :return: the author.
    :raises NotAllowed: an informant names somebody else, or a namesake has the claim.
    """
    author, _ = acts_for(viewer, author)
    theirs = any(claim.author == author and _own(viewer, claim) for claim in line.claims)
    if not viewer.edits and not theirs and any(claim.author == author for claim in line.claims):
        raise NotAllowed("只能用自己的名义办理。", advice="认领的是同名的另一位信息员；需要代办时，请编辑来做。")
    return author


def sees_prompt(viewer: Viewer, line: PromptLine) -> bool:
    """Tell whether somebody may see a prompt: published ones, a commission only if it is theirs."""
    if viewer.edits:
        return True
    ours = {viewer.name, viewer.unit} - {""}
    theirs = any(_own(viewer, claim) for claim in line.claims)
    return theirs or (line.state in _OUT and (not line.commissioned or bool(ours & set(line.commissioned))))


def prompt_lines(viewer: Viewer, lines: Sequence[PromptLine]) -> tuple[PromptLine, ...]:
    """Keep the prompts that somebody may see, with nothing of other people's drafts."""
    return tuple(prompt_line(viewer, line) for line in lines if sees_prompt(viewer, line))


def prompt_line(viewer: Viewer, line: PromptLine) -> PromptLine:
    """Take other people's drafts out of a prompt's line."""
    if viewer.edits:
        return line
    return dataclasses.replace(line, claims=_claims(viewer, line.claims))


def prompt_page(viewer: Viewer, page: PromptPage, office: Office) -> PromptPage:
    """Take out of a prompt's page what somebody may not see.

    :raises NotFound: they may not see the prompt at all.
    """
    if viewer.edits:
        return page
    if not sees_prompt(viewer, page.line):
        raise no_prompt(page.line.number)
    own = tuple(each for each in page.feedback if (each.author, each.unit) == (viewer.name, viewer.unit))
    seen = PromptPage(prompt_line(viewer, page.line), page.prompt, _claims(viewer, page.claims), own, events=())
    told: dict[str, Any] = {"card": answer(viewer, seen.prompt.card, office)}
    if not office.instructions:
        told["angle"] = _sentence(seen.prompt.angle)
    return dataclasses.replace(seen, prompt=seen.prompt.model_copy(update=told))


def topic(viewer: Viewer, given: HotTopic) -> HotTopic:
    """Let a topic pass that somebody may see: what editors have hidden from the lists is not to be had by its address.

    :raises NotFound: it was hidden, and they do not edit.
    """
    if given.hidden and not viewer.edits:
        raise no_topic(given.id)
    return given


def topic_page(viewer: Viewer, page: TopicPage, office: Office) -> TopicPage:
    """Take out of a topic's page what somebody may not see.

    :raises NotFound: they may not see the topic at all.
    """
    topic(viewer, page.topic)
    return answer(viewer, page, office)


def answer(viewer: Viewer, given: _T, office: Office) -> _T:
    """Take leaders' instructions and other authors' names out of any answer, and of a report the texts of others."""
    if viewer.edits:
        return given
    if isinstance(given, DuplicateReport) and not office.texts:
        given = dataclasses.replace(given, matches=tuple(_excerpt(viewer, match) for match in given.matches))
    seen = given if office.instructions else _without(given)
    seen = seen if office.texts else nameless(seen, (viewer.name, viewer.unit))
    # Advice and reasons tell who wrote the matches and what became of them, too.
    return cast("_T", sum_up(seen) if isinstance(seen, DuplicateReport) and seen is not given else seen)


def document_line(viewer: Viewer, line: DocumentLine, office: Office) -> DocumentLine:
    """Take out of a line of the archive what somebody may not see; of others' withdrawn documents there is no line."""
    if viewer.edits or _theirs(viewer, line):
        return line if viewer.edits or office.instructions else _quiet(line)
    seen = line if office.instructions else _quiet(line)
    return seen if office.texts else dataclasses.replace(seen, author="", region="", sector="", whole=False)


def document_for(viewer: Viewer, page: DocumentPage, office: Office) -> DocumentPage:
    """Take out of a document what somebody may not see: their own is whole, of others' there are title and outcome.

    Earlier versions are for editors, and instructions and texts as the office has settled.

    :raises NotFound: it is somebody else's and was withdrawn.
    """
    if viewer.edits:
        return page
    own = _theirs(viewer, page)
    if not own and page.standing is not Standing.ACTIVE:
        raise no_document(page.id)
    # What is seen depends on who asks and on the office, and so does the name of its state.
    told = f"{page.tag}-{'o' if own else ''}{'t' if office.texts else ''}{'i' if office.instructions else ''}"
    seen = dataclasses.replace(page, versions=(), tag=told)
    if not office.instructions:
        seen = dataclasses.replace(_quiet(seen), instructions=())
    public = page.kind is Kind.REFERENCE  # policies and the like
    return seen if own or public or office.texts else _outside(seen)


def _outside(page: DocumentPage) -> DocumentPage:
    """Leave title, unit, kind, date and what became of it in one phrase."""
    return dataclasses.replace(
        page,
        text="",
        author="",
        team=None,
        sector="",
        region="",
        channel="",
        category="",
        theme="",
        source="",
        adoptions=(),
        instructions=(),
        replies=(),
        sections=Sections(rule=""),
        whole=False,
    )


def state_seen(viewer: Viewer, states: Collection[PromptState]) -> list[PromptState]:
    """Return which states somebody may ask for."""
    return [state for state in states if viewer.edits or state in _OUT]


def _theirs(viewer: Viewer, each: DocumentLine | DocumentPage) -> bool:
    return (each.author, each.unit) == (viewer.name, viewer.unit)


_Shown = TypeVar("_Shown", DocumentLine, DocumentPage)


def _quiet(shown: _Shown) -> _Shown:
    """Leave unsaid that there is an instruction."""
    said = [part for part in shown.status.split("，") if part != _INSTRUCTED]
    return dataclasses.replace(shown, status="，".join(said) or "未见采用")


def _own(viewer: Viewer, claim: Claim) -> bool:
    # An editor who claims for somebody may leave the unit out.
    return claim.author == viewer.name and claim.unit in ("", viewer.unit)


def _claims(viewer: Viewer, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(
        _checked(each) if _own(viewer, each) else each.model_copy(update={"check": None, "document": ""})
        for each in claims
    )


def _checked(claim: Claim) -> Claim:
    if claim.check is None:
        return claim
    said = claim.check.model_copy(update={"advice": _advice(claim.check.advice)})
    return claim.model_copy(update={"check": said})


def _excerpt(viewer: Viewer, match: Match) -> Match:
    """Leave of another's text only what is held against the draft; offsets stay as they are."""
    if match.facts.author and (match.facts.author, match.facts.unit) == (viewer.name, viewer.unit):
        return match
    seen = bytearray(len(match.text))
    for start, end in _held(match):
        for place in range(start, min(end, len(seen))):
            seen[place] = 1
    kept = "".join(char if shown or char == "\n" else _HIDDEN for char, shown in zip(match.text, seen, strict=True))
    return dataclasses.replace(match, text=kept)


def _held(match: Match) -> list[Span]:
    return [*(pair.earlier for pair in match.evidence.pairs), *match.evidence.earlier_runs]


def _without(given: Any) -> Any:
    """Walk through an answer and take out every mention of a written instruction that the service made."""
    if isinstance(given, Facts):
        said = [part for part in given.status.split("，") if part != _INSTRUCTED]
        return dataclasses.replace(given, status="，".join(said) or "未见采用")
    if isinstance(given, Match):
        lines = tuple(line for line in given.outcomes if "批示" not in line.split("：", 1)[0])
        return dataclasses.replace(given, facts=_without(given.facts), outcomes=lines)
    if isinstance(given, PastCheck):
        return dataclasses.replace(given, advice=_advice(given.advice))
    if dataclasses.is_dataclass(given) and not isinstance(given, type):
        told = {field.name: _without(getattr(given, field.name)) for field in dataclasses.fields(given) if field.init}
        return dataclasses.replace(given, **({**told, "text": _sentence(told["text"])} if "because" in told else told))
    if isinstance(given, dict):
        told = {key: _plain(key, _without(value)) for key, value in given.items()}
        return {**told, "text": _sentence(told["text"])} if "because" in told and "text" in told else told
    if isinstance(given, tuple | list):
        return type(given)(_without(each) for each in given if not _instruction(each))
    return given


def _instruction(each: Any) -> bool:
    because = each.get("because", ()) if isinstance(each, dict) else getattr(each, "because", ())
    return _RULE in because


def _sentence(text: str) -> str:
    # As `recommend.cards.wording.taken_up` puts it.
    return text.replace("采用和批示", "采用").replace("已获批示", "已有反映")


def _advice(text: str) -> str:
    # As `advising.advise` puts it: what became of a document stands in brackets.
    return text.replace("，有批示", "").replace("有批示，", "").replace("（有批示）", "（未见采用）")


def _plain(key: str, value: Any) -> Any:
    # A stored card holds the facts as plain words.
    if key != "status" or not isinstance(value, str):
        return value
    return "，".join(part for part in value.split("，") if part != _INSTRUCTED) or "未见采用"
