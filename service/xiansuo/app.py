"""The application: the API, the page, and how failures are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import run_sync
from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from xiansuo import __version__
from xiansuo.api import routes as api_routes
from xiansuo.desk.desk import Desk
from xiansuo.desk.job_work import Worker
from xiansuo.desk.sharing import answering_many
from xiansuo.errors import NotReady
from xiansuo.gate import problems
from xiansuo.gate.amounts import RateLimit, SizeLimit
from xiansuo.gate.clock import clock
from xiansuo.gate.deciding import decide
from xiansuo.gate.faults import Faults
from xiansuo.gate.headers import SecurityHeaders
from xiansuo.gate.hosts import Hosts
from xiansuo.gate.repeats import Repeats
from xiansuo.gate.trail import Trail
from xiansuo.gate.who import Who
from xiansuo.settings import Settings
from xiansuo.web import notices, pages
from xiansuo.web import routes as web_routes
from xiansuo.web.failing import failure_page
from xiansuo.web.first_password import FirstPassword
from xiansuo.web.unready import unready

_BODY = 16 << 20
_SIGN_INS = 30
_REFUSED: dict[int | str, dict[str, Any]] = {
    400: problems.described("请求不成立，或主机名没有登记"),
    401: problems.described("没有登录，或登录、密钥已经失效"),
    403: problems.described("没有这项权限，或请求不是从本系统的页面发出的"),
    409: problems.described("同样的请求正在处理"),
    413: problems.described("内容太大"),
    422: problems.described("请求不对"),
    429: problems.described("请求太多，或密码错了太多次"),
    500: problems.described("服务出错了"),
    503: problems.described("暂不可用"),
}
_ABOUT = "政协反映社情民意信息的查重、查一查、热点与选题。结果只作参考，由编辑判断。"


def create_app(settings: Settings, ready: Callable[[], None] = lambda: None) -> FastAPI:
    """Make the application for one home; it opens the home when it starts and closes it when it ends.

    :param ready: called once encoder and indexes are loaded, so that the first question need not wait for them.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with Desk(settings, patient=False) as desk:
            app.state.desk = desk
            desk.warm_up()
            ready()
            worker = Worker(settings, clock) if settings.jobs == "inside" else None
            if worker:
                worker.start()
            with answering_many():
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
        openapi_url=None,
        dependencies=[Depends(decide)],
    )
    # Added last is asked first: headers stand around everything, the trail sees what was done under which name.
    app.add_middleware(FirstPassword)
    app.add_middleware(notices.Once)
    app.add_middleware(Repeats)
    app.add_middleware(Trail)
    app.add_middleware(SizeLimit, most=_BODY, upload=settings.largest_upload << 20)
    app.add_middleware(RateLimit, most=settings.requests_a_minute, sign_ins=_SIGN_INS)
    app.add_middleware(Who)
    app.add_middleware(Hosts, names=settings.names)
    app.add_middleware(Faults)
    app.add_middleware(SecurityHeaders)
    problems.install(app, failure_page)
    app.add_exception_handler(NotReady, unready)
    for router in api_routes.ROUTERS:
        app.include_router(router, responses=_REFUSED)
    for router in web_routes.ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.STATIC))
    return app


def from_environment() -> FastAPI:
    """Make the application with the settings of the environment, for servers that start it in several processes."""
    return create_app(Settings())
