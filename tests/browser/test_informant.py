"""An informant's way from a question to a reported draft, in a real browser."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from xiansuo.records.accounts import Role

from .office import LOGINS, PASSWORD, Office
from .person import Person

TITLE = "关于社区老年食堂的几点建议"
DRAFT = (
    "我市社区老年食堂开得多、关得也不少，不少站点每天就餐老人不足三十人，一份饭卖十二元，成本要十五六元，房租水电另算。"
    "建议：一是把运营补贴改为按实际就餐人次补；二是由中央厨房统一配送，几个社区合用一个点。"
    "另外，后厨排烟口正对隔壁幼儿园的午睡室，孩子咳嗽多了，家长找过三回。"
)
# By a program, letter by letter would take long; the page is told in the way of a key.
TYPE = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))"


def signed_in(person: Person) -> None:
    person.sign_in(LOGINS[Role.INFORMANT], PASSWORD)


def test_from_a_question_to_a_reported_draft(person: Person, office: Office) -> None:
    signed_in(person)
    person.sees("写前查一查", "main")

    person.go("/lookup")
    person.script("window.stayed = true")
    person.fill("q", "社区老年食堂")
    assert "篇" in person.sees("找到", "#results .finding")
    first = len(person.all("#results .hit"))
    assert first > 1
    person.one("[name=q]").send_keys("亏损")
    person.until(lambda: "亏损" in person.one("[name=q]").get_attribute("value") and "%E4%BA%8F" in person.path, "?q=")
    assert person.script("return window.stayed"), "what one types is looked up without leaving the page"

    person.go("/prompts")
    person.settle()
    assert len(person.all(".suggested article")) > 2
    card = f"#prompt-{office.prompt}"
    title = person.one(f"{card} h3").text
    person.press("认领", card)
    person.sees("已认领", "#notices")
    person.at(f"/prompts/{office.prompt}")

    person.press("写稿并查重")
    person.at(f"/write?prompt={office.prompt}")
    person.fill("title", TITLE)
    person.script(TYPE, person.one("[name=text]"), DRAFT)
    person.sees("与", "#advice .finding, #advice .hint")
    advice = person.sees("最接近的", "#advice")
    assert "老年食堂" in advice
    assert "午睡室" in advice, "what is new is told"
    assert person.one("[data-count]").text == str(len(DRAFT))
    person.driver.refresh()
    person.until(lambda: person.one("[name=text]").get_attribute("value") == DRAFT, "the draft, kept by the browser")
    person.press("查重并记到选题")
    person.sees("查重已存下", "#kept")
    person.press("看完整报告", "#kept")
    person.at("/checks/")
    assert TITLE in person.one("h1").text
    assert not person.all(".deciding"), "informants decide nothing"

    person.go(f"/prompts/{office.prompt}")
    person.press("登记已报送")
    person.sees("已登记报送", "#notices")
    person.go("/mine")
    row = person.sees(title, "#reported")
    assert "未补编号" in row
    assert TITLE in person.one("#checks").text
    assert person.all("#documents tbody tr"), "earlier work under one's own name"

    person.click(".top-side .menu summary")
    person.press("退出登录", ".top-side .menu")
    person.at("/login")
    person.go("/mine")
    person.at("/login?then=")


def test_a_draft_once_begun_is_not_taken_for_another(person: Person) -> None:
    signed_in(person)
    person.go("/write?title=甲事")
    person.script(TYPE, person.one("[name=text]"), "写到一半。")
    person.go("/write?title=乙事")
    assert "乙事" in person.sees("没写完的草稿", "[data-other]")
    assert person.one("[name=title]").get_attribute("value") == "甲事"
    person.press("清除它，写新的", "[data-other]")
    person.press("确定", "#confirm")
    person.until(lambda: person.one("[name=title]").get_attribute("value") == "乙事", "the other one")
    assert person.one("[name=text]").get_attribute("value") == ""
    assert not person.driver.find_element(By.CSS_SELECTOR, "[data-other]").is_displayed()


def test_narrowing_by_keys_stays_at_the_key(person: Person) -> None:
    signed_in(person)
    person.go("/prompts")
    person.settle()
    chosen = "#focus-public_concern"
    person.one(chosen).send_keys(Keys.ENTER)
    person.one(f"{chosen}[aria-current]")
    person.settle()
    assert person.driver.switch_to.active_element.get_attribute("id") == chosen.removeprefix("#")


def test_on_a_phone_the_menu_leads_everywhere(person: Person) -> None:
    person.width(390, 844)
    signed_in(person)
    assert not person.driver.find_element(By.CSS_SELECTOR, ".nav-wide").is_displayed()
    person.click(".nav-fold summary")
    entries = [each.text for each in person.all(".nav-fold a")]
    assert entries[:5] == ["首页", "选题", "写前查一查", "查重", "我的"]
    assert "线索" not in entries
    person.press("写前查一查", ".nav-fold")
    person.at("/lookup")


def test_whoever_types_a_wrong_password_is_told(person: Person) -> None:
    person.driver.delete_all_cookies()
    person.go("/login?then=/mine")
    person.fill("login", LOGINS[Role.INFORMANT])
    person.fill("password", "不是这一个密码")
    person.press("登录", "main form")
    person.one("main .notice.tone-bad")
    # The refusal itself is no fault of the page.
    assert all("/login" in each and "401" in each for each in person.complaints())
    person.fill("password", PASSWORD)
    person.press("登录", "main form")
    person.at("/mine")
