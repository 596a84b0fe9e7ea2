"""One browser and one served office for all journeys; each begins by signing in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from .chromium import browser
from .office import Office, furnished
from .person import Person
from .serving import served


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="FOLDER", help="put the README's pictures of the page there")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser keeps what is its own."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="session")
def chrome(folder: Path) -> Iterator[Chrome]:
    """A browser."""
    with browser(folder) as started:
        yield started


# The browser is asked for first: where there is none, nothing else needs to be made ready.
@pytest.fixture(scope="session")
def office(chrome: Chrome, demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:  # noqa: ARG001
    """The demo corpus, three accounts, and something of each kind that a page can show; served."""
    made = furnished(demo_home, tmp_path_factory.mktemp("office") / "home")
    with served(made.settings) as address:
        yield made.at(address)


@pytest.fixture
def person(chrome: Chrome, office: Office, folder: Path) -> Iterator[Person]:
    """Somebody at the browser, at a desk's width; nothing may go wrong in the browser on the way."""
    somebody = Person(chrome, office.address, folder / "downloads")
    somebody.width(1440)
    somebody.complaints()
    yield somebody
    assert somebody.complaints() == []


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of all pages are put, to be looked at."""
    return tmp_path_factory.mktemp("shots")
