"""A small archive of our own with a stand-in encoder, put in through the real import."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path

NOW = dt.date(2026, 11, 1)

_CANTEEN = [
    "社区老年食堂每天就餐不足三十人，一份饭成本十六元，补贴按面积发，承办企业亏损想退出。",
    "老年食堂亏损停办，老人吃饭又成难题，建议补贴按就餐人次发放，开展送餐。",
    "走访三个社区老年食堂，都在亏损，补贴一年没到位，送餐没有人手。",
    "老年食堂靠补贴撑着，补贴一停就亏损关门，高龄老人盼送餐上门。",
]
_WIND = [
    "海上风电施工占了渔场，渔民补偿标准不清，用海协商没有开过会。",
    "海上风电打桩后渔民绕行，补偿款没有到户，渔民拦船要说法。",
    "海上风电用海与渔民作业区重叠，补偿办法没有公布，建议建立用海协商机制。",
]
_ALONE = [
    "图书馆周一闭馆，学生没有地方自习，建议分馆轮流开放。",
    "非遗竹编后继无人，工坊只剩两位师傅，建议进校园开课。",
    "盲道被共享单车占用，视障居民出行危险，建议划定停放区。",
    "乡镇污水站停运，药剂费没有着落，建议打包委托运维。",
]


class Grams:
    """Hashed character pairs as vectors: not clever, always the same."""

    id = "grams"
    dimension = 256

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        made = np.full((len(texts), self.dimension), 1e-3)
        for row, text in enumerate(texts):
            for i in range(len(text) - 1):
                code = hashlib.blake2b(text[i : i + 2].encode("utf-8", "replace"), digest_size=4).digest()
                made[row, int.from_bytes(code, "little") % self.dimension] += 1
        return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for matter, bodies in (("老年食堂亏损", _CANTEEN), ("海上风电渔民补偿", _WIND), ("", _ALONE)):
        for body in bodies:
            place = len(found)
            found.append(
                {
                    "id": f"D{place:02d}",
                    "title": f"关于{matter or body[:10]}的建议" if place % 2 else f"{matter or body[:10]}需重视",
                    "text": body,
                    "author": f"委员{place:03d}",
                    "unit": f"第{place % 3}联络站",
                    "region": ["望潮区", "青屿县"][place % 2],
                    "date": str(NOW - dt.timedelta(days=7 * place + 2)),
                }
            )
    return found


def fill(desk: Desk, folder: Path, told: Sequence[dict[str, object]]) -> Desk:
    """Import some rows with the stand-in encoder."""
    desk._encoder = Grams()
    path = folder / "archive.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in told]
    path.write_text("\n".join(lines), encoding="utf-8")
    import_path(desk, path, now=dt.datetime.combine(NOW, dt.time(9), dt.UTC))
    return desk
