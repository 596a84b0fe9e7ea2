"""The application over the demo archive and over an empty home, asked as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.settings import Settings


@pytest.fixture(scope="module")
def client(own_demo: Path) -> Iterator[TestClient]:
    """The demo archive, asked by an editor."""
    app = create_app(Settings(home=own_demo))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


@pytest.fixture
def empty(settings: Settings) -> Iterator[TestClient]:
    """A home that holds nothing, asked by an editor."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)
