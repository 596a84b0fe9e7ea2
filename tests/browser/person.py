"""Somebody in front of the browser: what they press, type and see."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, WebDriverException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

_T = TypeVar("_T")
_SLOWEST = 90
_PASSING = (NoSuchElementException, StaleElementReferenceException)
# Not by gliding there: a click on the way would miss.
_INTO_SIGHT = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
# Complete, nothing asked for and nothing still to be asked for, every chart drawn.
_SETTLED = """
const waiting = ".htmx-request, [hx-trigger=load] [role=status], .swagger-ui .loading-container";
const charts = [...document.querySelectorAll(".chart[data-src]")];
return document.readyState === "complete" && !document.querySelector(waiting)
  && charts.every((each) => each.querySelector("canvas") || each.classList.contains("failed"));
"""


class Person:
    """Waits for what must come, as a person would; what does not come within 90 seconds fails the test."""

    def __init__(self, driver: Chrome, address: str, downloads: Path) -> None:
        self.driver, self.address, self.downloads = driver, address, downloads

    def go(self, path: str) -> None:
        """Open a page."""
        self.driver.get(self.address + path)

    def at(self, path: str) -> None:
        """Wait until the address is this one, or one below it."""
        self.until(lambda: self.path.startswith(path), f"the page {path}, not {self.path}")

    @property
    def path(self) -> str:
        """Where one is, without the service's own address."""
        return self.driver.current_url.removeprefix(self.address)

    def sign_in(self, login: str, password: str) -> None:
        """Sign in, whoever was before."""
        self.driver.delete_all_cookies()
        self.go("/login")
        self.fill("login", login)
        self.fill("password", password)
        self.press("登录", "main form")
        self.one("form[action='/logout'], details.menu")

    def until(self, holds: Callable[[], _T], what: str, seconds: float = _SLOWEST) -> _T:
        """Wait until something holds, and return it."""
        wait: WebDriverWait[Chrome] = WebDriverWait(self.driver, seconds, 0.1, ignored_exceptions=_PASSING)
        return wait.until(lambda _: holds() or False, f"{what} did not come")

    def settle(self) -> None:
        """Wait until the page has all its parts."""
        self.until(lambda: self.driver.execute_script(_SETTLED), "the whole page")

    def all(self, css: str) -> list[WebElement]:
        """Return what is there now."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css: str) -> WebElement:
        """Return the first that can be seen."""
        return self.until(lambda: next((each for each in self.all(css) if each.is_displayed()), None), css)

    def sees(self, text: str, css: str = "body") -> str:
        """Wait for a text, and return all that stands there."""
        return self.until(lambda: next((each.text for each in self.all(css) if text in each.text), ""), f"“{text}”")

    def press(self, text: str, within: str = "body") -> None:
        """Press the first button or link that says this."""
        said = f".//*[self::button or self::a or self::summary][starts-with(normalize-space(), '{text}')]"
        self._click(lambda: self.driver.find_element(By.CSS_SELECTOR, within).find_elements(By.XPATH, said), text)

    def click(self, css: str) -> None:
        """Click the first of these that can be seen."""
        self._click(lambda: self.all(css), css)

    def _click(self, found: Callable[[], list[WebElement]], what: str) -> None:
        def clicked() -> bool:
            for each in found():
                if each.is_displayed() and each.is_enabled():
                    self.script(_INTO_SIGHT, each)
                    each.click()
                    return True
            return False

        self.until(clicked, f"“{what}” to press")

    def fill(self, name: str, text: str, within: str = "") -> None:
        """Type into a field in place of what is there."""
        field = self.one(f"{within} [name={name}]")
        field.clear()
        field.send_keys(text)

    def keys(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def script(self, source: str, *told: Any) -> Any:
        """Ask the page something."""
        return self.driver.execute_script(source, *told)

    def width(self, pixels: int, height: int = 900) -> None:
        """Look through a window of another size; a narrow one is a phone's."""
        told = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": pixels < 640}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", told)

    def picture(self, path: Path, *, whole: bool = True) -> Path:
        """Take a picture of the page, or only of what the window shows of it."""
        shot = {"format": "png", "captureBeyondViewport": whole}
        path.write_bytes(base64.b64decode(self.driver.execute_cdp_cmd("Page.captureScreenshot", shot)["data"]))
        return path

    def downloaded(self, suffix: str) -> io.BytesIO:
        """Wait for a file and take it, so that the next one is another."""
        found = self.until(lambda: next(iter(self.downloads.glob(f"*{suffix}")), None), f"a file {suffix}")
        told = io.BytesIO(found.read_bytes())
        found.unlink()
        return told

    def complaints(self) -> list[str]:
        """Return what the browser had to complain of since the last time: errors of scripts, refused by the policy."""
        try:
            told = self.driver.get_log("browser")
        except WebDriverException:  # pragma: no cover - an old driver
            return []
        return [f"{self.path}: {each['message']}" for each in told if each["level"] in ("SEVERE", "WARNING")]
