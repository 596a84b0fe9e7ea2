"""A real PostgreSQL of our own for tests: in a folder that goes again, reached through a file, never over a network."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text

_USER = "xiansuo"
# Nothing here has to outlive a power cut.
_HASTY = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=20"
_numbers = itertools.count()


def programs() -> Path | None:
    """Find the folder of PostgreSQL's programs, the newest version first; None where it is not installed."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb"), *Path("/usr/pgsql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    newest = max(found, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0, default=None)
    return newest.parent if newest else Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def server(bin: Path) -> Iterator[Path]:
    """Start a server and tell the folder of its socket; it is stopped and its files are removed afterwards."""
    owner = _owner()
    # Not among pytest's folders: these are closed to other users, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)

        def run(program: str, *words: str) -> None:
            user = owner.pw_uid if owner else None
            # What the server writes must not keep a pipe open: it lives on.
            subprocess.run(
                [bin / program, *words],
                check=True,
                user=user,
                group=owner.pw_gid if owner else None,
                extra_groups=[] if owner else None,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=120,
            )

        data = str(folder / "data")
        run("initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"{_HASTY} -k {folder}", "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(socket: Path) -> str:
    """Make an empty database and tell its address."""
    name = f"home{next(_numbers)}"
    engine = create_engine(_address(socket, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return _address(socket, name)


def _address(socket: Path, database: str) -> str:
    return f"postgresql+pg8000://{_USER}@/{database}?unix_sock={socket}/.s.PGSQL.5432"


def _owner() -> pwd.struct_passwd | None:
    """Name who the server runs as: it refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name: each for each in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]
