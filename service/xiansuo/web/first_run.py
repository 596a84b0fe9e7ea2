"""The first run: the demo corpus is loaded by one click, as a job that is followed live."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from xiansuo.desk import job_sight
from xiansuo.gate.asked import Clock, OpenDesk
from xiansuo.gate.deciding import Asking
from xiansuo.records.jobs import JobKind

router = APIRouter(include_in_schema=False)


@router.post("/first-run/demo")
def load_demo(desk: OpenDesk, now: Clock, who: Asking) -> Response:
    """Queue the load, once however often it is clicked."""
    job = job_sight.once(desk, JobKind.DEMO, by=who.name, now=now)
    return RedirectResponse(f"/jobs/{job.id}", 303)
