"""All parts of the API."""

from __future__ import annotations

from xiansuo.api import (
    accounts,
    answers,
    batches,
    bulletin,
    checks,
    decisions,
    documents,
    gaps,
    health,
    jobs,
    prompts,
    themes,
    topics,
    trail,
    writers,
)

ROUTERS = tuple(
    part.router
    for part in (
        answers,
        documents,
        checks,
        batches,
        decisions,
        topics,
        themes,
        gaps,
        prompts,
        writers,
        bulletin,
        jobs,
        accounts,
        trail,
        health,
    )
)
"""In the order of the description."""
