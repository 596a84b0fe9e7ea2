"""The application: the API, the page, and how failures are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline

from xiansuo import __version__
from xiansuo.api import answers, batches, checks, decisions, gaps, problems, prompts, themes, topics, writers
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings
from xiansuo.web import pages

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
            yield

    # The interface page carries its own scripts and styles: there is no network to fetch them from.
    app = FastAPIOffline(
        title="线索 xiansuo", version=__version__, description=_ABOUT, lifespan=lifespan, redoc_url=None
    )
    # A foreign page must not reach the archive through a name that resolves to this machine.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    problems.install(app)
    app.include_router(answers.router, prefix="/api/v1")
    app.include_router(batches.router, prefix="/api/v1")
    app.include_router(checks.router, prefix="/api/v1")
    app.include_router(decisions.router, prefix="/api/v1")
    app.include_router(gaps.router, prefix="/api/v1")
    app.include_router(prompts.router, prefix="/api/v1")
    app.include_router(themes.router, prefix="/api/v1")
    app.include_router(topics.router, prefix="/api/v1")
    app.include_router(writers.router, prefix="/api/v1")
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    return app
