"""Start the page and the API on this machine, for it alone or for the office's network."""

from __future__ import annotations

import errno
import ipaddress
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence

from xiansuo.cli import show
from xiansuo.errors import InputError

_GRACE = 5
"""Seconds that open streams, such as a job's progress, are given when the service ends."""

_SILENCE = 60
"""Seconds after which a process that does not answer is replaced; loading an encoder may keep it from answering."""

_LOOK = 0.2
"""Seconds between two looks whether it is open."""


def serve_on(host: str, port: int, *, names: Sequence[str] = (), workers: int = 1) -> None:
    """Serve until stopped; a busy port is replaced by the next free one.

    :param names: host names by which the page may be asked for, besides this machine's own addresses.
    :param workers: processes that share the archive.
    :raises InputError: the address is not one of this machine's.
    :raises FileUnreadable: the styles and scripts of the page are not in place.
    """
    import uvicorn

    from xiansuo.app import create_app
    from xiansuo.cli.users import first_link
    from xiansuo.desk.desk import Desk
    from xiansuo.settings import Settings
    from xiansuo.web import vendor

    vendor.assure()
    port = _free_port(host, port)
    settings = Settings()
    known = sorted({*settings.names, *names, *_addresses(host)})
    settings = settings.model_copy(update={"names": tuple(known)})
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    with Desk(settings) as desk:
        first = first_link(desk)

    def ready() -> None:
        show.line(f"网页已打开：{address}/　接口说明：{address}/docs　按 Ctrl+C 停止")
        if first:
            show.line(f"还没有账号，请打开这个链接设第一个管理员（三天内用一次）：{address}{first}")
        if not _is_loopback(host):
            show.line("局域网里传输没有加密；请只在可信的内网使用，或放在支持 TLS 的反向代理之后。")

    show.line("正在载入编码器和索引……")
    if workers == 1:
        uvicorn.run(
            create_app(settings, ready), host=host, port=port, log_level="warning", timeout_graceful_shutdown=_GRACE
        )
        return
    # Further processes read their settings from the environment.
    os.environ["XIANSUO_NAMES"] = json.dumps(known)
    threading.Thread(target=_once_open, args=(host, port, ready), name="ready", daemon=True).start()
    uvicorn.run(
        "xiansuo.app:from_environment",
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        workers=workers,
        timeout_graceful_shutdown=_GRACE,
        timeout_worker_healthcheck=_SILENCE,
    )


def _once_open(host: str, port: int, ready: Callable[[], None]) -> None:
    """Wait until one of the processes takes calls: nothing is to be opened before."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while True:
        try:
            socket.create_connection((here, port), timeout=_LOOK).close()
        except OSError:
            time.sleep(_LOOK)
        else:
            return ready()


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _addresses(host: str) -> list[str]:
    """Tell by which names others reach an address that is listened on."""
    if host not in ("0.0.0.0", "::"):
        return [f"[{host}]" if ":" in host else host]
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        found = set()
    return [socket.gethostname(), *(f"[{each}]" if ":" in each else each for each in sorted(found))]


def _free_port(host: str, wanted: int) -> int:
    for port in range(wanted, wanted + 50):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except socket.gaierror as error:
                raise InputError(f"没有 {host} 这个地址。", advice="请用 127.0.0.1，或本机的局域网地址。") from error
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    raise InputError(
                        f"{host} 不是本机的地址。", advice="请用 127.0.0.1，或本机的局域网地址。"
                    ) from error
                continue
        return port
    raise InputError(f"端口 {wanted} 到 {wanted + 49} 都被占用。", advice="请用 --port 指定别的端口。")
