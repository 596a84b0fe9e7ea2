"""What reports and their outcomes count, and how many an office expects of each unit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from xiansuo.records import Level, Record

Number = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class Points(Record):
    """Points of a report, of an adoption by level, and of a leader's instruction.

    `counted`: of several adoptions of one report the highest counts, or each does.
    """

    counted: Literal["highest", "every"]
    reported: Number
    adopted: dict[Level, Number]
    instructed: Number
