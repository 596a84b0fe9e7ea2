"""From an empty folder to a working page: the first administrator, one click, the demo corpus."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from selenium.webdriver import Chrome

from xiansuo.desk import accounts
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings

from .office import PASSWORD
from .person import Person
from .serving import served


def test_one_click_loads_the_demo_and_the_board_works(chrome: Chrome, tmp_path: Path, folder: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with Desk(settings) as desk:
        secret = accounts.door(desk, None, by="测试", now=dt.datetime.now().astimezone())
    with served(settings) as address:
        admin = Person(chrome, address, folder / "downloads")
        admin.width(1440)
        admin.complaints()
        chrome.delete_all_cookies()
        admin.go(f"/first/{secret}")
        admin.fill("login", "guanli")
        admin.fill("password", PASSWORD)
        admin.fill("again", PASSWORD)
        admin.press("确定并登录")
        admin.sees("档案还是空的", "main")
        admin.press("载入演示语料")
        admin.at("/jobs/")
        admin.script("window.stayed = true")
        admin.one("#job progress")
        admin.until(lambda: "完成。" in admin.one("#job").text, "the demo corpus", seconds=240)
        assert admin.script("return window.stayed"), "progress is put into the page that is there"
        admin.press("到首页", "#job")
        admin.sees("待审线索", "main")
        admin.go("/topics")
        admin.settle()
        assert len(admin.all("main tbody tr")) > 5
        admin.go("/admin/users")
        admin.fill("login", "xinxiyuan", "#add")
        admin.press("新建，并给出链接", "#add")
        assert "/first/" in str(admin.one("main input[readonly]").get_attribute("value"))
        admin.go("/admin/audit")
        assert "guanli" in admin.one("main table").text
        admin.press("查验有没有被改动")
        admin.sees("没有", "#soundness")
        assert admin.complaints() == []
