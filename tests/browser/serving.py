"""The application as it is served: under uvicorn, on a free port of this machine, with its jobs inside."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import uvicorn

from xiansuo.app import create_app
from xiansuo.settings import Settings

_SLOWEST = 120


@contextlib.contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve a home and tell the address, without a slash at its end."""
    config = uvicorn.Config(
        create_app(settings), host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="served")
    thread.start()
    try:
        end = time.monotonic() + _SLOWEST
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            assert time.monotonic() < end, "the service takes too long to start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_SLOWEST)
