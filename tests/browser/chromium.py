"""Debian's Chromium, driven through its own driver; nothing is fetched and nothing is told to anybody."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--lang=zh-CN",
    "--window-size=1440,900",
)
_SLOWEST = 60


def programs() -> tuple[str, str]:
    """Find browser and driver; without them the tests are skipped, except where they are meant to be there."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if browser and driver:
        return browser, driver
    missing = "Chromium and its driver are not installed (Debian: apt-get install chromium chromium-driver)"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Chrome]:
    """Start a browser.

    :param folder: where it keeps its profile, and puts what is downloaded, below `downloads`.
    """
    program, driver = programs()
    downloads = folder / "downloads"
    downloads.mkdir()
    options = ChromeOptions()
    options.binary_location = program
    for switch in (*_SWITCHES, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(switch)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SE_AVOID_STATS", "true")
        environment.setenv("NO_PROXY", "127.0.0.1,localhost")
        started = Chrome(options, Service(driver))
        try:
            started.set_page_load_timeout(_SLOWEST)
            yield started
        finally:
            started.quit()
