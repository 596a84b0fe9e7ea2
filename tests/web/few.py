"""The pages over a small archive of two matters with three themes, read with a stand-in encoder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams, fill, rows
from tests.desk.test_aligning import listed
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings


@contextmanager
def opened(settings: Settings, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The archive, asked by an editor as a browser would."""
    patch.setattr(shelf, "load", lambda *_: Grams())
    with Desk(settings) as desk:
        listed(fill(desk, folder, rows()), folder)
    with pages(settings) as client:
        yield client


@contextmanager
def pages(settings: Settings) -> Iterator[TestClient]:
    """Whatever this home holds, asked by an editor as a browser would."""
    made = TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False)
    with made as client:
        client.headers["Accept"] = "text/html"
        yield sign_in(client)


def informant(client: TestClient) -> TestClient:
    """Ask as an informant from now on."""
    return sign_in(client, "xinxi", Role.INFORMANT, name="委员甲")
