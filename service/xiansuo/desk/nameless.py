"""Answers without the names of those who wrote other people's documents: their unit stays."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, cast

from xiansuo.desk.facts import Contributor, Facts

_T = TypeVar("_T")
_FACTS = {"title", "author", "status"}


def nameless(given: _T, own: tuple[str, str]) -> _T:
    """Take out of an answer who has written what it names.

    :param own: name and unit of who asks; what is theirs keeps their name.
    """
    return cast("_T", _without(given, own))


def _without(given: Any, own: tuple[str, str]) -> Any:
    if dataclasses.is_dataclass(given) and not isinstance(given, type):
        told = {
            field.name: _without(getattr(given, field.name), own) for field in dataclasses.fields(given) if field.init
        }
        if isinstance(given, Facts | Contributor) and (given.author, given.unit) != own:
            told["author"] = ""
        return dataclasses.replace(given, **told)
    if isinstance(given, dict):
        told = {key: _without(value, own) for key, value in given.items()}
        # A stored card holds the facts as plain words.
        stranger = given.keys() >= _FACTS and (given["author"], given.get("unit", "")) != own
        return {**told, "author": ""} if stranger else told
    if isinstance(given, tuple | list):
        return type(given)(_without(each, own) for each in given)
    return given
