"""The README's pictures of the page; `pytest tests/browser/test_pictures.py --screenshots docs/images` renews them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from xiansuo.records.accounts import Role

from .office import LOGINS, PASSWORD, Office
from .person import Person

SIZE = (1280, 1240)
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
    person.width(*SIZE)
    person.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    person.go(path.format(run=office.run))
    person.settle()
    if role is Role.INFORMANT:
        person.click("#found article summary")
        person.script("window.scrollTo({top: 0, behavior: 'instant'})")
    into = Path(request.config.getoption("--screenshots", default=None) or shots)
    taken = person.picture(into / f"{name}.png", whole=False)
    # Few colours are used, and a picture in the repository stays there for good.
    with Image.open(taken) as shot:
        few = shot.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    few.save(taken, optimize=True)
    assert few.size == SIZE
    assert taken.stat().st_size < MOST
