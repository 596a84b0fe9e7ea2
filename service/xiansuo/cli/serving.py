"""Start the page and the API on this machine."""

from __future__ import annotations

import ipaddress
import socket

from xiansuo.cli import show
from xiansuo.errors import InputError


def serve_on(host: str, port: int) -> None:
    """Serve until stopped; a busy port is replaced by the next free one.

    :raises InputError: the address is not this machine's own.
    """
    import uvicorn

    from xiansuo.app import create_app
    from xiansuo.settings import Settings

    if not _is_loopback(host):
        raise InputError(f"地址 {host} 不是本机地址。", advice="账号功能完成之前只在本机服务，请用 127.0.0.1。")
    port = _free_port(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    def ready() -> None:
        show.line(f"网页已打开：{address}/　接口说明：{address}/docs　按 Ctrl+C 停止")

    show.line("正在载入编码器和索引……")
    uvicorn.run(create_app(Settings(), ready), host=host, port=port, log_level="warning")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _free_port(host: str, wanted: int) -> int:
    for port in range(wanted, wanted + 50):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
        return port
    raise InputError(f"端口 {wanted} 到 {wanted + 49} 都被占用。", advice="请用 --port 指定别的端口。")
