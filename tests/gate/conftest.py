"""An empty home that is asked by several people at once, with a stand-in encoder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.conftest import GramEncoder
from xiansuo.app import create_app
from xiansuo.embed import shelf
from xiansuo.settings import Settings


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """The application, open."""
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    made = create_app(settings.model_copy(update={"requests_a_minute": 40, "largest_upload": 1, "jobs": "outside"}))
    with TestClient(made):
        yield made


def browser(app: FastAPI) -> TestClient:
    """Somebody's browser, not signed in."""
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)
