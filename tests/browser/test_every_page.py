"""Every page at a desk and on a phone: nothing sticks out, nothing fails, letters are there, the keyboard works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from xiansuo.access.needs import Need
from xiansuo.records.accounts import Role

from .office import LOGINS, PASSWORD, Office
from .pages import pages
from .person import Person

WIDTHS = ((1440, 900), (390, 844))
# What sticks out beyond the window; what scrolls inside a frame of its own does not.
OUTSIDE = """
const width = arguments[0], scrolls = (each) => {
  for (let up = each.parentElement; up; up = up.parentElement)
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
  return false;
};
if (document.documentElement.scrollWidth <= width) return [];
const far = [...document.body.querySelectorAll("*")].filter((each) =>
  each.getBoundingClientRect().right > width + 1 && !scrolls(each));
return [document.documentElement.scrollWidth + " > " + width,
  ...far.slice(-3).map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 30)}`)];
"""
# A letter that no font has is drawn as the same box each time.
LETTERS = """
const drawn = (letter) => {
  const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", {willReadFrequently: true});
  canvas.width = canvas.height = 48;
  pen.font = "32px " + getComputedStyle(document.body).fontFamily;
  pen.fillText(letter, 4, 38);
  return pen.getImageData(0, 0, 48, 48).data.join();
};
const box = drawn("\\u{10FFFE}"), seen = [..."政协线索〔〕《》"].map(drawn);
return new Set([box, drawn(" "), ...seen]).size === seen.length + 2;
"""
FOCUS = """
const each = document.activeElement, look = getComputedStyle(each), box = each.getBoundingClientRect();
return {name: each.tagName + " " + (each.textContent || each.name || "").trim().slice(0, 20),
  body: each === document.body,
  marked: (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== "none",
  inside: box.width > 0 && box.right > 0 && box.left >= 0};
"""


def named(path: str) -> str:
    return re.sub(r"\W+", "-", path.split("?")[0]).strip("-") or "home"


@pytest.mark.parametrize(
    ("role", "needs"),
    [
        (None, (Need.NOTHING,)),
        (Role.INFORMANT, (Need.INFORMANT,)),
        (Role.EDITOR, (Need.INFORMANT, Need.EDITOR)),
        (Role.ADMIN, (Need.ADMIN,)),
    ],
    ids=["nobody", "informant", "editor", "admin"],
)
def test_every_page_fits_and_nothing_fails(
    person: Person, office: Office, shots: Path, role: Role | None, needs: tuple[Need, ...]
) -> None:
    person.driver.delete_all_cookies()
    if role:
        person.sign_in(LOGINS[role], PASSWORD)
    faults = []
    for path in [each for need in needs for each in pages(office, need)]:
        for width, height in WIDTHS:
            person.width(width, height)
            # Informants open pages on a phone; others make their window narrow.
            if width > 640 or role is Role.INFORMANT:
                person.go(path)
            person.settle()
            person.picture(shots / f"{role.value if role else 'nobody'}-{width}-{named(path)}.png")
            faults += [f"{width} {path}: {each}" for each in person.script(OUTSIDE, width)]
            if not person.script(LETTERS):
                faults.append(f"{path}: letters are missing")
            # A link that is used up is refused by its page.
            faults += [each for each in person.complaints() if "/first/none" not in each]
    assert faults == []


@pytest.mark.parametrize("path", ["/", "/prompts", "/check", "/topics", "/clues", "/archive", "/bulletin"])
def test_the_keyboard_shows_where_it_is(person: Person, path: str) -> None:
    person.sign_in(LOGINS[Role.EDITOR], PASSWORD)
    person.go(path)
    person.settle()
    person.script("document.activeElement.blur()")
    person.keys(Keys.TAB)
    skip = person.one(".skip")
    assert skip.is_displayed()
    assert person.driver.switch_to.active_element == skip
    person.keys(Keys.ENTER)
    person.until(lambda: person.script("return document.activeElement.id") == "main", "the page itself")
    unseen = []
    for _ in range(25):
        person.keys(Keys.TAB)
        focus = person.script(FOCUS)
        if not focus["body"] and not (focus["marked"] and focus["inside"]):
            unseen.append(focus["name"])
    assert unseen == []


def test_the_narrow_window_keeps_tables_readable(person: Person) -> None:
    person.sign_in(LOGINS[Role.EDITOR], PASSWORD)
    person.width(390, 844)
    person.go("/topics")
    person.settle()
    row = person.one("main tbody tr")
    labels = [cell.get_attribute("data-label") for cell in person.all("main tbody tr:first-child td")]
    assert "热度" in labels
    assert row.size["width"] <= 390
