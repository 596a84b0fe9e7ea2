"""The README's pictures of the page; `pytest tests/browser/test_pictures.py --screenshots docs/images` renews them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from selenium.webdriver.common.by import By

from xiansuo.records.accounts import Role

from .office import LOGINS, PASSWORD, Office
from .person import Person

MOST = 300_000


@pytest.mark.parametrize(
    ("name", "role", "path"),
    [("prompts", Role.INFORMANT, "/prompts"), ("report", Role.EDITOR, "/checks/{run}")],
    ids=["prompts", "report"],
)
def test_pictures_of_the_page(
    person: Person,
    office: Office,
    shots: Path,
    request: pytest.FixtureRequest,
    name: str,
    role: Role,
    path: str,
) -> None:
    person.sign_in(LOGINS[role], PASSWORD)
    person.width(1280, 1000)
    person.go(path.format(run=office.run))
    person.settle()
    assert person.driver.find_element(By.TAG_NAME, "h1").is_displayed()
    into = Path(request.config.getoption("--screenshots", default=None) or shots)
    taken = person.picture(into / f"{name}.png", height=1000)
    # Few colours are used, and a picture in the repository stays there for good.
    with Image.open(taken) as shot:
        few = shot.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    few.save(taken, optimize=True)
    assert few.size == (1280, 1000)
    assert taken.stat().st_size < MOST
