"""The application: the API, the page, and how failures are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.staticfiles import StaticFiles

from xiansuo import __version__
from xiansuo.api import (
    accounts,
    answers,
    batches,
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
from xiansuo.desk.desk import Desk
from xiansuo.desk.job_work import Worker
from xiansuo.gate import problems
from xiansuo.gate.amounts import RateLimit, SizeLimit
from xiansuo.gate.clock import clock
from xiansuo.gate.deciding import decide
from xiansuo.gate.headers import SecurityHeaders
from xiansuo.gate.repeats import Repeats
from xiansuo.gate.trail import Trail
from xiansuo.gate.who import Who
from xiansuo.settings import Settings
from xiansuo.web import home, lookup, mine, notices, pages, signing, write
from xiansuo.web import prompts as prompt_pages
from xiansuo.web.failing import failure_page

_API = (
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
    jobs,
    accounts,
    trail,
    health,
)
_PAGES = (pages, signing, home, prompt_pages, lookup, write, mine)
_HERE = ("127.0.0.1", "localhost", "[::1]")
_BODY = 16 << 20
_SIGN_INS = 30
_ABOUT = "政协反映社情民意信息的查重、查一查、热点与选题。结果只作参考，由编辑判断。"


def create_app(settings: Settings, ready: Callable[[], None] = lambda: None) -> FastAPI:
    """Make the application for one home; it opens the home when it starts and closes it when it ends.

    :param ready: called once encoder and indexes are loaded, so that the first question need not wait for them.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Desk(settings) as desk:
            app.state.desk = desk
            desk.warm_up()
            ready()
            worker = Worker(settings, clock) if settings.jobs == "inside" else None
            if worker:
                worker.start()
            yield
            if worker:
                # In a thread: an answer that is being given may need the loop.
                await run_sync(worker.stop)

    # FastAPI's own interface page would fetch its scripts from a foreign host; ours is among the pages.
    app = FastAPI(
        title="线索 xiansuo",
        version=__version__,
        description=_ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(decide)],
    )
    # Added last is asked first: headers stand around everything, the trail sees what was done under which name.
    app.add_middleware(notices.Once)
    app.add_middleware(Repeats)
    app.add_middleware(Trail)
    app.add_middleware(RateLimit, most=settings.requests_a_minute, sign_ins=_SIGN_INS)
    app.add_middleware(Who)
    app.add_middleware(SizeLimit, most=_BODY, upload=settings.largest_upload << 20)
    app.add_middleware(SecurityHeaders)
    # A foreign page must not reach the archive through a name that resolves to this machine.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*_HERE, *settings.names])
    problems.install(app, failure_page)
    for part in (*_API, *_PAGES):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    return app


def from_environment() -> FastAPI:
    """Make the application with the settings of the environment, for servers that start it in several processes."""
    return create_app(Settings())
