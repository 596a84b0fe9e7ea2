"""What somebody has on their desk (我的): prompts they are asked for or write on, checks, documents with outcomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk import sight
from xiansuo.desk.desk import Desk
from xiansuo.desk.office import office
from xiansuo.desk.own_documents import OwnDocuments, own_documents
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.desk.prompt_lists import list_prompts
from xiansuo.desk.reopening import PastCheck, history
from xiansuo.recommend import life
from xiansuo.records.accounts import Viewer
from xiansuo.records.prompts import Claim, PromptAction

_ALL = 100_000
_CHECKS = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A prompt with the claim that somebody has on it."""

    line: PromptLine
    claim: Claim


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What waits for somebody and what they have done.

    `commissions` are prompts that they or their unit are asked for by name and have not claimed, `open` those that
    anybody may claim, both the next deadline first. `working` are their claims that are not reported yet, `reported`
    the others. `checks` and what is in `documents` come newest first.
    """

    commissions: tuple[PromptLine, ...]
    open: tuple[PromptLine, ...]
    working: tuple[Held, ...]
    reported: tuple[Held, ...]
    checks: tuple[PastCheck, ...]
    documents: OwnDocuments


def own_work(desk: Desk, viewer: Viewer, *, now: dt.datetime) -> OwnWork:
    """Gather somebody's work as they may see it."""
    states = (*life.UNREPORTED, *life.REPORTED)
    lines = sight.prompt_lines(viewer, list_prompts(desk, now=now, states=states, limit=_ALL))
    held = [Held(line, claim) for line in lines if (claim := own_claim(viewer, line)) is not None]
    free = [line for line in lines if PromptAction.CLAIM in line.actions and is_free(viewer, line)]
    settled = office(desk)
    asked = {viewer.name, viewer.unit} - {""}
    documents = own_documents(desk, author=viewer.name, unit=viewer.unit, until=now.date())
    return OwnWork(
        tuple(line for line in free if asked & set(line.commissioned)),
        tuple(line for line in free if not line.commissioned),
        tuple(each for each in held if each.claim.state in life.IN_WORK),
        tuple(each for each in held if each.claim.state in life.REPORTED),
        sight.answer(viewer, history(desk, _CHECKS, viewer.account), settled),
        sight.answer(viewer, documents, settled),
    )


def own_claim(viewer: Viewer, line: PromptLine) -> Claim | None:
    """Return the claim that somebody has on a prompt, or None."""
    # An editor who claims for somebody may leave the unit out.
    return next((each for each in line.claims if each.author == viewer.name and each.unit in ("", viewer.unit)), None)


def is_free(viewer: Viewer, line: PromptLine) -> bool:
    """Tell whether somebody could claim a prompt that is out: nobody has it, or several may and they have not yet."""
    return own_claim(viewer, line) is None and (line.several or not line.claims)
